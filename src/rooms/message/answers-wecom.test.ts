import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import codes from '../../platform/wecom/codes.json' with { type: 'json' }
import { patientDied } from '../patient/contract/events.ts'
import { sendMessages } from './server/index.ts'
import { aTemplate, publish } from './sample.ts'
import { aDesk, type Somebody } from '../../../test/wechat-desk.ts'

/**
 * Each code of WeCom's that is said of mass messages, by the stand-in over HTTP, through the worker's own rounds: what
 * becomes of the question to staff, of the message, of the right, of the account.
 */
const desk = await aDesk('wecom')
const { wecom, house, db } = desk
beforeEach(() => desk.begin())
const ASKING = 'add_msg_template'

type Wanted =
  | { to: 'ask' }
  | { to: 'wait' }
  | { to: 'alarm' }
  | { to: 'other-way'; reason: string }
  | { to: 'fail'; reason: string }
  | { to: 'censored' }
const ask: Wanted = { to: 'ask' }
const wait: Wanted = { to: 'wait' }
const alarm: Wanted = { to: 'alarm' }
const unknown: Wanted = { to: 'other-way', reason: 'address-unknown' }
/** Nobody's contact any more, or who had them has left. */
const parted: Wanted = { to: 'other-way', reason: 'no-right' }
const value: Wanted = { to: 'fail', reason: 'wechat-template' }
const unheard: Wanted = { to: 'fail', reason: 'refused' }
const censored: Wanted = { to: 'censored' }

const TABLE: Record<string, Wanted> = {
  40014: ask,
  42001: ask,
  '-1': wait,
  6000: wait,
  41063: wait,
  41096: wait,
  45009: wait,
  45033: wait,
  40001: alarm,
  40013: alarm,
  40056: alarm,
  40091: alarm,
  41001: alarm,
  41002: alarm,
  41004: alarm,
  41011: alarm,
  60020: alarm,
  48002: alarm,
  48004: alarm,
  48006: alarm,
  50002: alarm,
  50003: alarm,
  60011: alarm,
  60021: alarm,
  84074: alarm,
  40096: unknown,
  41035: unknown,
  41056: unknown,
  40003: parted,
  40031: parted,
  41048: parted,
  41054: parted,
  46004: parted,
  60111: parted,
  81013: parted,
  84061: parted,
  40007: value,
  40008: value,
  40033: value,
  40035: value,
  40058: value,
  40063: value,
  41064: value,
  41065: value,
  44004: value,
  45002: value,
  82004: censored,
  85002: censored,
  88888: unheard,
}
/** Not said of questions to staff: of what has come of them, */
const OF_LOOKS = ['41046', '41047']

/** of first words and of contact codes (answers-wecom-contacts.test.ts). */
const OF_CONTACTS = [41037, 41038, 41039, 41040, 41041, 41043, 41044, 41045, 41049, 41050, 41051, 41053].map(String)

test('every code that is known stands in a table', () => {
  const elsewhere = [...OF_LOOKS, ...OF_CONTACTS]
  expect(Object.keys(codes.codes).filter((code) => !(code in TABLE) && !elsewhere.includes(code))).toEqual([])
})

const taskOf = (who: Somebody) => wecom.tasks.findLast(({ shares }) => shares.get('wang')?.customers.has(who.address))
/** Staff confirm, and the worker looks what has come of it. */
async function confirmed(who: Somebody) {
  wecom.confirms(taskOf(who)!.id, 'wang')
  house.clock.advance({ minutes: 30 })
  await desk.work()
  expect(await desk.rowOf(who)).toMatchObject({ state: 'accepted', possible_doubles: 0 })
  expect(desk.gotBy(who)).toBe(1)
}

