import { beforeAll, expect, test } from 'vitest'
import { addCondition, addFacts, addMedication, recordObservations } from '../../src/rooms/observation/server/index.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { installShippedAdviceCards } from '../../src/rooms/advice/server/index.ts'
import { installShippedTags, setRoomTag } from '../../src/rooms/tag/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** 健康建议: what is proposed and why, given as edited, taken back; energy and exercise; cards by two people; the own page. */

const stage = await aStage({ now: '2026-11-22T02:00:00Z' })
const { house } = stage
const people: Record<string, string> = {}
let doctor: Caller
let manager: Caller
let counsellor: Caller

async function aPerson(key: string, name: string, birthDate: string, sex: 'male' | 'female'): Promise<string> {
  const id = await house.write(async (ctx) => {
    const patientId = await registerPatient(ctx, { name, sex, birthDate })
    await assignCarers(ctx, patientId, {
      doctorId: doctor.staffId,
      managerId: manager.staffId,
      counsellorId: counsellor.staffId,
    })
    return patientId as string
  })
  people[key] = id
  return id
}

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张文远' })
  manager = await house.as('service-manager', { name: '李梅' })
  counsellor = await house.as('counsellor', { name: '周静' })
  await house.write(async (ctx) => {
    await installShippedTags(ctx)
    await installShippedAdviceCards(ctx)
  })
  const patientId = await aPerson('known', '欧阳建国', '1958-04-05', 'male')
  await aPerson('nothing', '阿依古丽·买买提艾合买提', '1994-04-05', 'female')
  await house.write(async (ctx) => {
    await addCondition(ctx, { patientId, code: 'I10', name: '原发性高血压', onsetOn: '2019-03-01' })
    await addCondition(ctx, { patientId, code: 'N18.3', name: '慢性肾脏病3期', onsetOn: '2024-06-01' })
    await addCondition(ctx, { patientId, code: 'F32', name: '抑郁发作', onsetOn: '2026-08-01' })
    await addMedication(ctx, { patientId, name: '酒石酸美托洛尔片', startedOn: '2025-03-01' })
    await addFacts(ctx, { absences: [{ patientId, about: 'allergy' }] } as never)
    await setRoomTag(ctx, patientId, 'constitution-yangxu')
    const values = { height: 172, weight: 84, bmi: 28.4, sbp: 138, dbp: 84, hr: 66, fpg: 5.9, egfr: 52, ldl: 3.9 }
    await recordObservations(
      ctx,
      Object.entries(values).map(([code, value]) => ({
        id: ctx.ids.next<string>(),
        patientId,
        code,
        value,
        effectiveAt: ctx.clock.now(),
        source: 'staff',
      })),
    )
  })
}, 180_000)

const LOOKS: PageOptions[] = [
  { size: 'desktop', locale: 'zh-CN' },
  { size: 'phone', locale: 'zh-CN' },
  { size: 'desktop', locale: 'en' },
]

async function fits(
  page: Awaited<ReturnType<typeof stage.openAs>>,
  name: string,
  size: PageOptions['size'] = 'desktop',
) {
  await settled(page)
  await page.setViewportSize({ width: size === 'phone' ? 390 : 1440, height: 3000 })
  await screenshot(page, name)
  expect(await axe(page)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, 'nothing sticks out at the side').toBe(0)
}

test.each(['known', 'nothing'].flatMap((who) => LOOKS.map((look) => ({ who, ...look }))))(
  'the advice of $who on a $size in $locale hinders nobody',
  async ({ who, ...look }) => {
    const page = await stage.openAs(doctor, `/patients/${people[who]}?tab=advice`, look)
    await page.getByRole('heading', { name: look.locale === 'en' ? 'Advice given' : '给过的建议' }).waitFor()
    await fits(page, `advice-${who}-${look.size}-${look.locale}`, look.size)
    await page.context().close()
  },
)

test('a manager reads why, changes a line, gives it, takes it back with a reason; what would harm stands apart', async () => {
  const page = await stage.openAs(manager, `/patients/${people['known']}?tab=advice`)
  await page.getByText('依据：诊断 原发性高血压（2019-03-01）').first().waitFor()
  const leftOut = page.getByRole('region', { name: /不适合，没有选/ })
  await leftOut.getByText('肾脏排钾慢，低钠盐里的钾可能积起来。').waitFor()
  expect(await page.getByText('没劲的时候，从一件小事做起').count(), 'the mind is not for a manager').toBe(0)
  await page.getByRole('button', { name: /看一看，给出.*盐少一点/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('怎么做，第 1 条').fill('请老伴用限盐勺，菜出锅前再放盐。')
  await screenshot(page, 'advice-give')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: '给客户' }).click()
  const given = page.getByRole('region', { name: '给过的建议' })
  await given.getByText('请老伴用限盐勺，菜出锅前再放盐。').waitFor()
  await given.getByText('改过', { exact: true }).waitFor()
  await given.getByRole('button', { name: /收回/ }).click()
  await given.getByLabel('为什么收回').fill('换一张更合适的')
  await given.getByRole('button', { name: '收回这条' }).click()
  await given.getByText('李梅 收回了：换一张更合适的').waitFor()
  await page.context().close()
})

