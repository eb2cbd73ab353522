import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { startWeCom } from '../../apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../../platform/clock.ts'
import { taskDigestDue, taskReminderDue } from '../task/contract/events.ts'
import { handOverTask } from '../task/contract/hand-over.ts'
import { completeTask } from '../task/contract/task.ts'
import { createTask, type NewTask } from '../task/server/index.ts'
import { addWeChatAccount, changeWeChatAccount, listWeChatAccounts, setWeComStaff } from '../wechat/contract/account.ts'
import { chooseOwnWeCom, readOwnWeCom, STAFF_TOPICS } from '../wechat/contract/staff-notice.ts'
import { AGREED, CORP } from '../wechat/sample.ts'
import { sendStaffNotices } from '../wechat/server/index.ts'
import { listNotices, readNotices } from './contract/notice.ts'
import { setWebAddress } from './sample.ts'
import { notifyStaff } from './server/index.ts'

/** What staff are told on their phones: by the stand-in of WeCom, over HTTP. */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const USERS = Array.from({ length: 60 }, (_one, n) => `user${n + 1}`)
const wecom = await startWeCom({ clock, ...CORP, staff: USERS, unlicensed: ['user60'], fetchesPerDay: 100_000 })
afterAll(() => wecom.close())
const house = await aHouse({ wechatUrls: { wecom: wecom.url } })
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')
let administrator = await house.as('system-administrator')
const account = await administrator.call(addWeChatAccount, {
  body: {
    kind: 'wecom',
    name: '和康企业微信',
    appId: CORP.corpId,
    agentId: CORP.agentId,
    secret: CORP.secret,
    token: AGREED.token,
    aesKey: AGREED.encodingAesKey,
  },
})

let day = 0
beforeEach(async () => {
  // Another day at ten: what one test left behind is over.
  house.clock.set(TEST_NOW)
  house.clock.advance({ days: 2 * (day += 1) })
  administrator = await house.as('system-administrator')
})

const mapped: { userId: string; staffId: string }[] = []
const map = (rows: typeof mapped) =>
  administrator.call(setWeComStaff, { params: { accountId: account.id }, body: { rows: rows as never } })
let users = 0
/** A nurse whose user id is known. */
async function aNurse(userId = USERS[users++]!) {
  const nurse = await house.as('service-manager')
  mapped.push({ userId, staffId: nurse.staffId })
  await map(mapped)
  return { ...nurse, userId }
}

const send = () => sendStaffNotices(house.house, house.tenant)
const toldOf = (userId: string) => wecom.notices.filter((one) => one.staffUserId === userId).map(({ text }) => text)
const ledger = (staffId: string) =>
  db.selectFrom('wechat_staff_notice').selectAll().where('staff_id', '=', staffId).orderBy('id').execute()
const stateOf = async (staffId: string) => (await ledger(staffId)).map(({ state, code }) => [state, code])
const digest = async (staffId: string, count = 3, on = house.clock.today('Asia/Shanghai')) => {
  await house.write((ctx) =>
    ctx.emit(taskDigestDue, { executorId: staffId as never, day: on as never, count, overdue: 1 }),
  )
  await house.settle()
}
const aTask = async (over: Partial<NewTask>) => {
  const task = await house.write((ctx) =>
    createTask(ctx, { type: 'call', title: '给王秀英打电话', source: 'test', priority: 'urgent', ...over } as NewTask),
  )
  await house.settle()
  return task.id as never
}
const alerted = (staffId: string, key: string, kind = 'alert-late') =>
  house.write((ctx) =>
    notifyStaff(ctx, staffId, {
      kind,
      values: { class: 'A', title: '王秀英 血钾 6.8' },
      link: '/alerts?alert=a1',
      sourceKey: key,
    }),
  )

