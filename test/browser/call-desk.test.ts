import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { beginTalk, handBack, type CallSession } from '../../src/rooms/call-desk/contract/session.ts'
import { aCallTask, again, takeBy } from '../../src/rooms/call-desk/sample-call.ts'
import { aPerson, evaluate, pass } from '../../src/rooms/follow-up/sample-plan.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { changePatient } from '../../src/rooms/patient/contract/patient.ts'
import { playRecording } from '../../src/rooms/recording/contract/listen.ts'
import { closeCutOff, eraseKept } from '../../src/rooms/recording/server/rounds.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

/**
 * A nurse with a headset works through her list, with the microphone that Chromium brings for tests. It is ten in the
 * morning of the house, whatever the machine says.
 */
const stage = await aStage({
  now: new Date(thisMorning().getTime() - 3 * 86_400_000).toISOString(),
  browser: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
})
const { house } = stage
const db = () => house.house.databases.of(house.tenant.id)
let nurse = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '陈医生' })
const other = await house.as('service-manager', { name: '赵健管' })
const people: string[] = []

beforeAll(async () => {
  await house.write(installShippedProtocols)
  const carers = { managerId: nurse.staffId, doctorId: doctor.staffId }
  for (const name of ['王秀英', '阿依古丽·买买提', '欧阳建国'])
    people.push(await aPerson(house, { ...carers, name, surgeryOn: house.clock.today('Asia/Shanghai') }))
  await evaluate(house)
  await pass(house, 3)
  nurse = await again(house, nurse)
  await db().updateTable('occurrence').set({ rank: 0 }).where('patient_id', '=', people[0]!).execute()
  const preferences = {
    dialect: '',
    leaveAlone: '不提费用',
    goodHours: '上午9点到11点',
    religion: '',
    religionConsent: false,
  }
  const changes = { phone: '13812341999', called: '王阿姨', preferences }
  await nurse.call(changePatient, {
    params: { patientId: people[0]! as never },
    body: { version: 1, changes } as never,
  })
  await aCallTask(house, people[2]!, nurse.staffId, '上周换成晚上服药，问问头晕好些没有。')
}, 120_000)

const newest = () =>
  db()
    .selectFrom('recording')
    .selectAll()
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
const sessionsOf = (patientId: string) =>
  db().selectFrom('call_session').selectAll().where('patient_id', '=', patientId).orderBy('id').execute()
const named = (page: Page, name: string) => page.getByRole('heading', { name, level: 2 }).waitFor()

