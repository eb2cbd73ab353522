import { expect, test } from 'vitest'
import { registerNewPatient } from '../../src/rooms/patient/contract/patient.ts'
import { sampleMessage } from '../../src/rooms/report-intake/server/hl7/sample-message.ts'
import { processIntake, startIntake } from '../../src/rooms/report-intake/server/index.ts'
import { connectMllp } from '../../src/rooms/report-intake/server/wire/mllp-client.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
const desk = await house.as('front-desk', { name: '周前台' })
const doctor = await house.as(['physician', 'front-desk'], { name: '陈医生' })
const keeper = await house.as('service-manager', { name: '李健管' })
const administrator = await house.as('system-administrator', { name: '钱工' })

const settle = async () => {
  while ((await processIntake(house.house, house.tenant)) > 0) await house.settle()
}

const patients = [
  { name: '赵敏', birthDate: '1970-02-03', phone: '13912345678', recordNumber: 'BL-1' },
  { name: '阿依古丽·买买提', birthDate: '1955-10-20', phone: '13912345679', recordNumber: 'BL-2' },
]
for (const patient of patients) await desk.call(registerNewPatient, { body: { ...patient, sex: 'female' } })
const intake = await startIntake({ house: house.house, port: 0, host: '127.0.0.1' })
const sender = await connectMllp({ port: intake.port })
const pid = (number: string, name: string, born: string, phone = '') =>
  `PID|1||${number}^^^&BLH||${name}||${born}|F|||||^^^^^^${phone}`
const order = (number: string) => [`OBR|1|P|2026010400${number}|BIO^生化全套|||20260104080000||||||||||||||||||F`]
const messages = [
  sampleMessage({ msh: { id: 'M1' }, pid: pid('BL-1', '赵敏', '19700203'), orders: order('1') }),
  sampleMessage({ msh: { id: 'M2' }, pid: pid('X-9', '赵敏', '19700302', '13912345678'), orders: order('2') }),
  sampleMessage({ msh: { id: 'M3' }, pid: pid('X-10', '阿卜杜拉·阿不都热合曼', '19620101'), orders: order('3') }),
  sampleMessage({
    msh: { id: 'M4' },
    pid: pid('BL-2', '阿依古丽·买买提', '19551020'),
    orders: order('4'),
    results: ['OBX|1|NM|Z77^某总胆固醇测试||5.5|mmol/L|0-5.2||||F', 'OBX|2|NM|Z78^维生素K2活性||7.1|||||||F'],
  }),
  sampleMessage({ msh: { id: 'M5', type: 'DFT^P03' } }),
  sampleMessage({ msh: { id: 'M6' } }).replace('|M6|P|', '|M6|T|'),
]
for (const message of messages) await sender.send(message)
sender.destroy()
await settle()
await intake.close()

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const

const PAGES = [
  ['overview', doctor, '/intake', /今天收到的|Received today/],
  ['persons', doctor, '/intake?tab=persons', /赵敏/],
  ['troubles', doctor, '/intake?tab=troubles', /DFT\^P03/],
  ['codes', doctor, '/intake/codes', /Z77/],
  ['connections', administrator, '/intake/connections', /LIS/],
] as const

test.each(PAGES.flatMap((page) => VIEWS.map((view) => [...page, ...view] as const)))(
  '%s is whole and accessible',
  async (name, who, path, text, size, locale) => {
    const page = await stage.openAs(who, path, { size, locale })
    await page.getByText(text).first().waitFor()
    await screenshot(page, `intake-${name}-${size}-${locale}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  },
)

test.each(VIEWS)('a claim beside its candidate, by one key and one press (%s %s)', async (size, locale) => {
  const page = await stage.openAs(doctor, '/intake?tab=persons', { size, locale })
  await page.getByText('赵敏').first().click()
  await page.getByRole('button', { name: /^(是赵敏|It is 赵敏)$/ }).waitFor()
  await screenshot(page, `intake-person-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('an original shows where it is wrong; mapping says what it reaches', async () => {
  const page = await stage.openAs(doctor, '/intake?tab=troubles', {})
  await page
    .getByText(/DFT\^P03/)
    .first()
    .click()
  expect(await page.locator('mark').first().textContent()).toBe('DFT^P03')
  await screenshot(page, 'intake-message')
  await page.goto(`${stage.url}/intake/codes`)
  await page.getByText(/Z77/).first().click()
  await page.getByRole('button', { name: /更新 1 份报告/ }).waitFor()
  await screenshot(page, 'intake-code')
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('choosing somebody files what waits, and the row leaves the list', async () => {
  const page = await stage.openAs(doctor, '/intake?tab=persons', {})
  await page.getByText('赵敏').first().click()
  await page.getByRole('button', { name: '是赵敏' }).click()
  await page
    .getByText(/已认领/)
    .first()
    .waitFor()
  await settle()
  await page.goto(`${stage.url}/intake?tab=persons&state=settled`)
  await page.getByText(/赵敏/).first().waitFor()
  await page.context().close()
})

test.each(VIEWS)('a spreadsheet is handed in, explained, looked at (%s %s)', async (size, locale) => {
  const page = await stage.openAs(keeper, '/intake/tables', { size, locale })
  const buffer = Buffer.from('病历号,姓名,采样日期,空腹血糖(mmol/L)\nBL-1,赵敏,2026-02-01,5.4\n')
  await page.locator('input[type=file]').setInputFiles({ name: '二月.csv', mimeType: 'text/csv', buffer })
  await page.getByText('空腹血糖(mmol/L)').first().waitFor()
  await screenshot(page, `intake-table-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '二月.csv' }).first().waitFor()
  await screenshot(page, `intake-tables-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})