describe('what is told', () => {
  test('the digest of the afternoon: how many and where, once, in the language of whoever reads it', async () => {
    const [nurse, english] = [await aNurse(), await aNurse()]
    await db.updateTable('staff').set({ locale: 'en' }).where('id', '=', english.staffId).execute()
    await digest(nurse.staffId)
    await digest(nurse.staffId)
    await digest(english.staffId)
    expect(toldOf(nurse.userId)).toEqual([])
    await send()
    await send()
    expect(toldOf(nurse.userId)).toEqual([
      '您今天还有 3 项计划没完成，其中已逾期 1 项。（10:00）\nhttps://care.example.org/tasks',
    ])
    expect(toldOf(english.userId)).toEqual([
      'Tasks of today still open: 3, of which overdue: 1. (10:00)\nhttps://care.example.org/tasks',
    ])
    expect(await stateOf(nurse.staffId)).toEqual([['accepted', null]])
  })

  test('an important result that nobody has taken, without a name and a result, also in the night', async () => {
    const nurse = await aNurse()
    house.clock.advance({ hours: 16 })
    await alerted(nurse.staffId, 'alert-1')
    await send()
    expect(toldOf(nurse.userId)).toEqual([
      '您有 1 项重要异常结果等着处理，请马上查看。（02:00）\nhttps://care.example.org/alerts?alert=a1',
    ])
    expect(JSON.stringify(await ledger(nurse.staffId))).not.toContain('王秀英')
  })

  test('urgent tasks that come together are one message; in the night they wait until seven', async () => {
    const nurse = await aNurse()
    house.clock.advance({ hours: 16 })
    const first = await aTask({ ownerId: nurse.staffId })
    await aTask({ ownerId: nurse.staffId, priority: 'stat' })
    await aTask({ ownerId: nurse.staffId, priority: 'routine' })
    await send()
    expect(toldOf(nurse.userId)).toEqual([])
    house.clock.advance({ hours: 5 })
    await send()
    expect(toldOf(nurse.userId)).toEqual([
      `您有 2 项新的紧急计划，请尽快查看。（02:00）\nhttps://care.example.org/tasks?task=${String(first)}`,
    ])
    expect(await stateOf(nurse.staffId)).toEqual([
      ['accepted', null],
      ['accepted', null],
    ])
  })

  test('not a task of an important result, of which the alert tells, nor what was put down by oneself', async () => {
    const nurse = await aNurse()
    await aTask({ ownerId: nurse.staffId, alert: 'important-result' })
    const own = await aTask({ ownerId: nurse.staffId, source: 'own' })
    await db.deleteFrom('wechat_staff_notice').where('staff_id', '=', nurse.staffId).execute()
    await db.updateTable('task').set({ created_by: nurse.staffId }).where('id', '=', own).execute()
    await house.write((ctx) =>
      ctx.emit(taskReminderDue, { taskId: own, executorId: nurse.staffId as never, offsetMinutes: 30 }),
    )
    await house.settle()
    expect((await ledger(nurse.staffId)).map(({ topic }) => topic)).toEqual(['reminder'])
  })

  test('whoever it is handed to is told; done or handed on before that, it is not', async () => {
    const [nurse, other] = [await aNurse(), await aNurse()]
    const [handed, done] = [await aTask({ ownerId: nurse.staffId }), await aTask({ ownerId: nurse.staffId })]
    await nurse.call(handOverTask, {
      params: { taskId: handed },
      body: { toId: other.staffId as never, reason: '换班' },
    })
    await nurse.call(completeTask, { params: { taskId: done }, body: {} })
    await house.settle()
    await send()
    expect([toldOf(nurse.userId), toldOf(other.userId).length]).toEqual([[], 1])
    expect(await stateOf(nurse.staffId)).toEqual([
      ['unneeded', null],
      ['unneeded', null],
    ])
  })

  test('what was read in the bell is not called to the phone', async () => {
    const nurse = await aNurse()
    await digest(nurse.staffId)
    const { rows } = await nurse.call(listNotices)
    await nurse.call(readNotices, { body: { ids: rows.map(({ id }) => id) } })
    await send()
    expect([toldOf(nurse.userId), await stateOf(nurse.staffId)]).toEqual([[], [['unneeded', null]]])
  })

  test('nothing where no user id is known, the account is off, or the person is not here any more', async () => {
    const unknown = await house.as('service-manager')
    await digest(unknown.staffId)
    expect(await ledger(unknown.staffId)).toEqual([])
    const gone = await aNurse()
    await digest(gone.staffId)
    await db.updateTable('staff').set({ state: 'disabled' }).where('id', '=', gone.staffId).execute()
    await send()
    expect([toldOf(gone.userId), (await ledger(gone.staffId))[0]!.refusal]).toEqual([[], 'no-way'])
    const { rows } = await administrator.call(listWeChatAccounts)
    const { name, agentId, welcome, version } = rows.find(({ id }) => id === account.id)!
    const params = { accountId: account.id }
    const body = { name, agentId, welcome, version, active: false }
    await administrator.call(changeWeChatAccount, { params, body })
    const off = await aNurse()
    await digest(off.staffId)
    expect(await ledger(off.staffId)).toEqual([])
    expect(await off.call(readOwnWeCom)).toMatchObject({ configured: false })
    await administrator.call(changeWeChatAccount, { params, body: { ...body, version: version + 1, active: true } })
  })
})