test('energy begins with the record, names its formula, and is given', async () => {
  const page = await stage.openAs(doctor, `/patients/${people['known']}?tab=advice`)
  await page.getByRole('button', { name: '算能量和份数' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('来自档案 2026-11-22').first().waitFor()
  await drawer.getByText('减一点', { exact: true }).click()
  await drawer.getByText(/Mifflin/).waitFor()
  await drawer.getByText('蛋白质的量请医生确认后再给。').waitFor()
  await page.setViewportSize({ width: 1440, height: 2400 })
  await screenshot(page, 'advice-energy')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.locator('#advice-energy_weightKg').fill('60')
  await drawer.getByText('体重正常，不需要减。').waitFor()
  await drawer.locator('#advice-energy_weightKg').fill('84')
  await drawer.getByRole('button', { name: '给客户' }).click()
  await page.getByRole('region', { name: '每天大约吃多少' }).waitFor()
  await page.context().close()
})

test('exercise asks first, sends to a doctor on a yes, goes by feeling with a beta-blocker', async () => {
  const page = await stage.openAs(doctor, `/patients/${people['known']}?tab=advice`)
  await page.getByRole('button', { name: '开运动处方' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText(/还缺/).waitFor()
  const answer = (question: string, word: '是' | '否') =>
    drawer
      .getByRole('radiogroup', { name: question })
      .or(drawer.locator('.ant-form-item', { hasText: question }))
      .getByText(word, { exact: true })
      .first()
      .click()
  const questions = [
    '活动或休息时胸口痛、闷、压',
    '休息时也喘，或平躺喘',
    '最近晕倒过，或活动时头晕',
    '心跳突然很快或很乱',
    '三个月内有心梗、中风或放支架',
    '三个月内做过手术或骨折',
    '正在发烧或急性生病',
    '一条腿突然肿痛',
  ]
  await answer(questions[0]!, '是')
  await drawer.getByText('先看医生，不开运动处方').waitFor()
  for (const question of questions) await answer(question, '否')
  await answer('现在每周有三天动够 30 分钟', '否')
  await drawer.getByText(/自觉用力 11–13 级.*β 受体阻滞剂/).waitFor()
  await page.setViewportSize({ width: 1440, height: 2600 })
  await screenshot(page, 'advice-exercise')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: '给客户' }).click()
  await page.getByRole('region', { name: '给您的运动安排' }).waitFor()
  await page.context().close()
})

test('a counsellor gives what is for the mind; on the phone the person reads it', async () => {
  const page = await stage.openAs(counsellor, `/patients/${people['known']}?tab=advice`)
  await page.getByRole('button', { name: /看一看，给出.*没劲的时候/ }).click()
  const drawer = page.getByRole('dialog')
  const button = drawer.getByRole('button', { name: '给客户' })
  await button.click()
  await page
    .getByRole('region', { name: '给过的建议' })
    .getByRole('region', { name: '没劲的时候，从一件小事做起' })
    .waitFor()
  await page.context().close()
  const me = await house.asPatient(people['known']!)
  const phone = await stage.open('/', { size: 'phone' })
  await phone.context().addCookies([{ name: 'peiban_patient', value: me.token, url: stage.url, httpOnly: true }])
  await phone.goto(`${stage.url}/my`)
  await phone.getByText('给我的建议').first().waitFor()
  await screenshot(phone, 'advice-my-home')
  await phone.goto(`${stage.url}/my/advice`)
  await phone.getByRole('heading', { name: '没劲的时候，从一件小事做起' }).waitFor()
  await fits(phone, 'advice-my-phone', 'phone')
  await phone.context().close()
})

test('a card is drafted by one, seen on a phone’s width, and published by another', async () => {
  const editor = await house.as('content-editor', { name: '小编' })
  const page = await stage.openAs(editor, '/advice-cards')
  await page.getByRole('link', { name: '盐少一点' }).first().or(page.getByText('盐少一点').first()).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('region', { name: '手机上的样子（中文）' }).waitFor()
  await screenshot(page, 'advice-card')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('tab', { name: '改成下一版' }).click()
  await drawer.getByLabel('一句话（中文）').fill('一家人每人每天的盐，不超过 5 克。')
  await page.setViewportSize({ width: 1440, height: 3600 })
  await screenshot(page, 'advice-card-edit')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: '存为草稿' }).click()
  await page.getByText('已存为草稿，等另一位同事发布').waitFor()
  await page.context().close()
  const reviewer = await house.as('medical-reviewer', { name: '审核' })
  const other = await stage.openAs(reviewer, '/advice-cards?card=diet-salt.2')
  await other.getByRole('button', { name: /^发\s?布$/ }).click()
  await other.getByText('已发布', { exact: true }).waitFor()
  await other.context().close()
})

test.each(LOOKS)('the cards on a $size in $locale', async (look) => {
  const page = await stage.openAs('medical-reviewer', '/advice-cards', look)
  await page
    .getByText(look.locale === 'en' ? 'Reflux' : '反酸烧心：吃完别躺')
    .or(page.getByText('Heartburn: stay upright after meals'))
    .first()
    .waitFor()
  await fits(page, `advice-cards-${look.size}-${look.locale}`, look.size)
  await page.context().close()
})
