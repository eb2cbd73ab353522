import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { aPerson, evaluate, pass, signedIn } from '../../src/rooms/follow-up/sample-plan.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { closeCutOff, eraseKept } from '../../src/rooms/recording/server/rounds.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

/** A call as a nurse makes it, with the microphone that Chromium brings for tests: it beeps once a second. */
const now = thisMorning()
const stage = await aStage({
  now: new Date(now.getTime() - 21 * 86_400_000).toISOString(),
  browser: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
})
const { house } = stage
const nurse = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '陈医生' })
let wang: string

beforeAll(async () => {
  await house.write(installShippedProtocols)
  const carers = { managerId: nurse.staffId, doctorId: doctor.staffId }
  wang = await aPerson(house, { ...carers, name: '王秀英', birthDate: '1958-04-02', condition: 'I10' })
  await evaluate(house)
  for (let week = 0; week < 3; week++) await pass(house, 7)
}, 120_000)

const db = () => house.house.databases.of(house.tenant.id)
const visitOf = async (patientId: string) =>
  (
    await db()
      .selectFrom('occurrence')
      .select('id')
      .where('patient_id', '=', patientId)
      .where('state', '=', 'due')
      .orderBy('due_on')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id
const newest = () =>
  db()
    .selectFrom('recording')
    .selectAll()
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
const piecesCame = (count: number) =>
  expect.poll(async () => (await newest()).pieces, { timeout: 60_000, interval: 300 }).toBeGreaterThanOrEqual(count)
/** The nurse, signed in anew: the clock has moved. */
const again = () => signedIn(house, nurse.staffId)

async function call(size: 'desktop' | 'phone' = 'desktop'): Promise<Page> {
  const page = await stage.openAs(await again(), `/follow-ups?visit=${await visitOf(wang)}`, { size })
  await page.getByText('先对客户说').waitFor()
  await page.getByRole('button', { name: '客户同意，开始录音' }).click()
  await page.getByText('正在录音', { exact: true }).first().waitFor()
  return page
}

test(
  'a call is recorded while the form is filled, and heard by whoever looks after the person',
  { timeout: 240_000 },
  async () => {
    const before = await stage.openAs(await again(), `/follow-ups?visit=${await visitOf(wang)}`)
    await before.getByText('先对客户说').waitFor()
    await screenshot(before, 'recording-before-desktop')
    await before.context().close()

    const page = await call()
    await page.getByLabel('心率').first().fill('72')
    await piecesCame(2)
    await screenshot(page, 'recording-call-desktop')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: '结束录音' }).last().click()
    await page.getByText(/录音已保存/).waitFor()
    await page.context().close()

    const file = await stage.openAs(await again(), `/patients/${wang}?tab=recordings`)
    await file.getByText('已保存').first().waitFor()
    await screenshot(file, 'recording-list-desktop')
    await file.getByRole('cell', { name: '随访电话' }).first().click()
    await file.getByText('同意（随系统的告知语）').waitFor()
    await file.getByRole('button', { name: '收听' }).click()
    await file
      .getByText(/李健管 \d{4}-\d\d-\d\d/)
      .first()
      .waitFor()
    await file.getByRole('button', { name: '播放' }).click()
    const at = () => file.evaluate(() => document.querySelector('audio')!.currentTime)
    await expect.poll(at, { timeout: 20_000 }).toBeGreaterThan(0.5)
    await file.getByLabel('播放位置').fill('4000')
    await expect.poll(at, { timeout: 20_000 }).toBeGreaterThan(4.3)
    await file.getByRole('button', { name: /心率/ }).waitFor()
    await screenshot(file, 'recording-player-desktop')
    expect(await axe(file)).toEqual([])
    await file.context().close()
  },
)

