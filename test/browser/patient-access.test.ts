import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { recordReports } from '../../src/rooms/observation/server/index.ts'
import { aReport } from '../../src/rooms/observation/sample-record.ts'
import { changePatient, getPatient } from '../../src/rooms/patient/contract/patient.ts'
import { sendMessage } from '../../src/rooms/message/server/index.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { openSession } from '../../src/rooms/staff/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage
let doctor: Caller
let manager: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '陈立' })
  manager = await house.as('service-manager', { name: '李慧' })
})

async function aPatient(): Promise<never> {
  const id = await house.write((ctx) =>
    registerPatient(ctx, {
      name: `林晓${'安平和宁'[count % 4]}`,
      called: '林阿姨',
      sex: 'female',
      phone: `1350000${String(++count).padStart(4, '0')}`,
      email: `lin${count}@example.com`,
      birthDate: '1968-03-21',
    } as never),
  )
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId } as never))
  return id as never
}

async function noteGoodHours(patientId: never, goodHours: string): Promise<void> {
  const { version } = await manager.call(getPatient, { params: { patientId } })
  await manager.call(changePatient, {
    params: { patientId },
    body: { version, changes: { preferences: { goodHours } } },
  })
}

async function pathFor(patientId: string, page = '/my'): Promise<string> {
  const { link } = await house.write((ctx) => openWay(ctx, patientId, { page }))
  return new URL(link).pathname
}

/** Five years of blood sugar that rises, and a strip, filed long enough ago to be seen. */
async function someYears(patientId: string): Promise<void> {
  const sugar = [5.2, 5.4, 5.9, 6.3, 6.6]
  await house.write((ctx) =>
    recordReports(
      ctx,
      sugar.map((value, n) =>
        aReport(ctx, patientId, { effectiveAt: new Date(`${2021 + n}-05-10T01:00:00Z`) }, [
          { code: 'fpg', value, unit: 'mmol/L', low: 3.9, high: 6.1, flag: value > 6.1 ? 'H' : 'N' },
          { code: 'hba1c', value: value - 0.2, unit: '%', low: 4, high: 6, flag: value - 0.2 > 6 ? 'H' : 'N' },
          { code: 'hgb', value: 135 - n, unit: 'g/L', low: 115, high: 150, flag: 'N' },
          { code: 'u_pro', valueText: '阴性', flag: 'N' },
        ]),
      ),
    ),
  )
  house.clock.advance({ minutes: 20 })
}

const heading = (page: Page) => page.locator('h1').first()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const shows = (page: Page, text: string) =>
  expect.poll(() => heading(page).textContent(), { timeout: 15_000 }).toBe(text)

async function comeIn(patientId: string, options: PageOptions): Promise<Page> {
  const page = await stage.open(await pathFor(patientId), options)
  await page.getByLabel('出生日期').fill('1968.3.21')
  await press(page, '打开')
  await shows(page, '林阿姨，您好')
  return page
}

