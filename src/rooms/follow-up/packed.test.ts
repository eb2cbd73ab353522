import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { assignCarers } from '../patient/server/index.ts'
import { insertDepartment } from '../organization/server/index.ts'
import { getProtocol, listProtocols, publishProtocol } from './contract/catalogue.ts'
import { protocolDefinition } from './contract/protocol.ts'
import { enrol, listRuns } from './contract/run.ts'
import { complete } from './contract/visit.ts'
import { aPerson, evaluate, pass, setUp, signedIn, storyOf } from './sample-plan.ts'
import {
  dropPackedProtocol,
  findPackedProtocols,
  layPackedProtocol,
  protocolsAtWork,
  setProtocolReach,
} from './server/index.ts'

const house = await aHouse()
await setUp(house)
const words = { zh: '肾病随访', en: 'Kidney visits' }
const definition = (code: string, extra: object = {}) =>
  protocolDefinition.parse({
    code,
    name: words,
    goal: words,
    population: words,
    entry: { condition: { condition: { codes: ['N18'] } }, leaves: true },
    anchor: 'enrolment',
    steps: [
      {
        code: 'visit',
        name: words,
        track: 'visit',
        kind: 'visit',
        first: { days: 7 },
        after: { months: 3 },
        next: 'visit',
        window: { before: { days: 2 }, after: { days: 7 } },
        way: 'phone',
        owner: 'manager',
      },
    ],
    source: 'test',
    licence: 'test',
    ...extra,
  })
const aDepartment = (name: string) =>
  house.write(async (ctx) => {
    const id = ctx.ids.next<string & never>() as string
    await insertDepartment(ctx.tx, ctx.organizationId, id, { name, siteId: null, leadId: null }, ctx.clock.now())
    return id
  })

const kidney = await aDepartment('肾内科')
const heart = await aDepartment('心内科')
const doctor = await house.as('physician', { name: '张文远', departmentId: kidney })
const manager = await house.as('service-manager', { name: '李素珍', departmentId: kidney })
const elsewhere = await house.as('physician', { name: '欧阳雪梅', departmentId: heart })
const reviewer = await house.as('medical-reviewer')
const lay = (code: string, publish: boolean, extra: object = {}) =>
  house.write((ctx) => layPackedProtocol(ctx, definition(code, extra), publish))
const reach = (code: string, departments: string[]) => house.write((ctx) => setProtocolReach(ctx, code, departments))
const runsOf = async (patient: string, code: string) =>
  (
    await house.house.databases
      .of(house.tenant.id)
      .selectFrom('plan_run')
      .select(['state'])
      .where('patient_id', '=', patient)
      .where('protocol_code', '=', code)
      .execute()
  ).map(({ state }) => state)

