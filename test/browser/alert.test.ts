import { expect, test } from 'vitest'
import { draftAlertRule, confirmAlertRule } from '../../src/rooms/alert/contract/rule.ts'
import { addDuty } from '../../src/rooms/alert/contract/duty.ts'
import { installShippedAlertRules } from '../../src/rooms/alert/server/index.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { sampleMessage } from '../../src/rooms/report-intake/server/hl7/sample-message.ts'
import { processIntake, startIntake } from '../../src/rooms/report-intake/server/index.ts'
import { connectMllp } from '../../src/rooms/report-intake/server/wire/mllp-client.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'

// The pages reckon by the browser's own day, so the house stands in the present too.
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
const nurse = await house.as('service-manager', { name: '李素珍' })
const doctor = await house.as('physician', { name: '张文远' })
const lead = await house.as('quality-lead', { name: '郑国华' })

await house.write(installShippedAlertRules)
const tests = [{ code: 'plt', op: '<=' as const, value: 30 }]
const name = { zh: '血小板极低（首次）', en: 'Very low platelets' }
const definition = { class: 'A' as const, name, tests, occurs: 'first' as const, source: '本院危急值清单' }
const code = 'platelets-very-low'
const draft = await lead.call(draftAlertRule, {
  params: { code },
  body: { definition, ownerId: lead.staffId as never },
})
await lead.call(confirmAlertRule, { params: { code }, body: { version: draft.version } })
const inHours = (hours: number) => new Date(house.clock.now().getTime() + hours * 3_600_000).toISOString()
const shift = { from: inHours(-1), until: inHours(11), phone: '8120' }
await lead.call(addDuty, { body: { staffId: nurse.staffId as never, ...shift } })

const NAMES = ['赵敏', '阿依古丽·买买提', '钱建国']
const patients = await house.write(async (ctx) => {
  const ids: string[] = []
  for (const [n, name] of NAMES.entries()) {
    const id = await registerPatient(ctx, {
      name,
      sex: 'female',
      birthDate: '1970-02-03',
      recordNumber: `BL-${n}`,
      phone: `1391234567${n}`,
    })
    await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: nurse.staffId })
    ids.push(id)
  }
  return ids
})

/** A minute ago, as a laboratory in Shanghai writes it: at midnight that was yesterday. */
const takenAt = new Date(house.clock.now().getTime() - 60_000 + 8 * 3_600_000)
  .toISOString()
  .replace(/\D/g, '')
  .slice(0, 14)
const intake = await startIntake({ house: house.house, port: 0, host: '127.0.0.1' })
const sender = await connectMllp({ port: intake.port })
for (const [n, value] of ['21', '28', '9'].entries())
  await sender.send(
    sampleMessage({
      msh: { id: `M${n}` },
      pid: `PID|1||BL-${n}^^^&BLH||${NAMES[n]}||19700203|F`,
      orders: [`OBR|1|P|R${n}|BLD^血常规|||${takenAt}||||||||||||||||||F`],
      results: [`OBX|1|NM|777-3^血小板计数^LN||${value}|10*9/L|125-350|LL|||F`],
    }),
  )
sender.destroy()
while ((await processIntake(house.house, house.tenant)) > 0) await house.settle()
await intake.close()

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const