test('a page that is killed in mid-call costs four seconds; the rest is there', { timeout: 240_000 }, async () => {
  const page = await call('phone')
  const began = Date.now()
  await piecesCame(2)
  const spokenMs = Date.now() - began
  await screenshot(page, 'recording-call-phone')
  await page.context().close()
  expect((await newest()).state).toBe('recording')
  house.clock.advance({ minutes: 3 })
  await closeCutOff(house.house, house.tenant)
  const row = await newest()
  expect(row.state).toBe('interrupted')
  expect(spokenMs - row.duration_ms).toBeLessThan(5000)
  // Beside the form it is said that what was spoken is kept; what is recorded now is the same call.
  const visit = await visitOf(wang)
  const back = await stage.openAs(await again(), `/follow-ups?visit=${visit}`, { size: 'phone' })
  await back.getByText('这通电话前面录的 1 段已保存').waitFor()
  await back.getByText('这通电话前面录的 1 段已保存').scrollIntoViewIfNeeded()
  await screenshot(back, 'recording-earlier-phone')
  expect(await axe(back)).toEqual([])
  await back.getByRole('button', { name: '客户同意，接着录音' }).click()
  await back.getByText('正在录音', { exact: true }).first().waitFor()
  await expect.poll(async () => (await newest()).id === row.id, { timeout: 30_000 }).toBe(false)
  await piecesCame(1)
  await back.getByRole('button', { name: '客户叫停，删除录音' }).click()
  const asked = back.getByRole('dialog').filter({ hasText: '同一通电话前面录的也一起删除' })
  await screenshot(back, 'recording-withdraw-both-phone')
  await asked.getByRole('button', { name: /取/ }).click()
  await back.getByRole('button', { name: '结束录音' }).last().click()
  await back.getByText(/录音已保存/).waitFor()
  await back.context().close()
  const file = await stage.openAs(await again(), `/patients/${wang}?tab=recordings`, { size: 'phone' })
  await file.getByText('中途断开，已保存').first().click()
  await file.getByRole('button', { name: '收听' }).click()
  await file.getByRole('button', { name: '播放' }).click()
  await expect
    .poll(() => file.evaluate(() => document.querySelector('audio')!.currentTime), { timeout: 20_000 })
    .toBeGreaterThan(0.5)
  await screenshot(file, 'recording-player-phone')
  expect(await axe(file)).toEqual([])
  await file.context().close()
})

test(
  'nobody else hears it; the quality lead says why, and it goes at the end of its time',
  { timeout: 240_000 },
  async () => {
    const desk = await stage.openAs('front-desk', '/recordings')
    await desk.getByText('您的角色没有这项权限').first().waitFor()
    await settled(desk)
    expect(await desk.getByText('通话录音').count()).toBe(0)
    await desk.context().close()
    const other = await stage.openAs(await house.as('service-manager', { name: '赵健管' }), '/recordings')
    await other.getByText('还没有录音').waitFor()
    await other.context().close()

    const lead = await stage.openAs(await house.as('quality-lead', { name: '质控' }), '/recordings')
    await lead.getByText('王秀英').first().click()
    await lead.getByRole('button', { name: '收听' }).waitFor()
    await expect.poll(() => lead.getByRole('button', { name: '收听' }).isDisabled()).toBe(true)
    await lead.getByLabel(/为什么要听/).fill('核对投诉')
    await lead.getByRole('button', { name: '收听' }).click()
    await lead.getByText('核对投诉').waitFor()
    await screenshot(lead, 'recording-lead-desktop')
    await lead.goto(`${stage.url}/recording-settings`)
    await lead.getByText('录音前的告知语').waitFor()
    await screenshot(lead, 'recording-settings-desktop')
    expect(await axe(lead)).toEqual([])
    await lead.context().close()

    house.clock.advance({ days: 16 * 366 })
    expect(await eraseKept(house.house, house.tenant)).toBe(3)
    const later = await stage.openAs(await again(), '/recordings', { at: house.clock.now() })
    await later.getByText('到期已删除').first().click()
    await later.getByText('保存期已到，按规定删除').waitFor()
    await settled(later)
    expect(await later.getByRole('button', { name: '收听' }).count()).toBe(0)
    await screenshot(later, 'recording-gone-desktop')
    await later.context().close()
  },
)

test.each([
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)('list and settings on a %s in %s hinder nobody', { timeout: 120_000 }, async (size, locale) => {
  const lead = await house.as('quality-lead', { name: '质控' })
  for (const [name, path] of [
    ['list', '/recordings'],
    ['settings', '/recording-settings'],
  ] as const) {
    const page = await stage.openAs(lead, path, { size, locale })
    await screenshot(page, `recording-${name}-${size}-${locale}`)
    expect([name, await axe(page)]).toEqual([name, []])
    await page.context().close()
  }
})
