import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { aCampaign, aRunning, messagesOf, runsOf } from '../campaign/sample-campaign.ts'
import { stepDue } from '../campaign/server/index.ts'
import { aPatient, aTemplate, publish } from '../message/sample.ts'
import { patientDied } from '../patient/contract/events.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { assignCarers } from '../patient/server/index.ts'
import { anAppointment } from './sample-appointment.ts'
import {
  appointmentsOfPatient,
  bookAppointment,
  cancelAppointment,
  countAppointments,
  listAppointments,
  markAppointment,
  moveAppointment,
} from './contract/appointment.ts'
import { listMyAppointments } from './contract/own.ts'
import type { Mark } from './contract/words.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let desk: Caller

beforeAll(() => publish(house, aTemplate({ code: 'journey-word', channels: ['email', 'in-app'] })))
beforeEach(async () => {
  house.clock.set(TEST_NOW) // 10:00 on Monday, 2 March 2026
  desk = await house.as('front-desk', { name: '前台小周' })
  await db().updateTable('campaign').set({ state: 'cancelled' }).where('state', '=', 'running').execute()
})

const of = (patientId: string) => ({ params: { patientId: patientId as never } })
const one = (id: string) => ({ params: { appointmentId: id as never } })
const book = (patientId: string, over: object = {}, who = desk) =>
  who.call(bookAppointment, { ...of(patientId), body: anAppointment(house, over) })
const move = (id: string, revision: number, on: string, from: string, who = desk) =>
  who.try(moveAppointment, { ...one(id), body: { revision, on, from } })
const cancel = (id: string, revision: number, who = desk) =>
  who.try(cancelAppointment, { ...one(id), body: { revision, because: '客户出差' } })
const mark = (id: string, revision: number, status: Mark, who = desk) =>
  who.try(markAppointment, { ...one(id), body: { revision, status } })
const rows = () => db().selectFrom('appointment').selectAll().orderBy('id').execute()
const dates = () => db().selectFrom('journey_date').selectAll().orderBy('key').execute()

/** The journey as it ships: a day and an hour before. */
const reminders = () =>
  aRunning(
    house,
    aCampaign({
      audience: null,
      trigger: { kind: 'date', date: 'appointment' },
      path: [
        { id: 'day-before', kind: 'wait', until: { anchor: { days: -1, hours: 0 } } },
        { id: 'tomorrow', kind: 'send', template: 'journey-word', channels: ['email'], validHours: 12 },
        { id: 'hour-before', kind: 'wait', until: { anchor: { days: 0, hours: -1 } } },
        { id: 'soon', kind: 'send', template: 'journey-word', channels: ['email'], validHours: 0.75 },
      ] as never,
    }),
  )
const step = () => stepDue(house.house, house.tenant)
const said = async (campaignId: string, patientId: string) =>
  (await messagesOf(house, campaignId))
    .filter((row) => row.patient_id === patientId)
    .map(({ touch, state }) => `${touch.split(':').slice(2).join(':')} ${state}`)

describe('S3-19 reminders', () => {
  test('a day and an hour before; moved, both are planned anew and nothing is said of the old time', async () => {
    const patient = await aPatient(house)
    const campaign = await reminders()
    const { id, revision } = await book(patient, { on: '2026-03-05', from: '14:30' })
    await step()
    house.clock.set('2026-03-04T06:30:00Z')
    await step()
    expect(await said(campaign, patient)).toEqual(['0:tomorrow planned'])
    desk = await house.as('front-desk')
    expect((await move(id, revision, '2026-03-10', '10:00')).status).toBe(200)
    expect(await said(campaign, patient)).toEqual(['0:tomorrow cancelled'])
    // The hour before the old time says nothing.
    house.clock.set('2026-03-05T05:30:00Z')
    await step()
    expect(await said(campaign, patient)).toEqual(['0:tomorrow cancelled'])
    house.clock.set('2026-03-09T02:00:00Z')
    await step()
    house.clock.set('2026-03-10T01:00:00Z')
    await step()
    expect(await said(campaign, patient)).toEqual(['0:tomorrow cancelled', '1:tomorrow planned', '1:soon planned'])
  })

  test('cancelled, nothing is sent and what waited is withdrawn; taken back, it is reminded of again', async () => {
    const patient = await aPatient(house)
    const campaign = await reminders()
    const { id, revision } = await book(patient, { on: '2026-03-05', from: '14:30' })
    house.clock.set('2026-03-04T06:30:00Z')
    await step()
    desk = await house.as('front-desk')
    const other = await aPatient(house)
    const off = await book(other, { on: '2026-03-05', from: '14:30' })
    for (const one of [{ id, revision }, off]) expect((await cancel(one.id, one.revision)).status).toBe(200)
    house.clock.set('2026-03-05T01:00:00Z')
    await step()
    expect(await said(campaign, patient)).toEqual(['0:tomorrow cancelled'])
    expect((await runsOf(house, campaign)).find((run) => run.patient_id === patient)).toMatchObject({
      state: 'left',
      reason: 'called-off',
    })
    desk = await house.as('front-desk')
    expect((await mark(id, revision + 1, 'booked')).status).toBe(200)
    house.clock.set('2026-03-05T05:30:00Z')
    await step()
    expect(await said(campaign, patient)).toEqual(['0:tomorrow cancelled', '2:soon planned'])
    expect(await said(campaign, other)).toEqual([])
  })

  test('whoever is here already is not reminded of coming', async () => {
    const patient = await aPatient(house)
    const campaign = await reminders()
    house.clock.set('2026-03-05T00:30:00Z')
    desk = await house.as('front-desk')
    const { id, revision } = await book(patient, { on: '2026-03-05', from: '14:30' })
    await step()
    expect((await mark(id, revision, 'arrived')).status).toBe(200)
    house.clock.set('2026-03-05T05:30:00Z')
    await step()
    expect(await said(campaign, patient)).toEqual([])
  })
})