describe.each(['phone', 'desktop'] as const)('我的健康 on a %s', (size) => {
  test('opens with the date of birth, says who cares and who has looked, and ends', async () => {
    const patientId = await aPatient()
    await doctor.call(getPatient, { params: { patientId } })
    const page = await stage.open(await pathFor(patientId), { size })
    await shows(page, '请先确认是您本人')
    await settled(page)
    expect(await page.content()).not.toContain('林')
    await page.getByLabel('出生日期').fill('1968-03-22')
    await press(page, '打开')
    await page.getByText('日期对不上，还可以再试 4 次。').waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, `my-enter-${size}`)
    await page.getByLabel('出生日期').fill('1968年3月21日')
    await press(page, '打开')
    await shows(page, '林阿姨，您好')
    // The token stays in no history.
    await page.waitForURL((url) => url.pathname === '/my')
    await page.getByText('陈立').waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, `my-home-${size}`)
    await page.getByRole('link', { name: /谁看过我的档案/ }).click()
    await shows(page, '谁看过我的档案')
    await page.getByText('全科医生').waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, `my-looked-${size}`)
    await page.goBack()
    await shows(page, '林阿姨，您好')
    await press(page, '退出')
    await shows(page, '已经退出')
    await page.goto(`${stage.url}/my/who-looked`)
    await shows(page, '需要重新进来')
    expect(await axe(page)).toEqual([])
    expect(await page.content()).not.toContain('林')
    await screenshot(page, `my-ended-${size}`)
    await page.context().close()
  })

  test('keeps what was sent, and lets one say in two taps what one wants to be sent', async () => {
    const patientId = await aPatient()
    await house.write((ctx) => sendMessage(ctx, { patientId, template: 'thinking-of-you', touch: 'browser' }))
    await noteGoodHours(patientId, '下午三点后，别打座机')
    const page = await comeIn(patientId, { size })
    await page.getByText('有 1 条新消息').waitFor()
    await page.getByRole('link', { name: /看消息/ }).click()
    await shows(page, '我收到的消息')
    await screenshot(page, `my-messages-${size}`)
    await page.getByRole('link', { name: /好久没见/ }).click()
    await shows(page, '好久没见，您最近还好吗')
    await page.getByText('有一年没见到您了').waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, `my-message-${size}`)
    await page.goBack()
    await shows(page, '我收到的消息')
    await page.getByRole('link', { name: /我想收到什么/ }).click()
    await shows(page, '我想收到什么')
    const care = page.getByRole('group', { name: '健康知识', exact: true })
    await care.getByLabel('邮件').uncheck()
    await page.getByText('改好了，马上生效。').waitFor()
    await screenshot(page, `my-wishes-undo-${size}`)
    await page.getByRole('button', { name: '这些都不要了' }).click()
    await page.getByRole('button', { name: '撤销' }).click()
    // Taken back is that press alone: the mails before it stay refused.
    const greetings = page.getByRole('group', { name: '节日与节气问候' })
    await expect.poll(() => greetings.getByLabel('邮件').isChecked()).toBe(true)
    await expect.poll(() => care.getByLabel('邮件').isChecked()).toBe(false)
    await page.getByText('改好了，马上生效。').waitFor()
    const hours = page.getByRole('radiogroup', { name: '我方便的时间' })
    const noted = hours.getByLabel('照医院记下的：“下午三点后，别打座机”')
    await expect.poll(() => noted.isChecked()).toBe(true)
    await hours.getByLabel('晚上').check()
    await page.getByText('会在 17:00–22:00 之间发。').waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await expect.poll(() => noted.isChecked()).toBe(true)
    await hours.getByLabel('下午', { exact: true }).check()
    await page.getByText('会在 12:00–18:00 之间发。').waitFor()
    await hours.scrollIntoViewIfNeeded()
    await screenshot(page, `my-good-hours-${size}`)
    await page.getByLabel('让医院知道我看了邮件').uncheck()
    await settled(page)
    expect(await axe(page)).toEqual([])
    await screenshot(page, `my-wishes-${size}`)
    await page.reload()
    await shows(page, '我想收到什么')
    await expect.poll(() => care.getByLabel('邮件').isChecked()).toBe(false)
    await expect.poll(() => hours.getByLabel('下午', { exact: true }).isChecked()).toBe(true)
    await expect.poll(() => page.getByLabel('让医院知道我看了邮件').isChecked()).toBe(false)
    await page.context().close()
    const staff = await stage.openAs(manager, `/patients/${patientId as string}?tab=identity`, { size })
    await staff.getByText('本人在“我的健康”里选的；同事原先记的是“下午三点后，别打座机”').waitFor()
    await screenshot(staff, `identity-good-hours-${size}`)
    await staff.context().close()
  })
})

test.each(['phone', 'desktop'] as const)('the own indicators are read, one of them large, on a %s', async (size) => {
  const patientId = await aPatient()
  await someYears(patientId)
  const page = await comeIn(patientId, { size })
  await page.getByText('共 4 项，最近一次是2025年5月10日。').waitFor()
  await screenshot(page, `my-home-trends-${size}`)
  await page.getByRole('link', { name: /看每一项的变化/ }).click()
  await shows(page, '我的指标')
  await page.getByText('和参考范围不一样的').waitFor()
  await page.locator('summary').first().click()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `my-trends-${size}`)
  await page
    .getByRole('link', { name: /糖化血红蛋白/ })
    .first()
    .click()
  await shows(page, '糖化血红蛋白')
  await page.getByRole('img', { name: /历年变化图，5 个结果，其中 2 个不在参考范围内/ }).waitFor()
  const word = page.getByRole('button', { name: /^糖化血红蛋白/ })
  await word.click()
  await page.getByRole('note').getByText('最近两三个月血糖的平均水平').waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `my-trend-${size}`)
  await page.keyboard.press('Escape')
  await page.getByRole('note').waitFor({ state: 'detached' })
  await expect.poll(() => word.evaluate((element) => element === document.activeElement)).toBe(true)
  await expect.poll(() => page.getByRole('row').count()).toBe(6)
  await page.getByRole('link', { name: /回到我的指标/ }).click()
  await shows(page, '我的指标')
  await page.getByRole('link', { name: /回到我的健康/ }).click()
  await shows(page, '林阿姨，您好')
  await page.context().close()
})