describe('what staff choose', () => {
  test('each for themselves, of what comes by WeCom; the bell has all of it', async () => {
    const [nurse, other] = [await aNurse(), await aNurse()]
    expect(await nurse.call(readOwnWeCom)).toEqual({
      configured: true,
      userId: nurse.userId,
      refused: null,
      topics: [...STAFF_TOPICS],
    })
    await nurse.call(chooseOwnWeCom, { body: { topics: ['alert'] } })
    await digest(nurse.staffId)
    await digest(other.staffId)
    await alerted(nurse.staffId, 'alert-2')
    await send()
    expect([toldOf(nurse.userId).length, toldOf(other.userId).length]).toEqual([1, 1])
    expect(toldOf(nurse.userId)[0]).toContain('重要异常')
    expect((await nurse.call(listNotices)).rows.length).toBe(2)
    expect((await other.call(readOwnWeCom)).topics).toEqual([...STAFF_TOPICS])
  })

  test('no, said between planning and sending, is heard', async () => {
    const nurse = await aNurse()
    await digest(nurse.staffId)
    await nurse.call(chooseOwnWeCom, { body: { topics: [] } })
    await send()
    expect([toldOf(nurse.userId), await stateOf(nurse.staffId)]).toEqual([[], [['unneeded', null]]])
  })

  test('a user id is one person’s and a person has one; capitals do not count', async () => {
    const [one, two] = [await house.as('physician'), await house.as('physician')]
    const before = await db.selectFrom('wechat_staff').selectAll().orderBy('user_id').execute()
    const refused = async (rows: typeof mapped) =>
      (await administrator.try(setWeComStaff, { params: { accountId: account.id }, body: { rows: rows as never } }))
        .code
    const line = (userId: string, { staffId }: { staffId: string }) => ({ userId, staffId })
    expect(await refused([line('Zhang', one), line('zhang', two)])).toBe('WeChatStaffTwice')
    expect(await refused([line('zhang', one), line('zhang2', one)])).toBe('WeChatPersonTwice')
    const nurse = await house.as('service-manager')
    const body = { rows: [line('zhang', one)] as never }
    expect((await nurse.try(setWeComStaff, { params: { accountId: account.id }, body })).status).toBe(403)
    expect(await db.selectFrom('wechat_staff').selectAll().orderBy('user_id').execute()).toEqual(before)
  })
})