describe('booking', () => {
  test('the same key is one appointment, also sent twice at once', async () => {
    const patient = await aPatient(house)
    const body = anAppointment(house)
    const answers = await Promise.all([1, 2, 3].map(() => desk.call(bookAppointment, { ...of(patient), body })))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect((await desk.call(appointmentsOfPatient, of(patient))).coming).toMatchObject([
      { status: 'booked', on: '2026-03-05', from: '14:30', service: '复诊', bring: '血糖记录本', bookedBy: '前台小周' },
    ])
  })

  test.each([
    ['that has passed', { on: '2026-03-02', from: '09:59' }, 'AppointmentTimePast'],
    ['of a year that was mistyped', { on: '2062-03-05' }, 'AppointmentTimeFar'],
    ['that no clock shows', { from: '25:00' }, 'InvalidInput'],
  ])('a time %s is refused', async (_what, over, code) => {
    const patient = await aPatient(house)
    const answer = await desk.try(bookAppointment, { ...of(patient), body: anAppointment(house, over) })
    expect(answer.code).toBe(code)
    expect((await desk.call(appointmentsOfPatient, of(patient))).coming).toEqual([])
  })

  test('of two changes at once one wins, the other is told to look again', async () => {
    const patient = await aPatient(house)
    const { id, revision } = await book(patient)
    const answers = await Promise.all([move(id, revision, '2026-03-06', '09:00'), cancel(id, revision)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)!.code).toBe('ChangedMeanwhile')
    expect((await rows()).find((row) => row.id === id)!.revision).toBe(2)
  })

  test('arrived, seen, not come: each only when it can be so, and back where somebody erred', async () => {
    const patient = await aPatient(house)
    const { id } = await book(patient, { on: '2026-03-05', from: '14:30' })
    expect((await mark(id, 1, 'arrived')).code).toBe('AppointmentNotNow')
    house.clock.set('2026-03-05T02:00:00Z')
    desk = await house.as('front-desk')
    expect((await mark(id, 1, 'noshow')).code).toBe('AppointmentNotNow')
    expect((await mark(id, 1, 'arrived')).status).toBe(200)
    expect((await mark(id, 2, 'fulfilled')).status).toBe(200)
    expect((await move(id, 3, '2026-03-09', '09:00')).code).toBe('AppointmentNotNow')
    expect((await mark(id, 3, 'arrived')).status).toBe(200)
    expect((await mark(id, 4, 'booked')).status).toBe(200)
    house.clock.set('2026-03-05T07:00:00Z')
    desk = await house.as('front-desk')
    expect((await mark(id, 5, 'noshow')).status).toBe(200)
    expect((await mark(id, 6, 'arrived')).status).toBe(200)
  })
})