test.each(VIEWS)('the board tells who waits and for how long (%s %s)', async (size, locale) => {
  const page = await stage.openAs(nurse, '/alerts', { size, locale })
  await page.getByText('赵敏').first().waitFor()
  await screenshot(page, `alert-board-${size}-${locale}`)
  await expect
    .poll(() => page.getByRole('button', { name: locale === 'en' ? 'I take it' : '我来处理' }).count())
    .toBe(3)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)('from the board to its result on a %s', async (size) => {
  const person = size === 'desktop' ? NAMES[0]! : NAMES[1]!
  const page = await stage.openAs(nurse, '/alerts', { size })
  const row = page.locator('tr, li, .pb-card-row').filter({ hasText: person }).first()
  await row.getByRole('button', { name: '我来处理' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('已接手，还没通知到本人').first().waitFor()
  await screenshot(page, `alert-drawer-${size}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])

  await drawer.getByRole('button', { name: '登记结果并了结' }).click()
  // Before the person was told, a recheck or a visit closes nothing.
  await drawer.getByLabel('怎么了结的').waitFor()
  expect(await drawer.getByRole('radio', { name: '已复查' }).count()).toBe(0)
  await drawer.getByRole('button', { name: /^取\s?消$/ }).click()

  await drawer.getByRole('button', { name: '记联系' }).click()
  await drawer.getByRole('button', { name: '保存联系记录' }).click()
  await drawer
    .getByText(/请填写.*对方复述|对方复述.*请填写|填写对方复述/)
    .first()
    .waitFor()
  await drawer.getByLabel('对方复述').fill('血小板很低，今天下午就去血液科急诊')
  await screenshot(page, `alert-attempt-${size}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: '保存联系记录' }).click()
  await drawer.getByText('已通知本人，等结果').first().waitFor()

  await drawer.getByRole('button', { name: '登记结果并了结' }).click()
  await drawer.getByRole('button', { name: '登记结果并了结' }).click()
  await drawer.locator('.ant-form-item-explain-error').first().waitFor()
  await screenshot(page, `alert-close-${size}`)
  expect(await drawer.getByText('已了结').count()).toBe(0)
  await drawer.getByRole('radio', { name: '已就诊' }).check()
  await drawer.getByLabel('怎么了结的').fill('血液科急诊收治')
  await drawer.getByRole('button', { name: '登记结果并了结' }).click()
  await drawer.getByText('已了结').first().waitFor()
  await drawer.getByText('李素珍了结：已就诊').waitFor()
  await screenshot(page, `alert-closed-${size}`)
  await page.keyboard.press('Escape')
  await page.goto(`${stage.url}/alerts?state=closed`)
  await page.getByText(person).first().waitFor()
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)(
  'the patient’s page says it beside the name, and the settings say who answers for what (%s)',
  async (size) => {
    const patient = await stage.openAs(doctor, `/patients/${patients[2]}`, { size })
    await patient
      .getByText(/重要异常 A/)
      .first()
      .waitFor()
    await screenshot(patient, `alert-header-${size}`)
    await patient.getByRole('button', { name: '上报重要异常' }).click()
    const drawer = patient.getByRole('dialog')
    await drawer.getByLabel('发现了什么').fill(`胸部 CT 提示主动脉夹层可能（${size}）`)
    await screenshot(patient, `alert-raise-${size}`)
    expect(await axe(patient, '.ant-drawer')).toEqual([])
    await drawer.getByRole('button', { name: /^上\s?报$/ }).click()
    await patient.getByText('已上报，值班同事已收到提醒').waitFor()
    await patient.context().close()
    const page = await stage.openAs(lead, '/alert-settings', { size })
    await page.getByText('血小板极低（首次）').first().waitFor()
    await screenshot(page, `alert-rules-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByText('血压极高').first().click()
    await page.getByRole('dialog').getByText('请先指定负责人').waitFor()
    await screenshot(page, `alert-rule-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.goto(`${stage.url}/alert-settings?tab=duty`)
    await page.getByText('没有人值班').first().waitFor()
    await screenshot(page, `alert-duty-${size}`)
    expect(await axe(page)).toEqual([])
    await page.goto(`${stage.url}/alert-settings?tab=limits`)
    await page.getByText('这是建议值').first().waitFor()
    await screenshot(page, `alert-limits-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  },
)

test('limits are written in the language of the page', { timeout: 120_000 }, async () => {
  const page = await stage.openAs(lead, '/alert-settings', { locale: 'en' })
  await page.getByText('Systolic BP ≥ 180 mmHg; Diastolic BP ≥ 110 mmHg').first().waitFor()
  await page.context().close()
})
