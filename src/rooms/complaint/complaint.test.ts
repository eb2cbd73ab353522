import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { listNotices } from '../message/contract/notice.ts'
import { changeRules, getRules } from '../message/contract/rule.ts'
import { sendDue, sendMessage } from '../message/server/index.ts'
import {
  aPatient as aReachable,
  aTemplate,
  keepingTransport,
  mailingBy,
  publish,
  putConsent,
  setWebAddress,
} from '../message/sample.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { assignCarers } from '../patient/server/index.ts'
import { listTasks } from '../task/contract/task.ts'
import * as contract from './contract/complaint.ts'
import type { ComplaintView } from './contract/words.ts'
import { furnishComplaints } from './server/index.ts'

const house = await aHouse({ now: TEST_NOW })
const db = () => house.house.databases.of(house.tenant.id)
let manager: Caller
let doctor: Caller
let quality: Caller
let count = 0

beforeAll(async () => {
  manager = await house.as('service-manager', { name: '李健管' })
  doctor = await house.as('physician', { name: '张医生' })
  quality = await house.as('quality-lead', { name: '郑质控' })
})

async function aPatient(): Promise<never> {
  const id = await aReachable(house, { email: `complains${++count}@example.com` })
  await house.write((ctx) => assignCarers(ctx, id as never, { managerId: manager.staffId } as never))
  return id as never
}

const body = (over: object = {}) => ({
  key: randomUUID(),
  category: 'waiting' as const,
  channel: 'phone' as const,
  words: '约了九点，等到十点半',
  speaker: 'person' as const,
  receivedOn: '2026-03-01',
  ownerId: manager.staffId as never,
  dueOn: '2026-03-09',
  ...over,
})
const record = (patientId: never, over: object = {}, who = manager) =>
  who.try(contract.recordComplaint, { params: { patientId }, body: body(over) })
const of = (patientId: never, who = manager) => who.call(contract.patientComplaints, { params: { patientId } })
async function recorded(over: object = {}): Promise<{ patientId: never; complaint: ComplaintView }> {
  const patientId = await aPatient()
  const answer = await record(patientId, over)
  expect(answer.status, answer.raw.body).toBe(200)
  return { patientId, complaint: (await of(patientId)).rows[0]! }
}
const at = ({ id }: ComplaintView) => ({ params: { complaintId: id } })
const closing = (complaint: ComplaintView, over: object = {}) => ({
  ...at(complaint),
  body: { outcome: 'explained' as const, text: '打电话道了歉，客户表示理解', version: complaint.version, ...over },
})
const holds = (patientId: never) =>
  db().selectFrom('message_hold').select(['kind', 'source_key']).where('patient_id', '=', patientId).execute()
const rows = () => db().selectFrom('complaint').selectAll().orderBy('id').execute()
const acts = () => db().selectFrom('complaint_act').selectAll().orderBy('complaint_id').orderBy('version').execute()

describe('S1-3 a complaint', () => {
  test('is recorded with what, by whom, when, owner and deadline; the owner has it among their work', async () => {
    const { patientId, complaint } = await recorded({
      speaker: 'family',
      relation: '女儿',
      ownerId: doctor.staffId as never,
    })
    expect(complaint).toMatchObject({
      state: 'open',
      category: 'waiting',
      channel: 'phone',
      words: '约了九点，等到十点半',
      speaker: 'family',
      relation: '女儿',
      receivedOn: '2026-03-01',
      by: '李健管',
      owner: { name: '张医生' },
      dueOn: '2026-03-09',
      late: false,
      closed: null,
      acts: [{ act: 'recorded', by: '李健管', owner: '张医生', dueOn: '2026-03-09' }],
      can: [],
    })
    const tasks = await doctor.call(listTasks, { query: { patientId } as never })
    expect(tasks.rows).toMatchObject([{ title: '答复一件投诉', dueOn: '2026-03-09', owner: { name: '张医生' } }])
    expect((await doctor.call(listNotices)).rows[0]).toMatchObject({
      kind: 'complaint-given',
      link: `/complaints?complaint=${complaint.id}`,
    })
    expect((await doctor.call(contract.getComplaint, at(complaint))).can).toEqual(['close', 'hand-over'])
  })

  test('proposes the fifth working day', async () => {
    const patientId = await aPatient()
    // Monday, 2 March: the week after, past one weekend.
    expect((await of(patientId)).proposedDueOn).toBe('2026-03-09')
  })

  test.each<[string, object, number, string | undefined]>([
    ['a day that has not come', { receivedOn: '2026-03-03' }, 422, 'ComplaintReceivedLater'],
    ['a deadline in the past', { dueOn: '2026-03-01' }, 422, 'ComplaintDuePast'],
    ['family without saying who', { speaker: 'family' }, 400, undefined],
    ['no words', { words: ' ' }, 400, undefined],
  ])('%s is refused, and nothing is kept or held', async (_what, over, status, code) => {
    const patientId = await aPatient()
    const answer = await record(patientId, over)
    expect(answer.status).toBe(status)
    if (code) expect(answer.code).toBe(code)
    expect((await of(patientId)).rows).toEqual([])
    expect(await holds(patientId)).toEqual([])
  })

  test('only who may see to complaints is made its owner', async () => {
    const desk = await house.as('front-desk')
    const patientId = await aPatient()
    const answer = await record(patientId, { ownerId: desk.staffId })
    expect(answer).toMatchObject({ status: 422, code: 'ComplaintOwnerUnfit' })
    expect(await holds(patientId)).toEqual([])
  })

  test('sent twice, or twice at once, it is one', async () => {
    const patientId = await aPatient()
    const key = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => record(patientId, { key })))
    answers.push(await record(patientId, { key }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(answers.map(({ raw }) => raw.body)).size).toBe(1)
    const { rows: complaints } = await of(patientId)
    expect(complaints).toHaveLength(1)
    expect(complaints[0]!.acts).toHaveLength(1)
    expect(await holds(patientId)).toEqual([{ kind: 'complaint', source_key: complaints[0]!.id }])
  })
})