describe('who may', () => {
  test('a stranger to the person finds nothing, changes nothing and moves no reminder', async () => {
    const patient = await aPatient(house)
    const [mine, other] = [await house.as('service-manager'), await house.as('service-manager')]
    await house.write((ctx) => assignCarers(ctx, patient, { doctorId: null, managerId: mine.staffId } as never))
    const { id, revision } = await book(patient, {}, mine)
    const before = [await rows(), await dates()]
    expect((await other.try(appointmentsOfPatient, of(patient))).status).toBe(404)
    expect((await other.try(bookAppointment, { ...of(patient), body: anAppointment(house) })).status).toBe(404)
    expect((await move(id, revision, '2026-03-09', '09:00', other)).status).toBe(404)
    expect((await cancel(id, revision, other)).status).toBe(404)
    expect((await other.call(listAppointments, { query: { on: '2026-03-05' } as never })).rows).toEqual([])
    expect((await other.call(countAppointments, { query: { on: '2026-03-05' } })).counts.booked).toBe(0)
    expect([await rows(), await dates()]).toEqual(before)
  })

  test('who may only look is offered nothing and refused', async () => {
    const patient = await aPatient(house)
    const counsellor = await house.as('counsellor')
    await house.write((ctx) =>
      assignCarers(ctx, patient, { doctorId: null, managerId: null, counsellorId: counsellor.staffId } as never),
    )
    const { id, revision } = await book(patient)
    const before = [await rows(), await dates()]
    const { coming, can } = await counsellor.call(appointmentsOfPatient, of(patient))
    expect([can.book, coming.map((line) => line.can)]).toEqual([false, [[]]])
    expect((await cancel(id, revision, counsellor)).code).toBe('NotPermitted')
    expect((await mark(id, revision, 'arrived', counsellor)).code).toBe('NotPermitted')
    expect([await rows(), await dates()]).toEqual(before)
  })

  test('another organization finds nothing', async () => {
    const theirs = await house.anOrganization()
    const stranger = await house.as('front-desk', { tenant: theirs })
    const { id, revision } = await book(await aPatient(house))
    const before = await rows()
    expect((await cancel(id, revision, stranger)).status).toBe(404)
    expect((await stranger.call(listAppointments, { query: { on: '2026-03-05' } as never })).rows).toEqual([])
    expect(await rows()).toEqual(before)
  })
})

test('a day, hour by hour, page by page, and what is counted is what is listed', async () => {
  const on = '2026-04-07'
  const people = [await aPatient(house), await aPatient(house)]
  for (const [n, from] of ['15:00', '09:00', '09:00', '00:00', '23:59'].entries())
    await book(people[n % 2]!, { on, from, department: n === 0 ? '营养科' : '内分泌科' })
  await book(people[0]!, { on: '2026-04-08', from: '00:00' })
  const page = (query: object) => desk.call(listAppointments, { query: { on, ...query } as never })
  const first = await page({ limit: 3 })
  const second = await page({ limit: 3, cursor: first.next })
  expect([...first.rows, ...second.rows].map(({ from }) => from)).toEqual(['00:00', '09:00', '09:00', '15:00', '23:59'])
  expect(second.next).toBeNull()
  expect((await page({ department: '营养科' })).rows).toHaveLength(1)
  const counted = await desk.call(countAppointments, { query: { on } })
  expect([counted.counts.booked, counted.departments]).toEqual([5, ['内分泌科', '营养科']])
})

test('the person sees what is to come with what to bring, and nothing that is off or over', async () => {
  const patient = await aPatient(house)
  const phone = await house.asPatient(patient)
  const off = await book(patient, { on: '2026-03-04' })
  await cancel(off.id, off.revision)
  await book(patient, { on: '2026-03-06', from: '09:00', service: '体检' })
  const moved = await book(patient, { on: '2026-03-05' })
  await move(moved.id, moved.revision, '2026-03-05', '15:00')
  await book(await aPatient(house), { on: '2026-03-05' })
  expect((await phone.call(listMyAppointments)).rows).toMatchObject([
    { on: '2026-03-05', from: '15:00', moved: true, bring: '血糖记录本' },
    { on: '2026-03-06', from: '09:00', moved: false, service: '体检' },
  ])
})

test('those of somebody who has died are off', async () => {
  const patient = await aPatient(house)
  await book(patient)
  await house.write((ctx) => ctx.emit(patientDied, { patientId: patient as never }))
  await house.settle()
  expect((await desk.call(appointmentsOfPatient, of(patient))).over).toMatchObject([
    { status: 'cancelled', cancelledBy: 'death', can: [] },
  ])
})

test('they go along when files are merged, and home when that is undone', async () => {
  const [kept, double] = [await aPatient(house), await aPatient(house)]
  const { id } = await book(double)
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: double, otherId: kept } as never })
  const { mergeId } = await desk.call(mergePatients, {
    params: { proposalId },
    body: { intoId: kept as never, chosen: {} },
  })
  await house.settle()
  expect((await rows()).find((row) => row.id === id)!.patient_id).toBe(kept)
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect((await rows()).find((row) => row.id === id)!.patient_id).toBe(double)
})
