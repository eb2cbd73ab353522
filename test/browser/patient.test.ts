import { expect, test } from 'vitest'
import { openCard } from '../../src/rooms/card/contract/card.ts'
import { registerNewPatient, setMainWorry } from '../../src/rooms/patient/contract/patient.ts'
import type { NewPatient } from '../../src/rooms/patient/contract/person.ts'
import { assignCarers } from '../../src/rooms/patient/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage
const desk = await house.as('front-desk', { name: '周前台' })
const manager = await house.as(['service-manager', 'front-desk'], { name: '李健管' })
const doctor = await house.as('physician', { name: '陈医生' })

const NAMES = [
  '王秀英',
  '欧阳娜娜',
  '单雄信',
  '阿依古丽·买买提',
  'Maria van der Berg',
  '李建国',
  '张伟',
  '仇小明',
  '刘洋',
  '陈静',
  '赵敏',
  '黄磊',
]
const people = NAMES.map((name, i): NewPatient => ({
  name,
  sex: i % 2 ? 'male' : 'female',
  birthDate: `${1940 + i * 5}-0${1 + (i % 9)}-15`,
  phone: `1380000${String(1000 + i)}`,
  recordNumber: `BL-2026-${String(i).padStart(4, '0')}`,
  level: (['standard', 'gold', 'silver', 'corporate'] as const)[i % 4],
  source: (['outpatient', 'health-check', 'referral'] as const)[i % 3],
  called: i === 0 ? '王阿姨' : '',
}))

const made = await Promise.all(
  people.map((patient) =>
    desk.call(openCard, {
      body: { patient, consents: [{ purpose: 'health-record', granted: true, textVersion: '2026-03' }] },
    }),
  ),
)
const first = made[0]!.card
await house.write(async (ctx) => {
  for (const { card } of made)
    await assignCarers(ctx, card.patientId, { doctorId: doctor.staffId, managerId: manager.staffId })
})
await manager.call(setMainWorry, {
  params: { patientId: first.patientId },
  body: { text: '怕手术以后走不了路，拖累孩子' },
})
const twin = await desk.call(registerNewPatient, {
  body: { ...people[1]!, level: 'silver', recordNumber: 'A-77', paper: { kind: 'passport', number: 'E12345678' } },
})

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'en'],
] as const

test.each(VIEWS)('the list, the person, duplicates and import on a %s in %s hinder nobody', async (size, locale) => {
  const pages = {
    list: '/patients',
    person: `/patients/${first.patientId}?tab=identity`,
    doubles: '/patients/doubles',
    import: '/patients/import',
    open: '/patients?open=new',
  }
  for (const [name, path] of Object.entries(pages)) {
    const page = await stage.openAs(manager, path, { size, locale })
    if (name === 'open') await page.locator('.ant-drawer-content, .ant-drawer').getByRole('textbox').first().waitFor()
    await screenshot(page, `patient-${name}-${size}-${locale}`)
    expect([name, await axe(page)]).toEqual([name, []])
    await page.context().close()
  }
})

test('somebody new is registered from the identity number, the code activates the card', async () => {
  const page = await stage.openAs(desk, '/patients?open=new')
  await page.getByLabel('姓名', { exact: true }).fill('沈从文')
  await page.getByLabel(/^证件号/).fill('51343620000320711X')
  await page.getByText('由身份证号得出').first().waitFor()
  await expect.poll(() => page.getByLabel(/^出生日期/).inputValue()).toBe('2000-03-20')
  await page.getByLabel(/^手机/).fill('13911112222')
  await screenshot(page, 'open-card-filled')
  await page.getByRole('button', { name: '登记并开卡' }).click()
  await page.getByRole('button', { name: '发送验证码' }).click()
  const text = await page.getByText(/验证码是 \d{6}/).textContent()
  const code = /\d{6}/.exec(text!)![0]
  await page.locator('.ant-otp input').first().pressSequentially(code)
  await screenshot(page, 'open-card-code')
  await page.getByRole('button', { name: '激活', exact: true }).click()
  await page.getByText('已激活').first().waitFor()
  await screenshot(page, 'open-card-active')
  await page.context().close()
})

test('a wrong identity number is said at once; a double is shown while typing', async () => {
  const page = await stage.openAs(desk, '/patients?open=new')
  await page.getByLabel(/^证件号/).fill('513436200003207110')
  await page.getByLabel(/^证件号/).blur()
  await page.getByText('校验位对不上').waitFor()
  await page.getByLabel(/^证件号/).fill('')
  await page.getByLabel('姓名', { exact: true }).fill(people[2]!.name)
  await page.getByLabel(/^手机/).fill(people[2]!.phone!)
  await page.getByText('姓名和电话相同').waitFor()
  await screenshot(page, 'open-card-double')
  await page.context().close()
})