describe.each(Object.entries(TABLE))('a question to staff, %s', (code, wanted) => {
  test('with no other way', async () => {
    const who = await desk.somebody('wecom-mass')
    const campaign = randomUUID()
    if (wanted.to === 'ask') {
      // The one that is held is of no use any more, and another is handed out.
      await desk.tell(await desk.somebody('wecom-mass'), ['wecom-mass'])
      wecom.revokeToken()
    }
    wecom.fail(Number(code), 1, ASKING)
    const row = await desk.tell(who, ['wecom-mass'], { campaign })
    expect(desk.gotBy(who)).toBe(0)
    const { stands } = await desk.rightOf(who, 'wecom-mass')
    expect(stands).toBe(wanted.to !== 'other-way')
    if (wanted.to === 'ask') {
      expect(row).toMatchObject({ state: 'deferred', reason: 'with-staff', attempts: 1 })
      await confirmed(who)
      return
    }
    expect(taskOf(who)).toBeUndefined()
    if (wanted.to === 'wait' || wanted.to === 'alarm') {
      const reason = wanted.to === 'alarm' ? 'wechat-account' : code === '45009' ? 'throttled' : 'temporary'
      expect(row).toMatchObject({ state: 'deferred', reason })
      if (wanted.to === 'alarm')
        expect([await desk.accountFault(), await desk.alarms()]).toEqual([code, ['wechat-fault']])
      house.clock.set(row.next_at!.toISOString())
      await desk.work()
      expect(await desk.rowOf(who)).toMatchObject({ state: 'deferred', reason: 'with-staff' })
      expect(await desk.accountFault()).toBeNull()
      await confirmed(who)
      return
    }
    const reason = wanted.to === 'censored' ? 'refused-content' : wanted.reason
    expect(row).toMatchObject({ state: 'failed', reason, next_at: null })
    expect(await desk.stops()).toEqual(
      wanted.to === 'censored' ? [{ kind: 'campaign', scope: campaign, why: 'content' }] : [],
    )
    const other = await desk.tell(await desk.somebody('wecom-mass'), ['wecom-mass'], { campaign })
    expect(other.reason).toBe(wanted.to === 'censored' ? 'campaign-paused' : 'with-staff')
  })

  test('with another way', async () => {
    const who = await desk.somebody('wecom-mass')
    wecom.fail(Number(code), 1, ASKING)
    const row = await desk.tell(who, ['wecom-mass', 'email'])
    const goesOn = wanted.to === 'other-way' || wanted.to === 'fail'
    expect(row.channel).toBe(goesOn ? 'email' : 'wecom-mass')
    if (goesOn) expect(row.state).toBe('accepted')
  })
})

test('a token that is refused and handed out all the same is waited for', async () => {
  const who = await desk.somebody('wecom-mass')
  wecom.fail(40014, 1, ASKING)
  const row = await desk.tell(who, ['wecom-mass'])
  expect(row).toMatchObject({ state: 'deferred', reason: 'temporary' })
  house.clock.set(row.next_at!.toISOString())
  await desk.work()
  await confirmed(who)
})

test('one who is not known spoils the question for nobody else: each is asked for alone', async () => {
  const people = [
    await desk.somebody('wecom-mass'),
    await desk.somebody('wecom-mass'),
    await desk.somebody('wecom-mass'),
  ]
  const same = { zh: { subject: '讲座', text: '周六上午有讲座' }, en: { subject: 'Talk', text: 'A talk on Saturday' } }
  const template = await publish(house, aTemplate({ ...same, channels: ['in-app'], ladder: ['wecom-mass'] }))
  const before = wecom.tasks.length
  wecom.fail(40096, 2, ASKING)
  await house.write((ctx) =>
    sendMessages(
      ctx,
      people.map(({ patientId }) => ({ patientId, template, touch: 'talk' })),
    ),
  )
  await desk.work()
  const rows = await Promise.all(people.map((who) => desk.rowOf(who)))
  expect(rows.map(({ reason }) => reason).toSorted()).toEqual(['address-unknown', 'with-staff', 'with-staff'])
  expect(wecom.tasks.length - before).toBe(2)
  const stand = await Promise.all(people.map(async (who) => (await desk.rightOf(who, 'wecom-mass')).stands))
  expect(stand.filter(Boolean)).toHaveLength(2)
})