describe('S0-22 whom a protocol of a pack takes in', () => {
  test('people of its departments by themselves, others only by hand', async () => {
    await lay('kidney-a', false)
    await reach('kidney-a', [kidney])
    const inside = await aPerson(house, { condition: 'N18.3', doctorId: doctor.staffId })
    const byManager = await aPerson(house, {
      condition: 'N18.3',
      doctorId: elsewhere.staffId,
      managerId: manager.staffId,
    })
    const outside = await aPerson(house, { condition: 'N18.3', doctorId: elsewhere.staffId })
    const nobodys = await aPerson(house, { condition: 'N18.3' })
    await evaluate(house)
    expect(await runsOf(inside, 'kidney-a')).toEqual([])
    await reviewer.call(publishProtocol, { params: { code: 'kidney-a' }, body: { version: 1, running: 'leave' } })
    house.clock.advance({ minutes: 11 })
    await evaluate(house)
    expect(await runsOf(inside, 'kidney-a')).toEqual(['active'])
    expect(await runsOf(byManager, 'kidney-a')).toEqual(['active'])
    expect(await runsOf(outside, 'kidney-a')).toEqual([])
    expect(await runsOf(nobodys, 'kidney-a')).toEqual([])
    const params = { patientId: outside as never }
    await elsewhere.call(enrol, { params, body: { protocol: 'kidney-a', reason: '请肾内科一起看' } })
    expect(await runsOf(outside, 'kidney-a')).toEqual(['active'])
    const { protocols } = await reviewer.call(listProtocols)
    expect(protocols.find(({ code }) => code === 'kidney-a')!.reach).toEqual(['肾内科'])
    expect(protocols.find(({ code }) => code === 'hypertension')!.reach).toBeNull()
  })

  test('who changes to a doctor of the department is taken in', async () => {
    const patient = await aPerson(house, { condition: 'N18.3', doctorId: elsewhere.staffId })
    await evaluate(house)
    expect(await runsOf(patient, 'kidney-a')).toEqual([])
    await house.write((ctx) =>
      assignCarers(ctx, patient, { doctorId: doctor.staffId, managerId: null, counsellorId: null }),
    )
    await house.settle()
    await evaluate(house)
    expect(await runsOf(patient, 'kidney-a')).toEqual(['active'])
  })

  test('with no department left nobody new begins, by hand neither, and who is in it goes on', async () => {
    // Not what the people of the other tests have.
    const entry = { condition: { condition: { codes: ['N04'] } }, leaves: true }
    await lay('kidney-b', true, { entry })
    await reach('kidney-b', [kidney])
    const running = await aPerson(house, { condition: 'N04.1', doctorId: doctor.staffId })
    house.clock.advance({ minutes: 11 })
    await evaluate(house)
    expect(await runsOf(running, 'kidney-b')).toEqual(['active'])
    await reach('kidney-b', [])
    const later = await aPerson(house, { condition: 'N04.1', doctorId: doctor.staffId })
    await evaluate(house)
    expect(await runsOf(later, 'kidney-b')).toEqual([])
    const refused = await doctor.try(enrol, {
      params: { patientId: later as never },
      body: { protocol: 'kidney-b', reason: '' },
    })
    expect(refused.code).toBe('ProtocolUnknown')
    await pass(house, 6)
    expect(await runsOf(running, 'kidney-b')).toEqual(['active'])
    expect((await storyOf(house, running)).some((line) => line.startsWith('visit 1 due'))).toBe(true)
    const [work] = await house.write((ctx) => protocolsAtWork(ctx, ['kidney-b']))
    expect(work).toMatchObject({ code: 'kidney-b', people: 1, openVisits: 1, answers: 0 })
  })

  test('a draft is taken back with its reach; a form that does not exist is refused', async () => {
    const version = await lay('kidney-c', false)
    await reach('kidney-c', [kidney])
    expect(await house.write((ctx) => dropPackedProtocol(ctx, 'kidney-c', version))).toBe(true)
    expect(await house.write((ctx) => findPackedProtocols(ctx, ['kidney-c']))).toEqual([])
    const now = await signedIn(house, reviewer.staffId)
    expect((await now.try(getProtocol, { params: { code: 'kidney-c' } })).code).toBe('ProtocolUnknown')
    const faulty = definition('kidney-d', {
      steps: [{ ...definition('kidney-d').steps[0]!, form: 'no-such-form' }],
    })
    await expect(house.write((ctx) => layPackedProtocol(ctx, faulty, false))).rejects.toThrow('no-such-form')
  })
})

describe('S0-45 a call every week', () => {
  const weekly = definition('weekly', {
    entry: { hand: true },
    steps: [
      {
        ...definition('weekly').steps[0]!,
        code: 'call',
        name: { zh: '每周通话', en: 'Weekly call' },
        track: 'call',
        after: { days: 7 },
        next: 'call',
        window: { before: { days: 0 }, after: { days: 2 } },
        owner: 'doctor',
        escalation: 'manager',
      },
    ],
  })
  const openTasks = async (patient: string) =>
    house.house.databases
      .of(house.tenant.id)
      .selectFrom('task')
      .select(['owner_id', 'title', 'priority'])
      .where('patient_id', '=', patient)
      .where('source', '=', 'follow-up-missed')
      .where('state', 'not in', ['completed', 'cancelled'])
      .execute()

  test('what the doctor misses becomes the manager’s task, once, and is settled by the next call', async () => {
    await house.write((ctx) => layPackedProtocol(ctx, weekly, true))
    const patient = await aPerson(house, { doctorId: doctor.staffId, managerId: manager.staffId })
    const now = await signedIn(house, doctor.staffId)
    const params = { patientId: patient as never }
    const { runId } = await now.call(enrol, { params, body: { protocol: 'weekly', reason: '' } })
    await pass(house, 10)
    const tasks = await openTasks(patient)
    expect(tasks).toHaveLength(1)
    expect(tasks[0]).toMatchObject({ owner_id: manager.staffId, priority: 'urgent' })
    await pass(house, 4)
    expect(await openTasks(patient)).toHaveLength(1)
    const again = await signedIn(house, doctor.staffId)
    const read = async () =>
      (await again.call(listRuns, { params })).runs.find(({ id }) => (id as string) === (runId as string))!
    const due = (await read()).occurrences.find(({ state }) => state === 'due')!
    expect((await read()).streak).toMatchObject({ weeks: 0, broken: true })
    await again.call(complete, {
      params: { occurrenceId: due.id },
      body: {
        actualOn: house.clock.today(house.tenant.timeZone),
        way: 'phone',
        answers: {},
        classReason: '',
        lateReason: '',
      },
    })
    expect(await openTasks(patient)).toEqual([])
    expect((await read()).streak).toMatchObject({ weeks: 1, longest: 1, broken: false })
  })
})
