import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { noteTalk } from '../../src/rooms/nodule/contract/nodule.ts'
import type { NoduleView } from '../../src/rooms/nodule/contract/words.ts'
import { aNoduleClinic, type NoduleClinic } from '../../src/rooms/nodule/sample-nodule.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'
import { patientTabNames } from './patient-tabs.ts'

/** Nodules at the desk and on the phone: the tab, the board, a scan entered, a category settled, and what the person reads. */

const stage = await aStage({ now: '2026-11-22T02:00:00Z' })
const { house } = stage
let clinic: NoduleClinic
let full: string
let long: string
let lung: NoduleView

beforeAll(async () => {
  clinic = await aNoduleClinic(house)
  full = await clinic.aPatient({ name: '王秀兰', birthDate: '1962-04-05' })
  long = await clinic.aPatient({ name: '阿依古丽·买买提艾合买提', birthDate: '1970-04-05' })
  await clinic.set('lung', 'lung-rads-2022')
  await clinic.set('breast', 'bi-rads')
  const ct = { modality: 'ldct' as const, features: { type: 'solid', upperLobe: true } }
  lung = await clinic.found(
    'lung',
    { ...ct, on: '2024-11-05', longMm: 5.4, shortMm: 4.6, facility: '市第一人民医院' },
    full,
  )
  lung = await clinic.settled(lung, 'lung-rads-2022', '2')
  lung = await clinic.look(lung, { ...ct, on: '2025-11-12', longMm: 6.1, shortMm: 5.2 })
  lung = await clinic.settled(lung, 'lung-rads-2022', '2', '没有变化')
  lung = await clinic.look(lung, {
    ...ct,
    on: '2026-05-08',
    longMm: 8.4,
    shortMm: 7.2,
    reportText: '右肺上叶尖段实性结节，8.4×7.2 mm，较前增大。',
  })
  lung = await clinic.settled(lung, 'lung-rads-2022', '3', '对照前两次，按 3 类管理')
  await clinic.nurse.call(noteTalk, {
    params: { noduleId: lung.id },
    body: {
      worries: [{ code: 'worry-surgery', words: '邻居就是白开了一刀' }],
      cardCode: 'lung-watch',
      taughtBack: true,
      theirWords: '半年后再拍一次，咳血就早点来',
      key: house.house.ids.next<string & never>() as string,
    },
  })
  await clinic.found(
    'breast',
    {
      on: '2026-06-20',
      modality: 'ultrasound',
      longMm: 9.1,
      shortMm: 6,
      reported: { system: 'bi-rads', category: '3', raw: 'BI-RADS 3类' },
      radiologist: { months: 6, on: null, words: '建议 6 个月复查' },
    },
    full,
  )
  const reported = { system: null, category: '4', raw: 'TI-RADS 4类' }
  await clinic.found(
    'thyroid',
    { on: '2026-11-10', modality: 'ultrasound', longMm: 12, shortMm: 9, depthMm: 10, reported },
    long,
  )
}, 180_000)

const LOOKS: PageOptions[] = [
  { size: 'desktop', locale: 'zh-CN' },
  { size: 'phone', locale: 'zh-CN' },
  { size: 'desktop', locale: 'en' },
]

async function hindersNobody(page: Page, name: string, within?: string): Promise<void> {
  await settled(page)
  await screenshot(page, name)
  expect(await axe(page, within)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, 'nothing sticks out at the side').toBe(0)
}

describe('to look at', () => {
  test.each(LOOKS)('the tab on a $size in $locale', async (look) => {
    const page = await stage.openAs(clinic.doctor, `/patients/${full}?tab=nodules`, look)
    await page.locator('[role=tabpanel] .pb-card canvas, [role=tabpanel] .pb-card svg').first().waitFor()
    await page.setViewportSize({
      width: look.size === 'phone' ? 390 : 1440,
      height: look.size === 'phone' ? 3600 : 2400,
    })
    await hindersNobody(page, `nodule-tab-${look.size}-${look.locale}`)
    await page.context().close()
  })

  test.each(LOOKS)('the board on a $size in $locale', async (look) => {
    const page = await stage.openAs(clinic.nurse, '/nodules?view=overdue', look)
    await page.getByText('王秀兰').first().waitFor()
    await hindersNobody(page, `nodule-board-${look.size}-${look.locale}`)
    await page.context().close()
  })

  test.each(LOOKS.slice(0, 2))('nothing yet, and the settings, on a $size', async (look) => {
    const nobody = await clinic.aPatient({ name: '李慧' })
    const page = await stage.openAs(clinic.nurse, `/patients/${nobody}?tab=nodules`, look)
    await page.getByText('还没有登记结节').waitFor()
    await hindersNobody(page, `nodule-empty-${look.size}`)
    await page.goto(`${stage.url}/nodule-settings`)
    await page.getByText('还没有设定').first().waitFor()
    await hindersNobody(page, `nodule-settings-${look.size}`)
    await page.context().close()
    const editor = await stage.openAs('content-editor', '/nodule-settings?card=lung-watch', look)
    await editor.getByRole('dialog').getByText('中文').waitFor()
    await hindersNobody(editor, `nodule-cards-${look.size}`, '.ant-drawer')
    await editor.context().close()
  })

  test('who may not see nodules sees no tab and no page', async () => {
    const page = await stage.openAs('front-desk', `/patients/${full}`)
    expect(await patientTabNames(page)).not.toContain('结节')
    await page.goto(`${stage.url}/nodules`)
    await page.getByText('您的角色没有这项权限').first().waitFor()
    await settled(page)
    expect(await page.getByText('王秀兰').count()).toBe(0)
    await page.context().close()
  })
})