describe('while it is open', () => {
  test('nothing promotional goes out, the nurse sees why, and it goes again once it is closed', async () => {
    // A promotion carries the way to refuse the next one, which needs the address of the house.
    await setWebAddress(house, 'https://care.example.org')
    const { current } = await quality.call(getRules)
    const policy = { ...current.policy, share: { percent: 100, days: 30 } }
    await quality.call(changeRules, { body: { policy, version: current.version, because: '测试' } })
    const template = await publish(house, aTemplate({ purpose: 'promotion', validDays: 40 }))
    const { patientId, complaint } = await recorded()
    await putConsent(house, patientId, 'promotion', true)
    const send = async (touch: string) => {
      await house.write((ctx) => sendMessage(ctx, { patientId, template, touch }))
      const { mails, transport } = keepingTransport()
      await sendDue(mailingBy(house.house, transport), house.tenant)
      return mails.length
    }
    const reasons = async () =>
      (
        await db()
          .selectFrom('message')
          .select('reason')
          .where('patient_id', '=', patientId)
          .where('channel', '=', 'email')
          .orderBy('id')
          .execute()
      ).map(({ reason }) => reason)
    expect(await send('while open')).toBe(0)
    expect(await reasons()).toEqual(['open-complaint'])
    await manager.call(contract.closeComplaint, closing(complaint))
    expect(await send('when closed')).toBe(1)
  })

  test('two hold until both are closed', async () => {
    const { patientId, complaint } = await recorded()
    expect((await record(patientId, { category: 'fee' })).status).toBe(200)
    await manager.call(contract.closeComplaint, closing(complaint))
    expect(await holds(patientId)).toHaveLength(1)
    const [open] = (await of(patientId)).rows
    await manager.call(contract.closeComplaint, closing(open!))
    expect(await holds(patientId)).toEqual([])
  })

  test('closed only with an outcome; the task is done, and opened again it holds again', async () => {
    const { patientId, complaint } = await recorded()
    const before = [await rows(), await acts()]
    expect((await manager.try(contract.closeComplaint, closing(complaint, { text: '' }))).status).toBe(400)
    expect([await rows(), await acts()]).toEqual(before)
    await manager.call(contract.closeComplaint, closing(complaint))
    const [closed] = (await of(patientId)).rows
    expect(closed).toMatchObject({
      state: 'closed',
      closed: { by: '李健管', outcome: 'explained', text: '打电话道了歉，客户表示理解' },
      can: ['reopen'],
    })
    const states = async () =>
      (await db().selectFrom('task').select('state').where('patient_id', '=', patientId).orderBy('id').execute()).map(
        ({ state }) => state,
      )
    expect(await states()).toEqual(['completed'])
    await manager.call(contract.reopenComplaint, {
      ...at(complaint),
      body: { because: '客户又打来，说没有解决', dueOn: '2026-03-10', version: closed!.version },
    })
    expect((await of(patientId)).rows[0]).toMatchObject({ state: 'open', closed: null, dueOn: '2026-03-10' })
    expect(await holds(patientId)).toHaveLength(1)
    expect(await states()).toEqual(['completed', 'accepted'])
  })
})