describe('what WeCom answers', () => {
  const SEND = 'message/send'
  test.each([-1, 45009, 45033, 6000])('%d: said a little later, once', async (code) => {
    const nurse = await aNurse()
    await digest(nurse.staffId)
    wecom.fail(code, 1, SEND)
    await send()
    expect(await stateOf(nurse.staffId)).toEqual([['planned', String(code)]])
    house.clock.advance({ minutes: 3 })
    await send()
    expect([toldOf(nurse.userId).length, await stateOf(nurse.staffId)]).toEqual([1, [['accepted', null]]])
  })

  test('a token that is taken no more: another one is fetched and it is said at once', async () => {
    const nurse = await aNurse()
    await alerted(nurse.staffId, 'before')
    await send()
    wecom.revokeToken()
    await digest(nurse.staffId)
    await send()
    expect([toldOf(nurse.userId).length, (await stateOf(nurse.staffId)).flat()]).toEqual([
      2,
      ['accepted', null, 'accepted', null],
    ])
  })

  test('42001, and only the same token to be had: said five minutes later', async () => {
    const nurse = await aNurse()
    await digest(nurse.staffId)
    wecom.fail(42001, 1, SEND)
    await send()
    expect([toldOf(nurse.userId), (await ledger(nurse.staffId))[0]!.refusal]).toEqual([[], 'token'])
    house.clock.advance({ minutes: 5 })
    await send()
    expect([toldOf(nurse.userId).length, await stateOf(nurse.staffId)]).toEqual([1, [['accepted', null]]])
  })

  test.each([60111, 81013])('%d: their user id is not known there; they and the administrator see it', async (code) => {
    const nurse = await aNurse()
    await digest(nurse.staffId)
    wecom.fail(code, 1, SEND)
    await send()
    expect(await stateOf(nurse.staffId)).toEqual([['undelivered', String(code)]])
    expect((await nurse.call(readOwnWeCom)).refused).toBe(String(code))
    const seen = async () =>
      (await administrator.call(listWeChatAccounts)).rows
        .flatMap(({ staff }) => staff)
        .find(({ staffId }) => staffId === nurse.staffId)!.refused
    expect(await seen()).toBe(String(code))
    // What arrives next ends it.
    await alerted(nurse.staffId, `alert-${code}`)
    await send()
    expect([await seen(), toldOf(nurse.userId).length]).toEqual([null, 1])
  })

  test('named as invalid, or without a licence, in an answer that says ok', async () => {
    const [unknown, bare] = [await aNurse('nobody'), await aNurse('user60')]
    await digest(unknown.staffId)
    await digest(bare.staffId)
    await send()
    // Of one alone the platform refuses the whole call.
    expect(await stateOf(unknown.staffId)).toEqual([['undelivered', '81013']])
    expect(await stateOf(bare.staffId)).toEqual([['undelivered', 'unlicenseduser']])
  })

  test.each([60020, 48002])('%d: people are told, nothing is lost, and it comes once it is mended', async (code) => {
    const nurse = await aNurse()
    await alerted(nurse.staffId, `alert-${code}`)
    wecom.fail(code, 1, SEND)
    await send()
    await house.settle()
    const fault = async () =>
      (await administrator.call(listWeChatAccounts)).rows.find(({ id }) => id === account.id)!.fault?.code ?? null
    expect([await fault(), await stateOf(nurse.staffId)]).toEqual([String(code), [['planned', String(code)]]])
    expect((await administrator.call(listNotices)).rows.map(({ kind }) => kind)).toEqual(['wechat-fault'])
    house.clock.advance({ minutes: 31 })
    administrator = await house.as('system-administrator')
    await send()
    expect([await fault(), toldOf(nurse.userId).length]).toEqual([null, 1])
  })

  test('too late to be of use: the digest of a day that is over is not told', async () => {
    const nurse = await aNurse()
    await digest(nurse.staffId)
    wecom.fail('hang-up', 1, SEND)
    await send()
    house.clock.advance({ days: 1 })
    await send()
    expect(toldOf(nurse.userId)).toEqual([])
    expect((await ledger(nurse.staffId))[0]!.state).toBe('expired')
  })
})