test('the list, the call, the number by a click that is noted', { timeout: 240_000 }, async () => {
  const page = await stage.openAs(nurse, '/call-desk')
  await page.getByText('3 位客户在等电话').waitFor()
  await screenshot(page, 'call-desk-start-desktop')
  expect(await axe(page)).toEqual([])
  await settled(page)
  await page.keyboard.press('n')
  await named(page, '王秀英')
  await settled(page)
  expect(await page.locator('a[href^="tel:"]').count()).toBe(0)
  await page.keyboard.press('d')
  await page.locator('a[href="tel:13812341999"]').waitFor()
  const seen = db()
    .selectFrom('audit_entry')
    .select('id')
    .where('action', '=', 'patient.unmask')
    .where('patient_id', '=', people[0]!)
  expect(await seen.execute()).toHaveLength(1)
  await page.getByText('先对客户说').waitFor()
  await screenshot(page, 'call-desk-call-desktop')
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test(
  'recorded; the page is killed in mid-call; the call and its recording are there again, and it is ended by two keys',
  { timeout: 240_000 },
  async () => {
    const page = await stage.openAs(nurse, '/call-desk')
    await named(page, '王秀英')
    await page.getByRole('button', { name: '客户同意，开始录音' }).click()
    await page.getByText('正在录音', { exact: true }).first().waitFor()
    await settled(page)
    await page.keyboard.press('s')
    await page.getByText('通话中').first().waitFor()
    await page.getByLabel(/疼/).first().fill('2')
    await expect.poll(async () => (await newest()).pieces, { timeout: 60_000, interval: 300 }).toBeGreaterThanOrEqual(2)
    await screenshot(page, 'call-desk-talking-desktop')
    await page.context().close()

    house.clock.advance({ minutes: 3 })
    await closeCutOff(house.house, house.tenant)
    expect((await newest()).state).toBe('interrupted')
    const back = await stage.openAs(nurse, '/call-desk')
    await named(back, '王秀英')
    await back.getByText('通话中').first().waitFor()
    // What was recorded before is not lost, can be heard beside the form, and what follows is the same call.
    const kept = back.getByRole('region', { name: '这通电话前面录的' })
    await kept.getByText('这通电话前面录的 1 段已保存').waitFor()
    expect(await kept.getByRole('listitem').innerText()).toMatch(/\d\d:\d\d 起，时长 0:\d\d/)
    await screenshot(back, 'call-desk-earlier-desktop')
    expect(await axe(back)).toEqual([])
    await kept.getByRole('button', { name: '收听' }).click()
    await back.getByRole('dialog').getByRole('button', { name: '收听' }).click()
    await back.getByRole('dialog').getByRole('button', { name: '播放' }).waitFor()
    await screenshot(back, 'call-desk-earlier-heard-desktop')
    await back.keyboard.press('Escape')
    await back.getByRole('dialog').waitFor({ state: 'hidden' })
    await back.getByRole('button', { name: '客户同意，接着录音' }).click()
    await back.getByText('正在录音', { exact: true }).first().waitFor()
    await expect.poll(async () => (await newest()).pieces, { timeout: 60_000, interval: 300 }).toBeGreaterThanOrEqual(1)
    await back.getByRole('button', { name: '结束录音' }).last().click()
    await back.getByText(/录音已保存/).waitFor()
    const [session] = await sessionsOf(people[0]!)
    const parts = db().selectFrom('recording').select(['call_id', 'state']).orderBy('begun_at').orderBy('id')
    expect(await parts.execute()).toEqual([
      { call_id: session!.id, state: 'interrupted' },
      { call_id: session!.id, state: 'ended' },
    ])
    await back.getByRole('button', { name: '再录一段' }).click()
    await kept.getByText('这通电话前面录的 2 段已保存').waitFor()
    await back.getByRole('heading', { name: '电话随访台' }).click()
    await settled(back)
    await back.keyboard.press('1')
    await screenshot(back, 'call-desk-outcome-desktop')
    await back.keyboard.press('Enter')
    await back.getByText('随访表还没填完').waitFor()
    expect(await sessionsOf(people[0]!)).toMatchObject([{ state: 'ended', outcome: 'reached', completed: false }])
    await screenshot(back, 'call-desk-ended-desktop')
    expect(await axe(back)).toEqual([])
    await back.context().close()
  },
)

test(
  'on a phone: the form is filled while talking, and the follow-up is done with the call',
  { timeout: 240_000 },
  async () => {
    const page = await stage.openAs(nurse, '/call-desk', { size: 'phone' })
    await page.getByRole('button', { name: /下一位/ }).click()
    await page.getByRole('button', { name: /接通，开始计时/ }).waitFor()
    await screenshot(page, 'call-desk-call-phone')
    // What is said first, and the question whether it may be recorded, stand before the form.
    await settled(page)
    const top = async (text: string) => (await page.getByText(text).first().boundingBox())!.y
    expect(await top('先对客户说')).toBeLessThan(await top('随访表'))
    expect(await top('说什么')).toBeLessThan(await top('随访表'))
    await page.getByText('不要说').first().waitFor({ state: 'hidden' })
    await page.getByText('展开全部话术').click()
    await page.getByText('不要说').first().waitFor()
    await page.getByText('展开全部话术').click()
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: /接通，开始计时/ }).click()
    await page.getByText('通话中').first().waitFor()
    await fillFirst(page)
    await page.getByRole('button', { name: '完成随访' }).click()
    await page.getByRole('button', { name: '登记：接通' }).waitFor()
    await page.getByPlaceholder('备注（可不填）').fill('恢复得不错')
    await page.getByRole('button', { name: '登记：接通' }).click()
    await page.getByText('这件事已经完成').waitFor()
    const [session] = await db().selectFrom('call_session').selectAll().where('completed', '=', true).execute()
    expect(session).toMatchObject({ outcome: 'reached', note: '恢复得不错', answered_by: 'self' })
    await screenshot(page, 'call-desk-done-phone')
    await page.context().close()
  },
)