describe('who sees to it', () => {
  test('goes over with the work and the day; whoever has given it away does not close it any more', async () => {
    const { patientId, complaint } = await recorded()
    const note = '费用的事，请您答复'
    await manager.call(contract.handOverComplaint, {
      ...at(complaint),
      body: { ownerId: doctor.staffId as never, dueOn: '2026-03-11', note, version: complaint.version },
    })
    const [after] = (await of(patientId)).rows
    expect(after).toMatchObject({ owner: { name: '张医生' }, dueOn: '2026-03-11', can: [] })
    expect(after!.acts[0]).toMatchObject({ act: 'handed-over', by: '李健管', note })
    const tasks = await db()
      .selectFrom('task')
      .select(['state', 'owner_id'])
      .where('patient_id', '=', patientId)
      .orderBy('id')
      .execute()
    expect(tasks).toEqual([
      { state: 'cancelled', owner_id: manager.staffId },
      { state: 'accepted', owner_id: doctor.staffId },
    ])
    const before = [await rows(), await acts()]
    expect(await manager.try(contract.closeComplaint, closing(after!))).toMatchObject({
      status: 409,
      code: 'ComplaintNotYours',
    })
    expect([await rows(), await acts()]).toEqual(before)
    expect(await holds(patientId)).toHaveLength(1)
    // Whoever oversees closes what lies about.
    await quality.call(contract.closeComplaint, closing(after!))
    expect(await holds(patientId)).toEqual([])
  })

  test('of several who close it at once one does', async () => {
    const { patientId, complaint } = await recorded()
    const answers = await Promise.all([
      manager.try(contract.closeComplaint, closing(complaint)),
      quality.try(contract.closeComplaint, closing(complaint, { outcome: 'solved' })),
      manager.try(contract.closeComplaint, closing(complaint, { outcome: 'withdrawn' })),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect((await of(patientId)).rows[0]!.acts.map(({ act }) => act)).toEqual(['closed', 'recorded'])
  })

  test('the board: one’s own people and what one sees to; quality all of them; late ones first', async () => {
    const first = await recorded({ dueOn: '2026-03-04' })
    const stranger = await house.as('service-manager', { name: '王健管' })
    const ids = async (who: Caller, query: object = {}) =>
      (await who.call(contract.listComplaints, { query: { limit: 200, ...query } as never })).rows.map(({ id }) => id)
    expect(await ids(stranger)).toEqual([])
    expect(await ids(quality)).toContain(first.complaint.id)
    expect(await ids(quality, { mine: 'true' })).toEqual([])
    const [one, ...rest] = await ids(manager)
    expect(one).toBe(first.complaint.id)
    expect(rest.length).toBeGreaterThan(0)
    const board = (query: object) => manager.call(contract.listComplaints, { query: query as never })
    const walked: string[] = []
    let cursor: string | null = null
    do {
      const query: object = { limit: 1, ...(cursor ? { cursor } : {}) }
      const page: Awaited<ReturnType<typeof board>> = await board(query)
      walked.push(...page.rows.map(({ id }) => id as string))
      cursor = page.next
    } while (cursor)
    expect(walked).toEqual([one, ...rest])
    const handed = { ownerId: stranger.staffId as never, dueOn: '2026-03-05', note: '请您接手', version: 1 }
    await manager.call(contract.handOverComplaint, { ...at(first.complaint), body: handed })
    expect(await ids(stranger)).toEqual([first.complaint.id])
  })
})

describe('who may', () => {
  test('not sales, counsellors or those who write content; not for people one does not look after', async () => {
    const { patientId, complaint } = await recorded()
    const before = [await rows(), await acts()]
    for (const role of ['sales-manager', 'counsellor', 'content-editor'] as const) {
      const who = await house.as(role)
      expect((await record(patientId, {}, who)).status, role).toBe(403)
      expect((await who.try(contract.patientComplaints, { params: { patientId } })).status, role).toBe(403)
      expect((await who.try(contract.getComplaint, at(complaint))).status, role).toBe(403)
      expect((await who.try(contract.closeComplaint, closing(complaint))).status, role).toBe(403)
    }
    const stranger = await house.as('service-manager')
    expect((await record(patientId, {}, stranger)).status).toBe(404)
    expect((await stranger.try(contract.getComplaint, at(complaint))).status).toBe(404)
    expect((await stranger.try(contract.closeComplaint, closing(complaint))).status).toBe(404)
    // Whoever oversees sees the complaint, not the file.
    expect((await quality.try(contract.patientComplaints, { params: { patientId } })).status).toBe(404)
    expect((await quality.call(contract.getComplaint, at(complaint))).words).toBe('约了九点，等到十点半')
    expect([await rows(), await acts()]).toEqual(before)
  })

  test('the front desk records what it hears, for whoever it is, and sees that again: not what others heard, nor what came of it', async () => {
    const { patientId, complaint } = await recorded()
    const desk = await house.as('front-desk', { name: '前台小周' })
    const ofDesk = () => desk.call(contract.patientComplaints, { params: { patientId } })
    // Proposed is whoever looks after the person, since the desk answers none itself.
    expect(await ofDesk()).toMatchObject({ rows: [], proposedOwnerId: manager.staffId, can: { record: true } })
    expect((await record(patientId, { words: '挂号排了一个小时', channel: 'visit' }, desk)).status).toBe(200)
    const [own, ...others] = (await ofDesk()).rows
    expect(others).toEqual([])
    expect(own).toMatchObject({
      words: '挂号排了一个小时',
      by: '前台小周',
      owner: { name: '李健管' },
      can: [],
      acts: [],
    })
    const tasks = await manager.call(listTasks, { query: { patientId } as never })
    expect(tasks.rows.filter(({ title }) => title === '答复一件投诉')).toHaveLength(2)
    const before = [await rows(), await acts()]
    for (const one of [complaint, own!]) {
      expect((await desk.try(contract.getComplaint, at(one))).status).toBe(403)
      expect((await desk.try(contract.closeComplaint, closing(one))).status).toBe(403)
      const reopening = { because: '客户又来了', dueOn: '2026-03-09', version: one.version }
      expect((await desk.try(contract.reopenComplaint, { ...at(one), body: reopening })).status).toBe(403)
      const handed = { ownerId: doctor.staffId as never, dueOn: '2026-03-09', note: '转', version: one.version }
      expect((await desk.try(contract.handOverComplaint, { ...at(one), body: handed })).status).toBe(403)
    }
    expect((await desk.try(contract.listComplaints, { query: {} as never })).status).toBe(403)
    expect([await rows(), await acts()]).toEqual(before)
    await manager.call(contract.closeComplaint, closing(own!))
    expect((await ofDesk()).rows).toMatchObject([{ state: 'closed', closed: { outcome: 'explained', text: '' } }])
    expect((await record(patientId, { ownerId: desk.staffId }, desk)).code).toBe('ComplaintOwnerUnfit')
  })

  test('each look and act is in the log, without the words', async () => {
    const { patientId, complaint } = await recorded()
    await manager.call(contract.getComplaint, at(complaint))
    await manager.call(contract.closeComplaint, closing(complaint))
    const log = await db().selectFrom('audit_entry').selectAll().where('patient_id', '=', patientId).execute()
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['complaint.record', 'complaint.open', 'complaint.close', 'complaint.list-of-patient']),
    )
    expect(log.find(({ action }) => action === 'complaint.record')!.subject_id).toBe(complaint.id)
    expect(JSON.stringify(log)).not.toMatch(/十点半|道了歉/)
  })
})

test('follows a merge with its hold, and goes home when it is taken back', async () => {
  const { patientId: fromId, complaint } = await recorded()
  const intoId = await aPatient()
  const desk = await house.as('front-desk')
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: fromId, otherId: intoId } })
  const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
  await house.settle()
  expect((await of(intoId)).rows.map(({ id }) => id)).toEqual([complaint.id])
  expect(await holds(intoId)).toHaveLength(1)
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect((await of(fromId)).rows.map(({ id }) => id)).toEqual([complaint.id])
  expect([await holds(fromId), await holds(intoId)].map(({ length }) => length)).toEqual([1, 0])
})

test('a demonstration adds nothing where there are some', async () => {
  const before = (await rows()).length
  await house.write(furnishComplaints)
  await house.write(furnishComplaints)
  expect((await rows()).length).toBe(before)
})

// At the end: the clock goes on, and sessions end meanwhile.
test('it is late once its day has passed', async () => {
  const { complaint } = await recorded({ dueOn: '2026-03-02' })
  expect(complaint.late).toBe(false)
  house.clock.set('2026-03-02T23:00:00Z')
  const later = await house.as('quality-lead')
  expect((await later.call(contract.getComplaint, at(complaint))).late).toBe(true)
})