describe('nothing is lost and nothing comes twice', () => {
  test('occasions of one minute differ in words also without a web address, in every round and by any sender', async () => {
    await setWebAddress(house, '')
    const [nurse, english, other] = [await aNurse(), await aNurse(), await aNurse()]
    await db.updateTable('staff').set({ locale: 'en' }).where('id', '=', english.staffId).execute()
    for (const key of ['one', 'two']) for (const { staffId } of [nurse, english]) await alerted(staffId, key)
    await alerted(other.staffId, 'one')
    await send()
    house.clock.advance({ seconds: 20 })
    for (const key of ['three', 'four', 'five', 'six']) await alerted(nurse.staffId, key)
    await Promise.all([send(), send(), send()])
    const alert = (time: string) => `您有 1 项重要异常结果等着处理，请马上查看。（${time}）`
    const nth = (number: number) => alert(number === 1 ? '10:00' : `10:00，第 ${number} 条`)
    expect(toldOf(nurse.userId).toSorted()).toEqual([1, 2, 3, 4, 5, 6].map(nth).toSorted())
    expect(toldOf(english.userId)).toEqual([
      'An important result is waiting for you. Please look now. (10:00)',
      'An important result is waiting for you. Please look now. (10:00, no. 2)',
    ])
    expect(toldOf(other.userId)).toEqual([nth(1)])
    // Another minute begins anew; so does the same minute of the next day.
    house.clock.advance({ minutes: 1 })
    await alerted(nurse.staffId, 'seven')
    await send()
    expect(toldOf(nurse.userId).at(-1)).toBe(alert('10:01'))
    house.clock.advance({ hours: 23, minutes: 59 })
    await alerted(nurse.staffId, 'eight')
    await send()
    expect(toldOf(nurse.userId).at(-1)).toBe(nth(1))
    await setWebAddress(house, 'https://care.example.org')
  })

  test('a number stays with its message: said again after a broken line it is known for the same, and nobody else has it', async () => {
    await setWebAddress(house, '')
    const nurse = await aNurse()
    await alerted(nurse.staffId, 'first')
    await send()
    await alerted(nurse.staffId, 'second')
    wecom.fail('taken-and-hang-up', 1, 'message/send')
    await send()
    wecom.fail('hang-up', 1, 'message/send')
    await alerted(nurse.staffId, 'third')
    await send()
    house.clock.advance({ minutes: 3 })
    await send()
    const times = toldOf(nurse.userId).map((text) => /（(.*)）/.exec(text)![1])
    expect(times).toEqual(['10:00', '10:00，第 2 条', '10:00，第 3 条'])
    expect((await ledger(nurse.staffId)).map((row) => [row.state, row.batch_number, row.possible_doubles])).toEqual([
      ['accepted', 1, 0],
      ['accepted', 2, 0],
      ['accepted', 3, 0],
    ])
    await setWebAddress(house, 'https://care.example.org')
  })

  test('taken, and then the line breaks: said again in the same words, which WeCom knows for one', async () => {
    const nurse = await aNurse()
    await aTask({ ownerId: nurse.staffId })
    await aTask({ ownerId: nurse.staffId })
    wecom.fail('taken-and-hang-up', 1, 'message/send')
    await send()
    expect((await ledger(nurse.staffId)).map(({ state }) => state)).toEqual(['claimed', 'claimed'])
    // What comes meanwhile is a message of its own and does not change the words of the first.
    house.clock.advance({ minutes: 3 })
    await aTask({ ownerId: nurse.staffId })
    await send()
    expect(toldOf(nurse.userId).map((text) => text.slice(0, 4))).toEqual(['您有 2', '您有 1'])
    expect(await stateOf(nurse.staffId)).toEqual([
      ['accepted', null],
      ['accepted', null],
      ['accepted', null],
    ])
    expect((await ledger(nurse.staffId)).map((row) => row.possible_doubles)).toEqual([0, 0, 0])
  })

  test('a sender that was killed before or after the call: another one says it, once', async () => {
    const [before, after] = [await aNurse(), await aNurse()]
    for (const nurse of [before, after]) {
      await digest(nurse.staffId)
      await alerted(nurse.staffId, `killed-${nurse.userId}`)
    }
    await send()
    expect(toldOf(after.userId).length).toBe(2)
    // As a kill leaves it: claimed, whether or not it was said.
    const until = new Date(house.clock.now().getTime() + 60_000)
    await db
      .updateTable('wechat_staff_notice')
      .set({ state: 'claimed', next_at: until, settled_at: null })
      .where('staff_id', 'in', [before.staffId, after.staffId])
      .execute()
    await send()
    expect((await ledger(after.staffId)).map(({ state }) => state)).toEqual(['claimed', 'claimed'])
    house.clock.advance({ minutes: 2 })
    await send()
    expect([toldOf(before.userId).length, toldOf(after.userId).length]).toEqual([2, 2])
    expect((await stateOf(after.staffId)).flat()).toEqual(['accepted', null, 'accepted', null])
  })

  test('after half an hour WeCom would not know: it is said, and counted as one that may be a second', async () => {
    const nurse = await aNurse()
    await alerted(nurse.staffId, 'long-ago')
    wecom.fail('taken-and-hang-up', 1, 'message/send')
    await send()
    house.clock.advance({ minutes: 31 })
    await send()
    expect((await ledger(nurse.staffId)).map((row) => [row.state, row.possible_doubles])).toEqual([['accepted', 1]])
  })

  test('two senders at once, and one occasion told of twice', async () => {
    const nurse = await aNurse()
    for (let n = 0; n < 5; n++) await alerted(nurse.staffId, `both-${n % 2}`)
    await Promise.all([send(), send(), send()])
    expect((await ledger(nurse.staffId)).length).toBe(2)
    expect((await stateOf(nurse.staffId)).flat()).toEqual(['accepted', null, 'accepted', null])
    expect((await ledger(nurse.staffId)).map(({ attempts }) => attempts)).toEqual([1, 1])
  })
})