test('under 14 the guardian is asked for', async () => {
  const page = await stage.openAs(desk, '/patients?open=new')
  await page.getByLabel('姓名', { exact: true }).fill('小宝')
  await page.getByLabel(/^出生日期/).fill('2020-05-01')
  await page.getByLabel(/^出生日期/).press('Enter')
  await page.getByLabel('监护人姓名').waitFor()
  await screenshot(page, 'open-card-child')
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)(
  'on a %s few parts hold all tabs; the keyboard goes along, and a part opens where one has left it',
  async (size) => {
    const page = await stage.openAs(manager, `/patients/${first.patientId}?tab=follow-up`, { size })
    const parts = page.getByRole('tablist', { name: '客户档案的各部分' })
    await parts.getByRole('tab', { name: '照护', selected: true }).waitFor()
    await expect
      .poll(() => parts.getByRole('tab').allTextContents())
      .toEqual(['概览', '档案', '评估', '照护', '总结', '联系'])
    const care = page.getByRole('tablist', { name: '照护' })
    await care.getByRole('tab', { name: '随访', selected: true }).waitFor()

    await settled(page)
    await parts.getByRole('tab', { name: '照护' }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.waitForURL(/tab=risk/)
    await page.getByRole('tablist', { name: '评估' }).getByRole('tab', { name: '风险', selected: true }).waitFor()
    await settled(page)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForURL(/tab=follow-up/)
    await care.getByRole('tab', { name: '随访', selected: true }).waitFor()

    const sticksOut = await parts.evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(sticksOut, 'all parts are in sight').toBeLessThanOrEqual(0)
    await screenshot(page, `patient-parts-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  },
)

test('the number is shown by a click and is in the log', async () => {
  const page = await stage.openAs(manager, `/patients/${first.patientId}?tab=identity`)
  await page.getByRole('button', { name: /王秀英的手机/ }).click()
  await page.getByText('13800001000').first().waitFor()
  const lines = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select('action')
    .where('patient_id', '=', first.patientId)
    .execute()
  expect(lines.map((line) => line.action)).toContain('patient.unmask')
  await page.context().close()
})

test('a file asks for all that it begins with at once, and for each of it once', async () => {
  const page = await stage.openAs(doctor, '/account')
  const address = `/api/patients/${first.patientId}`
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith(address)) asked.push(pathname.slice(address.length))
  })
  // Who it is stays unknown until the others have been asked.
  const begins = ['/alerts', '/cards', '/complaints', '/overview', '/relationship', '/tags']
  await page.route(`**${address}`, async (route) => {
    await expect.poll(() => begins.filter((path) => !asked.includes(path))).toEqual([])
    await route.continue()
  })
  await page.goto(`${stage.url}/patients/${first.patientId}`)
  await page.getByRole('heading', { name: '王秀英' }).waitFor()
  await page.getByRole('tabpanel').getByText('档案完整度').first().waitFor()
  expect(asked.toSorted()).toEqual(['', ...begins])
  await page.context().close()
})

test('the main worry is changed where it stands', async () => {
  const page = await stage.openAs(manager, `/patients/${first.patientId}`)
  await page.getByText('怕手术以后走不了路').waitFor()
  await page.getByRole('button', { name: '修改', exact: true }).click()
  await page.getByLabel('最担心的事').fill('怕没人照顾老伴')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('怕没人照顾老伴').first().waitFor()
  await page.context().close()
})

test('a pair is compared field by field, merged, and undone', async () => {
  const page = await stage.openAs(manager, '/patients/doubles')
  await page.getByRole('button', { name: twin.patient.name }).first().click()
  await page.getByText('保留哪一份').waitFor()
  await screenshot(page, 'merge-compare')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '合并为一份' }).click()
  await page.getByRole('tab', { name: '已合并' }).click()
  await page.getByRole('button', { name: twin.patient.name }).first().click()
  await page.getByLabel('理由').fill('核对后是两个人')
  await screenshot(page, 'merge-undo')
  await page.getByRole('button', { name: '撤销合并' }).click()
  await page.getByRole('tab', { name: '已撤销' }).click()
  await page.getByRole('button', { name: twin.patient.name }).first().waitFor()
  await page.context().close()
})

test('a file is handed in, mapped, looked at, taken in; refused rows come back', async () => {
  const page = await stage.openAs(desk, '/patients/import')
  const rows = [
    '姓名,性别,身份证号,手机号码,会员等级',
    '周新一,女,,13866660001,金卡',
    '周新二,男,110105197001010010,13866660002,',
    '周新三,雌,,13866660003,',
  ]
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '老会员名单.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
  await page.getByText('前 20 行会怎样').waitFor()
  await page.getByText('不能导入').first().waitFor()
  await screenshot(page, 'import-mapping')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '开始导入' }).click()
  // The job is there as soon as the press has been answered.
  const refused = page.getByRole('button', { name: '下载未导入的行（Excel）' })
  await expect.poll(() => house.settle().then(() => refused.count())).toBe(1)
  await screenshot(page, 'import-done')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('老会员名单-未导入原因.csv')
  await page.context().close()
})

test('the palette finds a person by initials', async () => {
  const page = await stage.openAs(desk, '/patients')
  await settled(page)
  await page.keyboard.press('/')
  await page.locator('[role=combobox]:focus').waitFor()
  await page.keyboard.type('sxx')
  await page.getByText('单雄信').last().waitFor()
  await screenshot(page, 'palette')
  await page.context().close()
})