test.each(LOOKS.slice(0, 2))(
  'on a $size a guideline is set, a nodule registered from its report, the proposal confirmed, and the day stands',
  async (look) => {
    const patientId = await clinic.aPatient({ name: look.size === 'phone' ? '周敏' : '吴敏' })
    const page = await stage.openAs(clinic.doctor, '/nodule-settings?set=thyroid', look)
    const drawer = page.getByRole('dialog')
    const isSet = look.size === 'phone'
    if (!isSet) {
      await choose(page, drawer.getByLabel('指南', { exact: true }), 'ACR TI-RADS 2017')
      await drawer.getByLabel('可以提前几天安排').fill('14')
      await drawer.getByLabel('需要转专科的').fill('14')
      await hindersNobody(page, `nodule-guideline-${look.size}`, '.ant-drawer')
      await drawer.getByRole('button', { name: '署名生效' }).click()
      await drawer.getByText('请核对后勾选确认').waitFor()
      await drawer.getByLabel('我已对照原文核对').check()
      await drawer.getByRole('button', { name: '署名生效' }).click()
      await page
        .getByText(/张文远 设定，第 1 版/)
        .first()
        .waitFor()
    }

    await page.goto(`${stage.url}/patients/${patientId}?tab=nodules&act=register`)
    await choose(page, drawer.getByLabel('部位'), '甲状腺结节')
    await choose(page, drawer.getByLabel('哪一侧'), '右侧')
    await drawer.getByLabel('检查日期').fill('2026-11-01')
    await drawer.getByLabel('检查日期').press('Enter')
    await choose(page, drawer.getByLabel('检查方式'), '超声')
    await drawer.getByLabel('长径 mm').fill('12')
    await choose(page, drawer.getByLabel(/^成分/), '实性')
    await choose(page, drawer.getByLabel(/^回声/), '低回声')
    await choose(page, drawer.getByLabel(/^横切面形态/), '宽大于高')
    await choose(page, drawer.getByLabel(/^边缘/), '光整')
    await choose(page, drawer.getByLabel(/^强回声灶/), '没有')
    await page.keyboard.press('Escape')
    await drawer.getByLabel('报告原话').first().fill('右叶低回声结节 12 mm，TI-RADS 4类')
    await drawer.getByText('报告里写了“TI-RADS 4”').waitFor()
    await hindersNobody(page, `nodule-register-${look.size}`, '.ant-drawer')
    await drawer.getByRole('button', { name: '登记结节' }).click()

    await page.getByText('ACR TI-RADS 2017 TR4').first().waitFor()
    await page.getByRole('button', { name: /^定\s?分\s?类/ }).click()
    await drawer.getByText('系统不会自己定').waitFor()
    await hindersNobody(page, `nodule-grade-${look.size}`, '.ant-drawer')
    await drawer.getByRole('button', { name: '确认分类' }).click()
    await page.getByText('医生确认').first().waitFor()
    await page.getByText('2027-11-01').first().waitFor()
    await page.getByText(/按ACR TI-RADS 2017，科室设定第 1 版/).waitFor()

    await page.getByRole('button', { name: /^谈一谈/ }).click()
    await drawer.getByText('怕被白开一刀').click()
    await drawer.getByPlaceholder('他怎么说的').fill('怕开刀')
    await drawer.getByText('请您用自己的话说一遍：已经说过').click()
    await drawer.getByLabel('他是怎么说的').fill('明年十一月再做一次超声')
    await hindersNobody(page, `nodule-talk-${look.size}`, '.ant-drawer')
    await drawer.getByRole('button', { name: '保存这次谈话' }).click()
    await page.getByText('明年十一月再做一次超声').waitFor()

    await page.getByRole('button', { name: /^结束管理/ }).click()
    await drawer.getByText('本人不愿继续').click()
    await drawer.getByLabel('说明').fill('本人说不想再查')
    await hindersNobody(page, `nodule-close-${look.size}`, '.ant-drawer')
    await drawer.getByRole('button', { name: /^结\s?束$/ }).click()
    await page.getByText('本人不愿继续，张文远').waitFor()
    await page.getByRole('button', { name: /^重新打开/ }).click()
    await drawer.getByLabel('为什么重新打开').fill('想通了')
    await drawer.getByRole('button', { name: '重新打开' }).click()
    await page.getByText('2027-11-01').first().waitFor()
    await page.context().close()
  },
  120_000,
)

test.each<PageOptions>([
  { size: 'phone', locale: 'zh-CN' },
  { size: 'desktop', locale: 'zh-CN' },
])('the person reads it on a $size: the card, the day, what is not judged yet said so', async (look) => {
  const { link } = await house.write((ctx) => openWay(ctx, full, { page: '/my/nodules' }))
  const page = await stage.open(new URL(link).pathname, look)
  await page.getByLabel('出生日期').fill('1962-04-05')
  await page.getByRole('button', { name: '打开', exact: true }).click()
  await page.getByRole('heading', { name: '我的结节' }).waitFor()
  await page.getByText('先不处理，复查看变化').waitFor()
  await page.getByText('医生正在看这次检查的结果').waitFor()
  await page.getByText('原定 2026年11月8日 前后复查').waitFor()
  await settled(page)
  expect(await page.getByText('BI-RADS').count()).toBe(0)
  await page.setViewportSize({ width: look.size === 'phone' ? 390 : 1440, height: 2200 })
  await hindersNobody(page, `nodule-my-${look.size}`)
  await page.goto(`${stage.url}/my`)
  await page.getByText('结节复查').waitFor()
  await hindersNobody(page, `nodule-my-home-${look.size}`)
  await page.context().close()
})

/** Opens a select and takes an option by its words. */
async function choose(page: Page, select: ReturnType<Page['getByLabel']>, option: string): Promise<void> {
  await select.click()
  await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click()
}
