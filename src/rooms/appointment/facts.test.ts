import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { compileWhere, explain, forAudience, groundOf, type Condition } from '../../platform/condition/index.ts'
import { agendaState } from '../agenda/server/index.ts'
import { aPerson, aSegment, look, membersIn, signInAgain } from '../segment/sample-clinic.ts'
import { anAppointment } from './sample-appointment.ts'
import { bookAppointment, cancelAppointment, markAppointment } from './contract/appointment.ts'

/** Appointments as facts: in segments, by event and by time alone. */
const house = await aHouse()
const { tenant, clock } = house
const ctx = () => readContext(house.house, { tenant, actor: systemActor(tenant.id, 'test') })
const due = async () => (await agendaState(ctx().db, tenant.id, clock.now())).due
let desk: Caller
let editor: Caller

beforeAll(async () => {
  desk = await house.as('front-desk')
  editor = await house.as('quality-lead')
})

async function settle(): Promise<void> {
  await house.settle()
  await look(house)
}

async function book(patientId: string, over: object = {}) {
  desk = await signInAgain(house, desk)
  return desk.call(bookAppointment, { params: { patientId: patientId as never }, body: anAppointment(house, over) })
}

test('nobody is looked at for what became of a booking while no condition asks for any', async () => {
  const patientId = await aPerson(house)
  const { id, revision } = await book(patientId, { on: '2026-03-02', from: '10:30' })
  await settle()
  clock.set('2026-03-02T03:00:00Z')
  desk = await signInAgain(house, desk)
  await desk.call(markAppointment, { params: { appointmentId: id }, body: { revision, status: 'noshow' } })
  await house.settle()
  expect(await due()).toBe(0)
  clock.set(TEST_NOW)
})

test('a booking brings somebody in, the hour itself takes them out, and who did not come stands elsewhere', async () => {
  const coming = await aSegment(house, editor, {
    name: { zh: '一周内要来', en: 'Coming within a week' },
    condition: { appointment: { state: 'coming', within: { days: 7 } } },
  })
  const missed = await aSegment(house, editor, {
    name: { zh: '约了没来', en: 'Did not come' },
    condition: { appointment: { state: 'missed', within: { months: 3 } } },
  })
  const patientId = await aPerson(house)
  await settle()
  const { id, revision } = await book(patientId, { on: '2026-03-12', from: '09:00' })
  await settle()
  // Ten days off: it comes into view when seven are left.
  expect(await membersIn(house, coming)).not.toContain(patientId)
  clock.set('2026-03-04T15:59:00Z')
  await settle()
  expect(await membersIn(house, coming)).not.toContain(patientId)
  clock.set('2026-03-04T16:00:00Z')
  await settle()
  expect(await membersIn(house, coming)).toContain(patientId)
  clock.set('2026-03-12T01:00:00Z')
  await settle()
  expect(await membersIn(house, coming)).not.toContain(patientId)
  expect(await membersIn(house, missed)).not.toContain(patientId)
  clock.set('2026-03-12T03:00:00Z')
  desk = await signInAgain(house, desk)
  await desk.call(markAppointment, { params: { appointmentId: id }, body: { revision, status: 'noshow' } })
  await settle()
  expect(await membersIn(house, missed)).toContain(patientId)
})

test('a cancellation is told apart from a death, and says why in words', async () => {
  const patientId = await aPerson(house)
  const { id, revision } = await book(patientId, { on: '2026-04-01', department: '心内科' })
  const condition: Condition = { appointment: { state: 'cancelled', departments: ['心内'], within: { days: 30 } } }
  expect(await explain(ctx(), condition, patientId)).toMatchObject({ holds: false })
  desk = await signInAgain(house, desk)
  await desk.call(cancelAppointment, { params: { appointmentId: id }, body: { revision, because: '出差' } })
  expect(await explain(ctx(), condition, patientId)).toMatchObject({
    holds: true,
    sentence: {
      zh: '30 天内取消过“心内”的预约',
      en: 'cancelled an appointment at “心内” within 30 days',
    },
    facts: [{ kind: 'appointment', code: 'cancelled', name: '复诊' }],
  })
  await house.house.databases
    .of(tenant.id)
    .updateTable('appointment')
    .set({ cancelled_by: 'death' })
    .where('id', '=', id)
    .execute()
  expect(await explain(ctx(), condition, patientId)).toMatchObject({ holds: false })
})

test('who is expected in a psychiatric department is nobody’s audience', async () => {
  const [minded, plain] = [await aPerson(house), await aPerson(house)]
  await book(minded, { on: '2026-05-06', department: '心身医学科' })
  await book(plain, { on: '2026-05-06', department: '内分泌科' })
  const asked = async (condition: Condition) => {
    const found = await forAudience(ctx(), condition)
    if ('faults' in found) return found.faults
    const { rows } = await sql<{ id: string }>`select p.id from patient p where p.id = any(${[minded, plain]}::uuid[])
      and ${compileWhere(found.admitted, groundOf(ctx()))}`.execute(ctx().db)
    return rows.map(({ id }) => id)
  }
  expect(await asked({ appointment: { state: 'coming' } })).toEqual([plain])
  expect(await asked({ appointment: { state: 'coming', departments: ['心身'] } })).toEqual([
    { code: 'BarredFromAudience', value: 'appointment' },
  ])
})