test(
  'nobody answers: two keys, and it comes back in two hours; the next one is there',
  { timeout: 240_000 },
  async () => {
    const page = await stage.openAs(nurse, '/call-desk')
    await page.getByRole('button', { name: /下一位/ }).waitFor()
    await settled(page)
    await page.keyboard.press('n')
    await page.getByText('还没有打过').waitFor()
    // Two characters say enough to a doctor.
    await page.getByText('转医生、不再打电话').click()
    await page.getByPlaceholder('请责任医生处理什么').fill('头晕')
    await page.getByRole('heading', { name: '电话随访台' }).click()
    await settled(page)
    await page.keyboard.press('2')
    await settled(page)
    await page.keyboard.press('Enter')
    await page.getByText('下次再打').waitFor()
    await page.getByText('已请责任医生回复').waitFor()
    const asked = db().selectFrom('task').select('owner_id').where('note', '=', '头晕')
    expect(await asked.execute()).toEqual([{ owner_id: doctor.staffId }])
    await page.getByRole('region', { name: '稍后再打' }).waitFor()
    await screenshot(page, 'call-desk-later-desktop')
    await page.context().close()
  },
)

test(
  'a slip of a key: what it would set going is said before, and it is taken back',
  { timeout: 240_000 },
  async () => {
    nurse = await again(house, nurse)
    const carers = { managerId: nurse.staffId, doctorId: doctor.staffId }
    const person = await aPerson(house, { ...carers, name: '周文' })
    await aCallTask(house, person, nurse.staffId)
    const page = await stage.openAs(nurse, '/call-desk')
    await page.getByRole('button', { name: /周文/ }).click()
    await named(page, '周文')
    await settled(page)
    await page.keyboard.press('8')
    const warning = page.getByText('登记后不再给这位客户打电话')
    await warning.waitFor()
    await settled(page)
    await page.keyboard.press('3')
    await warning.waitFor({ state: 'hidden' })
    await settled(page)
    await page.keyboard.press('8')
    await warning.waitFor()
    await screenshot(page, 'call-desk-wrong-number-desktop')
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('按错了？').waitFor()
    const queued = page.getByRole('button', { name: /周文/ })
    await queued.waitFor({ state: 'hidden' })
    await screenshot(page, 'call-desk-slip-desktop')
    await page.getByRole('link', { name: '勿呼名单' }).last().click()
    await page.getByRole('heading', { name: '勿呼名单', level: 1 }).waitFor()
    await page.locator('main').getByText('周文').first().click()
    await page.getByPlaceholder('为什么可以再打了').fill('刚才按错了')
    await page.getByRole('button', { name: '解除' }).click()
    await page.getByText('周文可以再打了').waitFor()
    await page.goto(new URL('/call-desk', page.url()).href)
    await queued.waitFor()
    await page.context().close()
  },
)

