import { expect, test } from 'vitest'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { aPerson, evaluate, pass } from '../../src/rooms/follow-up/sample-plan.ts'
import { addAllergy, addMedication, recordObservations } from '../../src/rooms/observation/server/index.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'

const now = thisMorning()
const stage = await aStage({ now: new Date(now.getTime() - 120 * 86_400_000).toISOString() })
const { house } = stage
await house.write(installShippedProtocols)
const first = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '陈医生' })
const carers = { managerId: first.staffId, doctorId: doctor.staffId }
const db = () => house.house.databases.of(house.tenant.id)

const wang = await aPerson(house, { ...carers, name: '王秀英', birthDate: '1958-04-02', condition: 'I10' })
await evaluate(house)
for (let week = 0; week < 17; week++) await pass(house, 7)
const names = ['欧阳娜娜', '阿依古丽·买买提', '赵敏', '黄磊', '陈静']
for (const [index, name] of names.entries())
  await aPerson(house, { ...carers, name, birthDate: `196${index}-05-01`, condition: index % 2 ? 'E11.9' : 'I10' })
await aPerson(house, { ...carers, name: '沈从文', surgeryOn: house.clock.today('Asia/Shanghai') })
await evaluate(house)
house.clock.set(now)
await evaluate(house)
await house.write(async (ctx) => {
  await addMedication(ctx, { patientId: wang, name: '氨氯地平', dose: '5 mg', startedOn: '2025-11-01' })
  await addAllergy(ctx, { patientId: wang, substance: '青霉素', reaction: '皮疹', severity: 'moderate' })
  const taken = { patientId: wang, source: 'staff', effectiveAt: new Date(ctx.clock.now().getTime() - 86_400_000) }
  await recordObservations(ctx, [
    { ...taken, id: ctx.ids.next(), code: 'weight', value: 66.5 },
    { ...taken, id: ctx.ids.next(), code: 'height', value: 158 },
  ])
})
const nurse = await house.as('service-manager', { name: '李健管' })
await db().updateTable('patient').set({ manager_id: nurse.staffId }).where('manager_id', '=', first.staffId).execute()
await db().updateTable('task').set({ owner_id: nurse.staffId }).where('owner_id', '=', first.staffId).execute()

const waiting = async (patientId: string) =>
  (
    await db()
      .selectFrom('occurrence')
      .selectAll()
      .where('patient_id', '=', patientId)
      .where('track', '=', 'visit')
      .where('state', 'in', ['due', 'missed'])
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'en'],
] as const

test.each(VIEWS)(
  'list, visit, plans and protocols on a %s in %s hinder nobody',
  { timeout: 180_000 },
  async (size, locale) => {
    const pages = {
      list: ['/follow-ups', nurse],
      visit: [`/follow-ups?visit=${await waiting(wang)}`, nurse],
      plans: [`/patients/${wang}?tab=follow-up`, nurse],
      protocols: ['/protocols', nurse],
      protocol: ['/protocols/hypertension', nurse],
    } as const
    for (const [name, [path, who]] of Object.entries(pages)) {
      const page = await stage.openAs(who, path, { size, locale })
      if (name === 'visit') await page.getByText(locale === 'en' ? 'Emergencies first' : '先看有没有危急情况').waitFor()
      await screenshot(page, `follow-up-${name}-${size}-${locale}`)
      expect([name, await axe(page)]).toEqual([name, []])
      await page.context().close()
    }
  },
)

