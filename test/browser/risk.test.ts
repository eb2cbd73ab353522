import { beforeAll, expect, test } from 'vitest'
import { addFamilyHistory, addMedication, recordObservations } from '../../src/rooms/observation/server/index.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { answerRisks, assessRisks } from '../../src/rooms/risk/contract/risk.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** The tab 风险: a person of whom much is known over three years, one of whom nothing is, a child; and the instruments. */

const stage = await aStage({ now: '2026-11-22T02:00:00Z' })
const { house } = stage
const people: Record<string, string> = {}
let doctor: Caller

async function aWoman(key: string, name: string, birthDate: string): Promise<void> {
  people[key] = await house.write(async (ctx) => {
    const id = await registerPatient(ctx, { name, sex: 'female', birthDate })
    await assignCarers(ctx, id, { doctorId: doctor.staffId })
    return id
  })
}

async function measured(key: string, daysAgo: number, values: Record<string, number>): Promise<void> {
  await house.write(async (ctx) => {
    const effectiveAt = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
    await recordObservations(
      ctx,
      Object.entries(values).map(([code, value]) => ({
        id: ctx.ids.next<string>(),
        patientId: people[key]!,
        code,
        value,
        effectiveAt,
        source: 'staff',
      })),
    )
  })
}

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张文远' })
  await aWoman('known', '王秀兰', '1962-04-05')
  await aWoman('nothing', '阿依古丽·买买提艾合买提', '1962-04-05')
  await aWoman('child', '李小宝', '2010-04-05')
  const patientId = people['known']!
  await house.write(async (ctx) => {
    await addFamilyHistory(ctx, { patientId, relation: 'father', conditionName: '2型糖尿病', conditionCode: 'E11' })
    await addMedication(ctx, { patientId, name: '苯磺酸氨氯地平片', startedOn: '2025-03-01' })
  })
  const params = { patientId: patientId as never }
  const asked = {
    'region-north': true,
    urban: true,
    diabetes: false,
    smoking: true,
    'family-ascvd': false,
    ascvd: false,
  }
  const answers = Object.entries(asked).map(([question, value]) => ({ question, value }))
  await measured('known', 700, { weight: 70, height: 160, bmi: 27.3, waist: 92, sbp: 152, dbp: 92 })
  await doctor.call(answerRisks, { params, body: { answers } })
  const labs = { tc: 5.8, hdl: 1.1, ldl: 3.9, tg: 2.1, fpg: 6.3, crea: 71 }
  for (const [daysAgo, sbp, waist, weight] of [
    [300, 158, 93, 71],
    [60, 146, 90, 68],
    [1, 138, 88, 66],
  ] as const) {
    house.clock.advance({ minutes: 1 })
    await measured('known', daysAgo, { ...labs, weight, height: 160, bmi: weight / 2.56, waist, sbp, dbp: 86 })
    await doctor.call(assessRisks, { params })
  }
}, 180_000)

const LOOKS: PageOptions[] = [
  { size: 'desktop', locale: 'zh-CN' },
  { size: 'phone', locale: 'zh-CN' },
  { size: 'desktop', locale: 'en' },
]
const CASES = ['known', 'nothing', 'child'].flatMap((who) => LOOKS.map((look) => ({ who, ...look })))

test.each(CASES)('the risks of $who on a $size in $locale hinder nobody', async ({ who, ...look }) => {
  const page = await stage.openAs(doctor, `/patients/${people[who]}?tab=risk`, look)
  await page.locator('[role=tabpanel] :is(.pb-card, .pb-empty)').first().waitFor()
  if (who === 'known') {
    const curve = look.locale === 'en' ? 'Over the years' : '历年变化'
    await page.getByText(curve).first().click()
    await page
      .getByText(look.locale === 'en' ? /Values used/ : /用到的数据/)
      .first()
      .click()
    await page.locator('details canvas, details svg').first().waitFor()
  }
  await settled(page)
  await page.setViewportSize({ width: look.size === 'phone' ? 390 : 1440, height: 5000 })
  await screenshot(page, `risk-${who}-${look.size}-${look.locale}`)
  expect(await axe(page)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, 'nothing sticks out at the side').toBe(0)
  await page.context().close()
})

test('a doctor fills in what is missing, sees the words before the number, releases it and takes it back', async () => {
  const page = await stage.openAs(doctor, `/patients/${people['nothing']}?tab=risk`)
  await page.getByText('还缺：已经绝经、体重').waitFor()
  await page.getByRole('button', { name: /^补\s?充.*OSTA/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('是', { exact: true }).click()
  await drawer.getByLabel('体重').fill('45')
  await screenshot(page, 'risk-fill')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: '保存并评估' }).click()
  const card = page.getByRole('region', { name: '骨质疏松自我筛查（OSTA）' })
  await card.getByText('可能性中等').waitFor()
  await card.getByText('指数 -3.8').waitFor()
  await card.getByText('仅供健康管理参考，不是诊断。').waitFor()
  await card.getByText('待医生审核，客户还看不到').waitFor()
  await card.getByRole('button', { name: '发布给客户' }).click()
  await card.getByText('张文远 已发布给客户').waitFor()
  await card.getByRole('button', { name: '暂不发布' }).click()
  await card.getByLabel('为什么暂不发布').fill('先面谈')
  await card.getByRole('button', { name: '暂不发布' }).click()
  await card.getByText('张文远 暂不发布：先面谈').waitFor()
  await page.context().close()
})

test.each(LOOKS.slice(0, 2))(
  'what if, on a $size: the waist of a woman moves, her age does not, and nothing is kept',
  async (look) => {
    const page = await stage.openAs(doctor, `/patients/${people['known']}?tab=risk&whatIf=china-par-10y`, look)
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('slider', { name: '收缩压' }).focus()
    for (let n = 0; n < 10; n++) await page.keyboard.press('ArrowLeft')
    await drawer.getByText('收缩压 128 mmHg').waitFor()
    await drawer.getByRole('switch', { name: '现在吸烟' }).click()
    await drawer.getByRole('slider', { name: '腰围' }).waitFor()
    const names = await drawer
      .getByRole('slider')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
    expect(names).toContain('腰围')
    expect(names).not.toContain('年龄')
    const numbers = async () =>
      (await drawer.locator('strong').allTextContents()).map((text) => Number.parseFloat(text))
    await expect.poll(() => numbers().then(([now, then]) => then! - now!)).toBeLessThan(0)
    await screenshot(page, `risk-what-if-${look.size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.context().close()
  },
)

test.each(LOOKS)('the instruments on a $size in $locale', async (look) => {
  const reviewer = await house.as('medical-reviewer')
  const page = await stage.openAs(reviewer, '/risk-instruments', look)
  await page.getByText('China-PAR').first().waitFor()
  await screenshot(page, `risk-instruments-${look.size}-${look.locale}`)
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/risk-instruments?instrument=china-par-10y`)
  await page.getByRole('dialog').getByText('Yang X et al.').waitFor()
  await screenshot(page, `risk-instrument-${look.size}-${look.locale}`)
  await page.context().close()
})