test(
  'the recording is heard by whoever may, refused to others, and goes at the end of its time',
  { timeout: 240_000 },
  async () => {
    const { id } = await db()
      .selectFrom('recording')
      .select('id')
      .where('state', '=', 'interrupted')
      .executeTakeFirstOrThrow()
    const file = await stage.openAs(nurse, `/patients/${people[0]}?tab=recordings`)
    await file.getByText('第 1 段，共 2 段').first().waitFor()
    await screenshot(file, 'call-desk-parts-desktop')
    await file.getByText('中途断开，已保存').first().click()
    await file.getByRole('button', { name: '收听' }).click()
    await file.getByRole('button', { name: '播放' }).click()
    await expect
      .poll(() => file.evaluate(() => document.querySelector('audio')!.currentTime), { timeout: 20_000 })
      .toBeGreaterThan(0.5)
    await file.context().close()
    const play = { params: { recordingId: id as never }, body: {} }
    expect((await (await again(house, other)).try(playRecording, play)).status).toBe(404)
    expect((await (await house.as('front-desk')).try(playRecording, play)).status).toBe(403)
    const lead = await house.as('quality-lead', { name: '质控' })
    expect((await lead.try(playRecording, play)).code).toBe('ListenReasonWanted')
    const stands = house.clock.now()
    house.clock.advance({ days: 16 * 366 })
    expect(await eraseKept(house.house, house.tenant)).toBe(2)
    expect((await newest()).state).toBe('deleted')
    house.clock.set(stands)
  },
)