describe('what has come of a question', () => {
  const asked = async () => {
    const who = await desk.somebody('wecom-mass')
    await desk.tell(who, ['wecom-mass', 'email'])
    expect(await desk.rowOf(who)).toMatchObject({ reason: 'with-staff' })
    return who
  }
  const look = async () => {
    house.clock.advance({ minutes: 70 })
    await desk.work()
  }
  const useOf = async (who: Somebody) =>
    db
      .selectFrom('channel_right_use')
      .select('state')
      .where('message_id', '=', (await desk.rowOf(who)).id)
      .executeTakeFirst()

  test.each(['-1', '41063', '45009', '45033', '60020', '48002'])('%s: it is asked again later', async (code) => {
    for (const path of ['get_groupmsg_task', 'get_groupmsg_send_result']) {
      const who = await asked()
      wecom.fail(Number(code), 1, path)
      wecom.confirms(taskOf(who)!.id, 'wang')
      await look()
      expect(await desk.rowOf(who)).toMatchObject({ state: 'deferred', reason: 'with-staff' })
      // An account that is refused is told of, though nothing was sent.
      if (code === '60020' || code === '48002')
        expect([await desk.accountFault(), await desk.alarms()]).toEqual([code, ['wechat-fault']])
      await look()
      expect(await desk.rowOf(who)).toMatchObject({ channel: 'wecom-mass', state: 'accepted' })
    }
  })

  test.each(OF_LOOKS)('%s: nobody will know, so it is said, and nothing goes by another way', async (code) => {
    const who = await asked()
    wecom.fail(Number(code), 1, 'get_groupmsg_task')
    await look()
    await look()
    expect(await desk.rowOf(who)).toMatchObject({ channel: 'wecom-mass', state: 'failed', reason: 'in-doubt' })
    expect(await useOf(who)).toEqual({ state: 'used' })
    const tasks = await db.selectFrom('task').select('state').where('patient_id', '=', who.patientId).execute()
    expect(tasks).toEqual([{ state: 'cancelled' }])
  })

  test('the platform has forgotten it of its own accord', async () => {
    const who = await asked()
    const { id } = taskOf(who)!
    wecom.confirms(id, 'wang')
    wecom.forgets(id)
    await look()
    expect(await desk.rowOf(who)).toMatchObject({ channel: 'wecom-mass', state: 'failed', reason: 'in-doubt' })
  })

  test.each<['no-contact' | 'limit', string]>([
    ['no-contact', 'no-right'],
    ['limit', 'limit-reached'],
  ])('%s: the next way', async (outcome, reason) => {
    const who = await asked()
    const { id } = taskOf(who)!
    if (outcome === 'no-contact') await wecom.parts(who.address, 'wang', 'staff')
    else
      for (let n = 0; n < 4; n++)
        wecom.customers.get(who.address)!.got.push({ at: house.clock.now().getTime(), kind: 'mass', text: '…' })
    wecom.confirms(id, 'wang')
    await look()
    await desk.work()
    expect(await desk.rowOf(who)).toMatchObject({ channel: 'email', state: 'accepted' })
    const events = await db
      .selectFrom('message_event')
      .select('detail')
      .where('message_id', '=', (await desk.rowOf(who)).id)
      .where('kind', '=', 'undelivered')
      .execute()
    expect(events).toMatchObject([{ detail: { reason } }])
  })

  test.each(['-1', '45009', '45033'])('a reminder that is refused with %s is none of the three', async (code) => {
    const who = await asked()
    wecom.fail(Number(code), 1, 'remind_groupmsg_send')
    house.clock.advance({ days: 1, minutes: 1 })
    await desk.work()
    expect(taskOf(who)!.reminded).toHaveLength(0)
    await look()
    expect(taskOf(who)!.reminded).toHaveLength(1)
  })

  test.each(['-1', '45033', '60020'])('a call back that is refused with %s is tried again', async (code) => {
    const who = await asked()
    await house.write((ctx) => ctx.emit(patientDied, { patientId: who.patientId as never, on: '2026-03-02' } as never))
    await house.settle()
    wecom.fail(Number(code), 1, 'cancel_groupmsg_send')
    await desk.work()
    expect(taskOf(who)!.cancelled).toBe(false)
    await desk.work()
    expect(taskOf(who)!.cancelled).toBe(true)
    expect(desk.gotBy(who)).toBe(0)
  })
})
