import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import survey from '../follow-up/content/forms/post-surgery-survey.json' with { type: 'json' }
import type { Answers } from '../follow-up/contract/form.ts'
import { complete } from '../follow-up/contract/visit.ts'
import { changePatient } from '../patient/contract/patient.ts'
import { patientDied, patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import * as contract from './contract/call-desk.ts'
import { aPerson, evaluate, pass } from '../follow-up/sample-plan.ts'
import { installShippedProtocols } from '../follow-up/server/index.ts'
import { aCallTask, again, nextOf, takeBy } from './sample-call.ts'
import { room } from './server/room.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const team = await aTeam(['甲一', '乙二', '丙三', '丁四'])
const other = await house.as('service-manager', { name: '赵健管' })
const lead = await house.as('quality-lead', { name: '质控' })
const MORNING = house.clock.now()
let { nurse, doctor } = team

/** A nurse, a doctor, and people of theirs whose call of the third day after surgery is due. */
async function aTeam(names: readonly string[]) {
  await house.write(installShippedProtocols)
  const manager = await house.as('service-manager', { name: '李健管' })
  const physician = await house.as('physician', { name: '陈医生' })
  const carers = { managerId: manager.staffId, doctorId: physician.staffId }
  const people: string[] = []
  for (const name of names)
    people.push(await aPerson(house, { ...carers, name, surgeryOn: house.clock.today('Asia/Shanghai') }))
  await evaluate(house)
  await pass(house, 3)
  return { nurse: await again(house, manager), doctor: await again(house, physician), people }
}

/** Each test begins on the same morning with nobody called. */
beforeEach(async () => {
  house.clock.set(MORNING)
  await sql`delete from call_session`.execute(db())
  await sql`delete from call_subject`.execute(db())
  await sql`delete from do_not_call`.execute(db())
  await sql`delete from contact_attempt`.execute(db())
  await sql`update occurrence set attempts = 0, call_back_at = null, rank = 2`.execute(db())
  await sql`update task set state = 'cancelled', closed_at = now() where type = 'call' and state <> 'cancelled'`.execute(
    db(),
  )
  nurse = await again(house, nurse)
  doctor = await again(house, doctor)
})

/** The form of the third day after an operation, each question with its first answer. */
const SURVEY = Object.fromEntries(
  (
    survey.groups as {
      items: { linkId: string; type: string; required?: boolean; options?: { code: string }[]; repeats?: boolean }[]
    }[]
  )
    .flatMap(({ items }) => items)
    .filter(({ required }) => required)
    .map(({ linkId, type, options, repeats }) => [
      linkId,
      type === 'choice' ? (repeats ? [options![0]!.code] : options![0]!.code) : 1,
    ]),
) as Answers
const of = (id: string) => ({ params: { sessionId: id as never } })
const ending = (outcome: contract.CallOutcome, more: object = {}) => ({ outcome, ...more })
const end = (who: typeof nurse, id: string, outcome: contract.CallOutcome, more: object = {}) =>
  who.call(contract.endCall, { ...of(id), body: ending(outcome, more) as never })
const desk = () => nurse.call(contract.getDesk)
const visitOf = async (patientId: string) =>
  (
    await db()
      .selectFrom('occurrence')
      .selectAll()
      .where('patient_id', '=', patientId)
      .where('state', '=', 'due')
      // The person answers the questions of that day themselves: nobody rings for those.
      .where('step', '=', 'day-3')
      .executeTakeFirstOrThrow()
  ).id
const at = (text: string) => new Date(`2026-03-${text}:00+08:00`)
/** Another moment; a session ends meanwhile. */
const goTo = async (text: string) => {
  house.clock.set(at(text))
  nurse = await again(house, nurse)
}
const attempts = () => db().selectFrom('contact_attempt').selectAll().orderBy('number').execute()
const expire = () => room.rounds!.find(({ name }) => name === 'call-desk/expire')!.run(house.house, house.tenant)

describe('who is called next', () => {
  test('the queue holds the calls that are due, one line per person, in order', async () => {
    const [first, second, third] = team.people
    await sql`update occurrence set rank = 0 where patient_id = ${second}`.execute(db())
    await sql`update occurrence set rank = 1 where patient_id = ${third}`.execute(db())
    await aCallTask(house, first!, nurse.staffId)
    const { queue, open, current, held, later } = await desk()
    expect(open).toMatchObject({ now: true, from: '08:30', to: '20:00', opensAt: null, because: null })
    expect(queue.map((line) => [line.patient.name, line.because, line.more])).toEqual([
      ['乙二', ['urgent'], 0],
      ['丙三', [], 0],
      ['甲一', ['ends-today'], 1],
      ['丁四', [], 0],
    ])
    expect([current, held, later]).toEqual([null, [], []])
  })

  test('two who ask at once never get the same person; asked again, each gets theirs', async () => {
    for (let round = 0; round < 2; round++) {
      const both = await Promise.all([nextOf(house, nurse), nextOf(house, doctor), nextOf(house, nurse)])
      const [mine, theirs, mineAgain] = both.map((one) => one!.patient.id)
      expect(mine).toBe(mineAgain)
      expect(mine).not.toBe(theirs)
      expect((await nextOf(house, nurse))!.patient.id).toBe(mine)
      for (const [who, one] of [
        [nurse, both[0]!],
        [doctor, both[1]!],
      ] as const)
        await who.call(contract.handBack, { ...of(one.id), body: { reason: 'not-now' } })
    }
  })

  test('many at once: each person once, and then nobody', async () => {
    const callers = [nurse, doctor, ...(await Promise.all([1, 2, 3].map(() => again(house, doctor))))]
    const taken = await Promise.all(callers.map((who) => nextOf(house, who)))
    const people = taken.map((one) => one!.patient.id)
    expect(new Set(people).size).toBe(2)
    const { rows } = await sql<{ count: number }>`
      select count(*)::int count from call_session where state = 'claimed' group by patient_id`.execute(db())
    expect(rows.map(({ count }) => count)).toEqual([1, 1])
  })

  test('the same request twice is one call', async () => {
    const key = house.house.ids.next<string>()
    const both = await Promise.all([1, 2].map(() => nurse.call(contract.takeNext, { body: { key } })))
    expect(both[0]!.session!.id).toBe(both[1]!.session!.id)
  })

  test('a claim that nobody has kept goes back; what came of it may still be told', async () => {
    const mine = (await nextOf(house, nurse))!
    house.clock.advance({ minutes: 9 })
    await nurse.call(contract.keepSession, of(mine.id))
    house.clock.advance({ minutes: 9 })
    await expire()
    expect((await desk()).current).toBe(mine.id)
    house.clock.advance({ minutes: 2 })
    await expire()
    expect((await desk()).current).toBe(null)
    expect((await end(nurse, mine.id, 'no-answer')).state).toBe('ended')
    expect(await attempts()).toHaveLength(1)
  })

  test('but not when somebody else has the person by then', async () => {
    const mine = (await nextOf(house, nurse))!
    house.clock.advance({ minutes: 11 })
    const theirs = (await nextOf(house, doctor))!
    expect(theirs.patient.id).toBe(mine.patient.id)
    const told = await nurse.try(contract.endCall, { ...of(mine.id), body: ending('busy') as never })
    expect(told).toMatchObject({ status: 409, code: 'CallTaken' })
  })

  test('out of the hours nobody is given but who was promised; by hand with a reason', async () => {
    const subject = { kind: 'follow-up' as const, id: await visitOf(team.people[0]!) }
    const mine = ((await takeBy(house, nurse, subject)).body as { session: contract.CallSession }).session
    await end(nurse, mine.id, 'call-back', { nextAt: at('05T19:50').toISOString() })
    await goTo('05T20:30')
    expect((await desk()).open).toMatchObject({ now: false, because: 'hours', opensAt: at('06T08:30').toISOString() })
    const promised = (await nextOf(house, nurse))!
    expect(promised.patient.name).toBe('甲一')
    await nurse.call(contract.handBack, { ...of(promised.id), body: { reason: 'other', note: '没电了' } })
    const another = { kind: 'follow-up' as const, id: await visitOf(team.people[1]!) }
    expect(await takeBy(house, nurse, another)).toMatchObject({ status: 409, code: 'CallHoursOver' })
    expect((await takeBy(house, nurse, another, '家属刚来电')).status).toBe(200)
  })

  test('the list marks one’s own call and those of colleagues, asked anew, until they end, are given back or run out', async () => {
    const marks = async (who = nurse) =>
      Object.fromEntries(
        (await who.call(contract.getDesk)).queue.flatMap(({ patient, taken }) =>
          taken ? [[patient.name, taken]] : [],
        ),
      )
    expect(await marks()).toEqual({})
    const mine = (await nextOf(house, nurse))!
    const theirs = (await nextOf(house, doctor))!
    const [my, their] = [mine.patient.name, theirs.patient.name]
    const own = { by: '李健管', isMine: true, isTalking: false }
    const others = { by: '陈医生', isMine: false, isTalking: false }
    expect(await marks()).toEqual({ [my]: own, [their]: others })
    expect(await marks(doctor)).toEqual({
      [my]: { ...own, isMine: false },
      [their]: { ...others, isMine: true },
    })
    await doctor.call(contract.beginTalk, of(theirs.id))
    expect(await marks()).toEqual({ [my]: own, [their]: { ...others, isTalking: true } })
    await doctor.call(contract.handBack, { ...of(theirs.id), body: { reason: 'not-now' } })
    expect(await marks()).toEqual({ [my]: own })
    // Nothing heard for longer than a claim lasts; the round has not come by yet.
    house.clock.advance({ minutes: 10 })
    expect(await marks()).toEqual({})
    expect((await desk()).current).toBe(null)
    const again = (await nextOf(house, doctor))!
    expect(again.patient.id).toBe(mine.patient.id)
    expect(await marks()).toEqual({ [my]: others })
    await end(doctor, again.id, 'reached')
    expect(await marks()).toEqual({})
  })

  test('whoever holds one has to finish it before taking another', async () => {
    const mine = (await nextOf(house, nurse))!
    const [, second] = team.people
    const refused = await takeBy(house, nurse, { kind: 'follow-up', id: await visitOf(second!) })
    expect(refused).toMatchObject({ status: 409, code: 'CallElsewhere' })
    expect((refused.body as { title: string }).title).toContain(mine.patient.name)
  })
})

describe('what a call leads to', () => {
  test('no answer: again in two hours, then the other half of the next day, then a decision', async () => {
    const subject = { kind: 'follow-up' as const, id: await visitOf(team.people[0]!) }
    const take = async (because = '') =>
      (await takeBy(house, nurse, subject, because)).body as { session: contract.CallSession }
    const first = await end(nurse, (await take()).session.id, 'no-answer')
    expect([first.nextAt, first.hold]).toEqual([at('05T12:00').toISOString(), null])
    expect((await desk()).later.map((line) => [line.patient.name, line.waitsUntil])).toEqual([
      ['甲一', at('05T12:00').toISOString()],
    ])
    await goTo('05T12:00')
    const second = await end(nurse, (await take()).session.id, 'switched-off')
    expect(second.nextAt).toBe(at('06T10:00').toISOString())
    await goTo('06T10:00')
    const third = await end(nurse, (await take()).session.id, 'no-answer')
    expect([third.nextAt, third.hold, third.lost]).toEqual([null, 'spent', false])
    const shown = await desk()
    expect(shown.held.map((line) => [line.patient.name, line.hold, line.tries])).toEqual([['甲一', 'spent', 3]])
    expect(shown.queue.map((line) => line.patient.name)).not.toContain('甲一')
    expect(await takeBy(house, nurse, subject)).toMatchObject({ status: 422, code: 'CallReasonWanted' })
    const fourth = await end(nurse, (await take('客户留言请回电')).session.id, 'reached')
    expect([fourth.hold, fourth.nextAt]).toEqual([null, at('07T08:30').toISOString()])
    expect((await attempts()).map((one) => [one.outcome, one.channel, one.because])).toEqual([
      ['no-answer', 'phone', ''],
      ['switched-off', 'phone', ''],
      ['no-answer', 'phone', ''],
      ['reached', 'phone', '客户留言请回电'],
    ])
  })

  test('a call that a colleague asked for: reached, it is done; three in vain, somebody decides', async () => {
    const taskId = await aCallTask(house, team.people[3]!, nurse.staffId)
    const subject = { kind: 'task' as const, id: taskId }
    for (const [when, hold] of [
      ['05T10:00', null],
      ['05T14:00', null],
      ['06T15:30', 'spent'],
    ] as const) {
      await goTo(when)
      const { session } = (await takeBy(house, nurse, subject)).body as { session: contract.CallSession }
      expect((await end(nurse, session.id, 'no-answer')).hold).toBe(hold)
    }
    const { session } = (await takeBy(house, nurse, subject, '下午在家')).body as { session: contract.CallSession }
    expect(session).toMatchObject({ request: '问问头晕好些没有', title: { zh: '电话问一下' } })
    expect(session.before.map((line) => line.outcome)).toEqual(['no-answer', 'no-answer', 'no-answer'])
    const ended = await end(nurse, session.id, 'reached', { note: '好多了' })
    expect([ended.open, ended.hold]).toEqual([false, null])
    const task = await db().selectFrom('task').selectAll().where('id', '=', taskId).executeTakeFirstOrThrow()
    expect([task.state, task.outcome]).toEqual(['completed', { text: '好多了' }])
  })

  test('whoever did not answer is not rung for another matter; once they were talked to, they may be', async () => {
    const [first] = team.people
    await aCallTask(house, first!, nurse.staffId)
    const visit = { kind: 'follow-up' as const, id: await visitOf(first!) }
    const { session } = (await takeBy(house, nurse, visit)).body as { session: contract.CallSession }
    await end(nurse, session.id, 'no-answer')
    const shown = await desk()
    expect(shown.queue.map((line) => line.patient.name)).not.toContain('甲一')
    expect(shown.later.map((line) => [line.patient.name, line.more])).toEqual([['甲一', 1]])
    await goTo('05T12:00')
    const again2 = (await takeBy(house, nurse, visit)).body as { session: contract.CallSession }
    await end(nurse, again2.session.id, 'reached')
    expect((await desk()).queue.map((line) => [line.patient.name, line.subject.kind])).toContainEqual(['甲一', 'task'])
  })

  test('a promised call is kept at its moment, within the hours', async () => {
    const mine = (await nextOf(house, nurse))!
    const told = (nextAt?: Date) =>
      nurse.try(contract.endCall, {
        ...of(mine.id),
        body: ending('call-back', { nextAt: nextAt?.toISOString() }) as never,
      })
    expect((await told()).code).toBe('CallBackAtWanted')
    expect((await told(at('05T09:00'))).code).toBe('CallBackAtPast')
    expect((await told(at('05T22:00'))).code).toBe('CallBackAtShut')
    expect((await told(at('05T15:10'))).status).toBe(200)
    await goTo('05T15:10')
    const [first] = (await desk()).queue
    expect([first!.patient.name, first!.because[0]]).toEqual([mine.patient.name, 'promised'])
  })

  test('a wrong number: nobody calls it again, somebody is asked for the right one, and then it goes on', async () => {
    const mine = (await nextOf(house, nurse))!
    await end(nurse, mine.id, 'wrong-number')
    const { rows } = await nurse.call(contract.listBlocks, { query: {} })
    expect(rows.map((row) => [row.patient.id, row.reason])).toEqual([[mine.patient.id, 'wrong-number']])
    const asked = db()
      .selectFrom('task')
      .selectAll()
      .where('patient_id', '=', mine.patient.id)
      .where('concern', '=', 'phone-number')
    expect(await asked.execute()).toMatchObject([{ title: '核对电话号码', owner_id: nurse.staffId }])
    expect((await desk()).queue.map((line) => line.patient.id)).not.toContain(mine.patient.id)
    const { version } = await db()
      .selectFrom('patient')
      .select('version')
      .where('id', '=', mine.patient.id)
      .executeTakeFirstOrThrow()
    await nurse.call(changePatient, {
      params: { patientId: mine.patient.id },
      body: { version, changes: { phone: '13900001111' } } as never,
    })
    await house.settle()
    expect((await nurse.call(contract.listBlocks, { query: {} })).rows).toEqual([])
    expect((await desk()).queue.map((line) => line.patient.id)).toContain(mine.patient.id)
  })

  test('handed over, the doctor has a call to make; refused, and no more calls wanted, it stops', async () => {
    const mine = (await nextOf(house, nurse))!
    await end(nurse, mine.id, 'refused', { handOver: '说想换药，请医生回电', doNotCall: true })
    const theirs = (await doctor.call(contract.getDesk)).queue.filter((line) => line.patient.id === mine.patient.id)
    // Whoever wants no calls is not on the doctor's list either; the task stands.
    expect(theirs).toEqual([])
    const task = db()
      .selectFrom('task')
      .selectAll()
      .where('patient_id', '=', mine.patient.id)
      .where('type', '=', 'call')
      .where('state', '=', 'accepted')
    expect(await task.execute()).toMatchObject([
      { owner_id: doctor.staffId, note: '说想换药，请医生回电', priority: 'urgent' },
    ])
    const subject = { kind: 'follow-up' as const, id: mine.subject.id }
    expect((await takeBy(house, nurse, subject, '再试一次')).code).toBe('CallBlocked')
  })

  test('ended twice it was ended once; another outcome is refused', async () => {
    const mine = (await nextOf(house, nurse))!
    await Promise.all([1, 2, 3].map(() => end(nurse, mine.id, 'busy')))
    expect(await attempts()).toHaveLength(1)
    const changed = await nurse.try(contract.endCall, { ...of(mine.id), body: ending('reached') as never })
    expect(changed).toMatchObject({ status: 409, code: 'CallOver' })
  })
})

describe('whom nobody calls', () => {
  const add = (patientId: string, more: object = {}) =>
    nurse.try(contract.addBlock, { body: { patientId, reason: 'complaint', ...more } as never })

  test('is kept off the queue until the day has passed, or it is lifted with a reason', async () => {
    const [first] = team.people
    expect((await add(first!, { untilOn: '2026-03-04' })).code).toBe('BlockUntilPast')
    const added = await add(first!, { untilOn: '2026-03-05', note: '投诉处理中' })
    expect(added.body).toMatchObject({ reason: 'complaint', untilOn: '2026-03-05', by: '李健管' })
    expect((await add(first!)).code).toBe('BlockedAlready')
    expect((await desk()).queue.map((line) => line.patient.name).toSorted()).toEqual(['丁四', '丙三', '乙二'])
    await goTo('06T00:00')
    expect((await desk()).queue).toHaveLength(4)
    // Over, the same reason may be given anew.
    const anew = (await add(first!)).body as contract.BlockLine
    const lift = () => nurse.try(contract.liftBlock, { params: { blockId: anew.id }, body: { because: '已答复' } })
    expect([(await lift()).status, (await lift()).code]).toEqual([200, 'BlockLifted'])
  })

  test('the dead: whoever has them on the screen loses them', async () => {
    const mine = (await nextOf(house, nurse))!
    await sql`update patient set state = 'deceased', deceased_on = '2026-03-05' where id = ${mine.patient.id}`.execute(
      db(),
    )
    await house.write((ctx) => ctx.emit(patientDied, { patientId: mine.patient.id }))
    await house.settle()
    expect((await desk()).current).toBe(null)
    expect((await nextOf(house, nurse))!.patient.id).not.toBe(mine.patient.id)
    await sql`update patient set state = 'active', deceased_on = null where id = ${mine.patient.id}`.execute(db())
  })
})

describe('the rules', () => {
  test('are changed by the lead with a reason, count from the next call, and are kept by version', async () => {
    const leads = await again(house, lead)
    const { current, shipped, organizationHours } = await leads.call(contract.getCallRules)
    expect([current.version, organizationHours]).toEqual([0, { from: '08:30', to: '20:00' }])
    const policy = { ...shipped.policy, hours: { from: '09:00', to: '17:00' } }
    const change = (who: typeof nurse, version: number) =>
      who.try(contract.changeCallRules, { body: { policy, version, because: '下午五点后不再外呼' } })
    expect((await change(nurse, 0)).status).toBe(403)
    const both = await Promise.all([change(leads, 0), change(leads, 0)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    await goTo('05T17:30')
    expect((await desk()).open).toMatchObject({ now: false, to: '17:00' })
  })
})

describe('who may', () => {
  test('somebody else sees nobody of them, and cannot touch a call', async () => {
    const stranger = await again(house, other)
    expect((await stranger.call(contract.getDesk)).queue).toEqual([])
    const mine = (await nextOf(house, nurse))!
    expect(mine.patient.phoneMasked ?? '').not.toMatch(/\d{8}/)
    for (const endpoint of [contract.getSession, contract.beginTalk, contract.keepSession])
      expect((await stranger.try(endpoint, of(mine.id))).status).toBe(404)
    expect(await takeBy(house, stranger, { kind: 'follow-up', id: mine.subject.id })).toMatchObject({
      code: 'CallNotDue',
    })
    const desks = await house.as('front-desk')
    expect((await desks.try(contract.getDesk)).status).toBe(403)
  })

  test('each call leaves its lines in the log', async () => {
    const mine = (await nextOf(house, nurse))!
    await nurse.call(contract.beginTalk, of(mine.id))
    await end(nurse, mine.id, 'reached')
    const { rows } = await sql<{ action: string }>`
      select action from audit_entry where patient_id = ${mine.patient.id} and actor_id = ${nurse.staffId} and action like 'call.%' order by id`.execute(
      db(),
    )
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['call.take', 'call.talk', 'call.end']))
  })

  test('a merge takes the calls along, and its undoing brings them back', async () => {
    const mine = (await nextOf(house, nurse))!
    const first = mine.patient.id as string
    const second = team.people.find((id) => id !== first)!
    await nurse.call(contract.addBlock, { body: { patientId: second as never, reason: 'other' } })
    const merge = { fromId: first as never, intoId: second as never, mergeId: house.house.ids.next<string>() as never }
    await house.write((ctx) => ctx.emit(patientMerged, merge))
    await house.settle()
    const rows = () =>
      db()
        .selectFrom('call_session')
        .select(['patient_id', 'state', 'hand_back_reason'])
        .where('id', '=', mine.id)
        .executeTakeFirst()
    expect(await rows()).toEqual({ patient_id: second, state: 'handed-back', hand_back_reason: 'merged' })
    await house.write((ctx) => ctx.emit(patientUnmerged, merge))
    await house.settle()
    expect(await rows()).toMatchObject({ patient_id: first })
  })
})

// Last, since it is done for good.
test('a form that is filled while talking: the call is done with it, its time is kept', async () => {
  const mine = (await nextOf(house, nurse))!
  const talking = await nurse.call(contract.beginTalk, of(mine.id))
  expect(talking).toMatchObject({ state: 'talking', talkBeganAt: MORNING.toISOString() })
  house.clock.advance({ minutes: 4 })
  const done = await nurse.try(complete, {
    params: { occurrenceId: mine.subject.id as never },
    body: {
      actualOn: house.clock.today('Asia/Shanghai'),
      way: 'phone',
      answers: { ...SURVEY, worry: '怕伤口感染', 'tell-us': '没有' },
    },
  })
  expect([done.status, done.raw.body.slice(0, 400)]).toEqual([200, expect.anything()])
  const ended = await end(nurse, mine.id, 'reached', { note: '恢复得不错' })
  expect(ended).toMatchObject({ state: 'ended', open: false, nextAt: null, hold: null, answeredBy: 'self' })
  const row = await db().selectFrom('call_session').selectAll().where('id', '=', mine.id).executeTakeFirstOrThrow()
  expect([row.completed, row.talk_ended_at!.getTime() - row.talk_began_at!.getTime()]).toEqual([true, 240_000])
  expect((await attempts()).map((one) => [one.outcome, one.note])).toEqual([['reached', '恢复得不错']])
  expect((await desk()).today).toEqual({ calls: 1, reached: 1, talkSeconds: 240 })
})