test.each([
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const)('lists and rules on a %s in %s hinder nobody', { timeout: 180_000 }, async (size, locale) => {
  const lead = await house.as('quality-lead', { name: '质控' })
  nurse = await again(house, nurse)
  const today = house.clock.today('Asia/Shanghai')
  for (const [name, path, who] of [
    ['desk', '/call-desk', nurse],
    ['blocks', '/do-not-call', nurse],
    ['add-block', '/do-not-call?open=new', nurse],
    ['rules', '/call-rules', lead],
    ['figures', `/call-figures?from=${today}&until=${today}`, lead],
    ['sounds', '/call-sounds', lead],
    ['figure-rows', `/call-figures?from=${today}&until=${today}&figure=connect`, lead],
  ] as const) {
    const page = await stage.openAs(who, path, { size, locale })
    await screenshot(page, `call-desk-${name}-${size}-${locale}`)
    expect([name, await axe(page)]).toEqual([name, []])
    await page.context().close()
  }
})

test.each(['desktop', 'phone'] as const)(
  'on a %s the list marks whom one calls and whom a colleague calls, also after a reload, and until it ends',
  { timeout: 240_000 },
  async (size) => {
    nurse = await again(house, nurse)
    const colleague = await again(house, doctor)
    const carers = { managerId: nurse.staffId, doctorId: doctor.staffId }
    const [mineId, theirsId] = [
      await aPerson(house, { ...carers, name: '周岚' }),
      await aPerson(house, { ...carers, name: '吴越' }),
    ]
    const mine = { kind: 'task' as const, id: await aCallTask(house, mineId, nurse.staffId) }
    const theirs = { kind: 'task' as const, id: await aCallTask(house, theirsId, doctor.staffId) }
    expect((await takeBy(house, nurse, mine)).status).toBe(200)
    // Of the same person the nurse has something to call about as well.
    await aCallTask(house, theirsId, nurse.staffId)
    const taken = await takeBy(house, colleague, theirs)
    expect(taken.status).toBe(200)
    const of = { params: { sessionId: (taken.body as { session: CallSession }).session.id } }

    const page = await stage.openAs(nurse, '/call-desk', { size })
    await named(page, '周岚')
    if (size === 'phone') await page.locator('summary', { hasText: '待打名单' }).click()
    const own = page.getByRole('button', { name: /周岚.*我正在联系/ })
    const other = page.getByRole('button', { name: /吴越.*陈医生正在联系/ })
    await other.waitFor()
    expect(await own.getAttribute('aria-current')).toBe('true')
    expect(await other.getAttribute('aria-disabled')).toBe('true')
    expect(await page.getByRole('status').filter({ hasText: '周岚 我正在联系' }).count()).toBe(1)
    await screenshot(page, `call-desk-marks-${size}`)
    expect(await axe(page)).toEqual([])
    // Within reach of the keyboard, and taking nobody away.
    await other.focus()
    await page.keyboard.press('Enter')
    await own.focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('周岚')
    expect(await sessionsOf(theirsId)).toHaveLength(1)

    await colleague.call(beginTalk, of)
    await page.keyboard.press('s')
    await page.reload()
    if (size === 'phone') await page.locator('summary', { hasText: '待打名单' }).click()
    await page.getByRole('button', { name: /周岚.*我正在通话/ }).waitFor()
    await page.getByRole('button', { name: /吴越.*陈医生正在通话/ }).waitFor()
    await screenshot(page, `call-desk-marks-talking-${size}`)
    await colleague.call(handBack, { ...of, body: { reason: 'not-now' } })
    await page.getByText('陈医生正在通话').waitFor({ state: 'hidden', timeout: 60_000 })
    const free = page.getByRole('button', { name: /吴越/ })
    expect(await free.getAttribute('aria-disabled')).toBe(null)
    await page.context().close()
    for (const id of [mineId, theirsId])
      await db()
        .updateTable('task')
        .set({ state: 'cancelled', closed_at: new Date() })
        .where('patient_id', '=', id)
        .execute()
    await db()
      .updateTable('call_session')
      .set({ state: 'handed-back', ended_at: house.clock.now(), talk_began_at: null })
      .where('patient_id', '=', mineId)
      .execute()
  },
)

test(
  'when colleagues call everybody in the list, it says so in place of a key that leads nowhere',
  { timeout: 120_000 },
  async () => {
    const manager = await house.as('service-manager', { name: '钱健管' })
    const colleague = await again(house, doctor)
    const person = await aPerson(house, { managerId: manager.staffId, doctorId: doctor.staffId, name: '冯宁' })
    await aCallTask(house, person, manager.staffId)
    const theirs = { kind: 'task' as const, id: await aCallTask(house, person, doctor.staffId) }
    expect((await takeBy(house, colleague, theirs)).status).toBe(200)
    const page = await stage.openAs(manager, '/call-desk')
    await page.getByText('名单上的客户都有同事在联系').waitFor()
    expect(await page.getByRole('button', { name: /下一位/ }).count()).toBe(0)
    await screenshot(page, 'call-desk-all-taken-desktop')
    expect(await axe(page)).toEqual([])
    await page.context().close()
    const { session } = (await takeBy(house, colleague, theirs)).body as { session: CallSession }
    await colleague.call(handBack, { params: { sessionId: session.id }, body: { reason: 'not-now' } })
  },
)

test.each(['desktop', 'phone'] as const)(
  'a year of figures by one press, month by month, on a %s',
  { timeout: 120_000 },
  async (size) => {
    const lead = await house.as('quality-lead', { name: '质控' })
    const page = await stage.openAs(lead, '/call-figures', { size })
    await page.getByRole('heading', { name: '每天' }).waitFor()
    await page.getByText('近一年', { exact: true }).click()
    await page.waitForURL(/from=\d{4}-/)
    await page.getByRole('heading', { name: '每月' }).waitFor()
    await page
      .getByRole('region', { name: '接通率' })
      .getByRole('button', { name: /看这 \d+ 条/ })
      .waitFor()
    await page.getByText('看成表格').click()
    await page.getByRole('rowheader', { name: house.clock.today('Asia/Shanghai').slice(0, 7) }).waitFor()
    await screenshot(page, `call-desk-figures-year-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  },
)

/** Answers each question of the form with its first answer. */
async function fillFirst(page: Page): Promise<void> {
  const form = page.locator('form').last()
  await form.getByLabel(/疼/).first().fill('1')
  for (const group of await form.getByRole('radiogroup').all())
    if ((await group.getByRole('radio', { checked: true }).count()) === 0)
      await group.getByRole('radio').first().check()
  for (const group of await form.getByRole('group').all())
    if ((await group.getByRole('checkbox').count()) > 0) await group.getByRole('checkbox').first().check()
  for (const box of await form.locator('textarea').all()) if ((await box.inputValue()) === '') await box.fill('没有')
}