test('a link is asked once, leads to its page, and is closed when it was taken back', async () => {
  const patientId = await aPatient()
  const page = await comeIn(patientId, { size: 'phone' })
  await page.goto(stage.url + (await pathFor(patientId, '/my/who-looked')))
  await shows(page, '谁看过我的档案')
  await page.goto(`${stage.url}/my/enter/${'0'.repeat(32)}.${'A'.repeat(43)}`)
  await shows(page, '这个入口已经不能用了')
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each(['phone', 'desktop'] as const)(
  'the way back from WeChat without its code says what to do, on a %s',
  async (size) => {
    const patientId = await aPatient()
    const page = await comeIn(patientId, { size })
    const answers: string[] = []
    page.on('response', (answer) => {
      if (answer.url().endsWith('/api/my/wechat')) answers.push(`${answer.request().method()} ${answer.status()}`)
    })
    for (const query of ['', '?code=', '?state=abc']) {
      await page.goto(`${stage.url}/my/wechat${query}`)
      await page.getByText('要绑定，请在微信里打开“我的健康”，在首页点“绑定这个微信”。').waitFor()
    }
    // Nothing is handed in that could only be refused.
    await settled(page)
    expect(new Set(answers)).toEqual(new Set(['GET 200']))
    expect(await axe(page)).toEqual([])
    await screenshot(page, `my-wechat-astray-${size}`)
    await page.getByRole('link', { name: '回到首页' }).click()
    await shows(page, '林阿姨，您好')
    await page.context().close()
    const stranger = await stage.open('/my/wechat', { size, locale: 'en' })
    await stranger.getByRole('heading', { name: 'Please come in again' }).waitFor()
    await stranger.getByText('Open the link to My health that we sent you').waitFor()
    await screenshot(stranger, `my-wechat-stranger-${size}`)
    await stranger.context().close()
  },
)

test('large print and English reach every page', async () => {
  const patientId = await aPatient()
  const page = await comeIn(patientId, { size: 'phone' })
  await press(page, '大字')
  await page.getByRole('link', { name: /谁看过我的档案/ }).click()
  await shows(page, '谁看过我的档案')
  await page.locator('html.pp-large').waitFor()
  await page.goBack()
  await shows(page, '林阿姨，您好')
  await screenshot(page, 'my-home-large')
  await press(page, 'English')
  await shows(page, 'Hello 林阿姨')
  await settled(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)('staff show a code, and take the link back, on a %s', async (size) => {
  const patientId = await aPatient()
  // The clock may have gone on for longer than a session of staff lasts.
  const browser = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  const token = await house.write((ctx) => openSession(ctx, manager.staffId, browser))
  const page = await stage.openAs({ ...manager, token }, `/patients/${patientId as string}`, { size })
  await press(page, '我的健康')
  await page.getByText('还没有给过入口。').waitFor()
  await page.getByRole('button', { name: '当面扫码' }).click()
  await page.locator('.ant-qrcode svg').waitFor()
  const link = await page.getByLabel('“我的健康”链接').inputValue()
  expect(link).toContain('/my/enter/')
  expect(await axe(page)).toEqual([])
  await screenshot(page, `staff-code-${size}`)
  const phone = await stage.open(new URL(link).pathname, { size: 'phone' })
  await phone.getByLabel('出生日期').fill('19680321')
  await press(phone, '打开')
  await shows(phone, '林阿姨，您好')
  await page.getByRole('button', { name: '完成' }).click()
  await page.reload()
  await page.getByText('正在使用').waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `staff-ways-${size}`)
  await page.getByRole('button', { name: '撤回' }).click()
  await page
    .locator('.ant-modal')
    .getByRole('button', { name: /撤\s?回/ })
    .click()
  await page.getByText('已撤回', { exact: true }).waitFor()
  await phone.reload()
  await shows(phone, '需要重新进来')
  await phone.context().close()
  await page.context().close()
})