test.each(['desktop', 'phone'] as const)(
  'from the workbench to the form in one click on a %s; the BMI stands in it before anybody types',
  { timeout: 180_000 },
  async (size) => {
    const page = await stage.openAs(nurse, '/', { size })
    await page.locator('[data-task]').first().waitFor()
    await screenshot(page, `workbench-visits-${size}`)
    await page.locator('li').filter({ hasText: '王秀英' }).getByRole('link', { name: '填随访表' }).first().click()
    await page.getByText('先看有没有危急情况').waitFor()
    const visit = await waiting(wang)
    await page.waitForURL((url) => url.href.includes(`/follow-ups?visit=${visit}`))
    const bmi = page.getByLabel('体质指数').first()
    await expect.poll(() => bmi.inputValue()).toMatch(/^26\.6/)
    const weight = page.getByRole('spinbutton', { name: /^体重/ }).first()
    await weight.fill('70')
    await expect.poll(() => bmi.inputValue()).toMatch(/^28/)
    await screenshot(page, `follow-up-from-workbench-${size}`)
    await page.context().close()
  },
)

test(
  'hypertension: the form is filled in, class proposed with its reason, the visit done, the next counted from today, the patient written to',
  { timeout: 180_000 },
  async () => {
    const page = await stage.openAs(nurse, '/follow-ups')
    await page
      .getByRole('link', { name: '王秀英' })
      .or(page.getByRole('button', { name: '王秀英' }))
      .first()
      .click()
    await page.getByText('先看有没有危急情况').waitFor()
    await page.getByRole('button', { name: '没人接' }).click()
    await page.getByText('已记下').first().waitFor()
    const group = (name: string) =>
      page
        .getByRole('group', { name })
        .or(page.getByLabel(name, { exact: true }))
        .first()
    await group('危急情况').getByText('无', { exact: true }).click()
    await group('症状').getByText('无症状').click()
    await page.getByLabel('收缩压', { exact: true }).fill('156')
    await page.getByLabel('舒张压', { exact: true }).fill('88')
    for (const [name, answer] of [
      ['服药依从性', '规律'],
      ['药物不良反应', '无'],
      ['并发症', '无新发、无加重'],
    ] as const)
      await page.getByRole('radiogroup', { name, exact: true }).getByText(answer, { exact: true }).click()
    await page.getByText('收缩压 156，没有达到 150 的目标').waitFor()
    await page.getByText('第一次不满意').waitFor()
    await screenshot(page, 'follow-up-filled')
    const late = page.getByLabel('晚的原因')
    if (await late.isVisible()) await late.fill('外地探亲')
    await page.getByRole('button', { name: '完成随访' }).click()
    await page.getByText('王秀英的随访已记下').waitFor()
    await screenshot(page, 'follow-up-done')
    await page.context().close()

    const next = await db()
      .selectFrom('occurrence')
      .selectAll()
      .where('patient_id', '=', wang)
      .where('track', '=', 'visit')
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(next).toMatchObject({ step: 'check-2-weeks', state: 'planned' })
    const thanks = await db()
      .selectFrom('message')
      .select(['channel', 'template'])
      .where('patient_id', '=', wang)
      .where('template', '=', 'follow-up-thanks')
      .orderBy('channel')
      .execute()
    expect(thanks.map((one) => one.channel)).toEqual(['email', 'in-app'])
    const plans = await stage.openAs(nurse, `/patients/${wang}?tab=follow-up`)
    await plans.getByText('两周复查').first().waitFor()
    await screenshot(plans, 'follow-up-plan-after')
    await plans.context().close()
  },
)

test.each(['zh-CN', 'en'] as const)('您在第几步, on the phone of the person, in %s', async (locale) => {
  const me = await house.asPatient(wang)
  const phone = await stage.open('/', { size: 'phone', locale })
  await phone.context().addCookies([{ name: 'peiban_patient', value: me.token, url: stage.url, httpOnly: true }])
  await phone.goto(`${stage.url}/my`)
  const at = locale === 'en' ? /You are at step/ : /您在第 \d+ 步/
  await phone.getByText(at).first().waitFor()
  await screenshot(phone, `pathway-home-${locale}`)
  await phone.goto(`${stage.url}/my/pathways`)
  await phone.getByRole('heading', { name: at }).first().waitFor()
  await screenshot(phone, `pathway-my-${locale}`)
  expect(await axe(phone)).toEqual([])
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  )
  await phone.context().close()
})
