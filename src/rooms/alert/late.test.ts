import { describe, expect, test } from 'vitest'
import { listNotices } from '../message/contract/notice.ts'
import { correctObservation, retractFact } from '../observation/server/index.ts'
import { acknowledgeAlert, getAlert } from './contract/alert.ts'
import { addDuty, listDuty, removeDuty } from './contract/duty.ts'
import { anAlertClinic } from './sample-alert.ts'
import { escalate } from './server/escalate.ts'
import { moveBack, moveMerged } from './server/patient-events.ts'

const clinic = await anAlertClinic()
const pass = async (minutes: number) => {
  await clinic.pass(minutes)
  const count = await escalate(clinic.house.house, clinic.house.tenant)
  await clinic.house.settle()
  return count
}
const clear = async () => {
  const { shifts } = await clinic.lead.call(listDuty, { query: { days: 60 } as never })
  for (const { id } of shifts) await clinic.lead.call(removeDuty, { params: { dutyId: id } })
}
const raised = async () => {
  const patientId = await clinic.aPatient()
  await clinic.aValue(patientId, 'plt', 20)
  return (await clinic.open(clinic.li)).find(({ patient }) => patient.id === patientId)!
}
const told = async (alertId: string) => {
  const { events } = await clinic.li.call(getAlert, { params: { alertId: alertId as never } })
  return events.map(({ kind, told: names }) => [kind, ...names.map(({ name }) => name)])
}

describe('ignored', () => {
  test('the next on duty, then the lead and everybody, then all of them again, ever more rarely', async () => {
    await clinic.onDuty(clinic.li)
    await clinic.onDuty(clinic.wang, { rank: 2 })
    const alert = await raised()
    expect(await pass(14)).toBe(0)
    expect(await pass(1)).toBe(1)
    expect(await pass(0)).toBe(0)
    expect(await told(alert.id)).toEqual([
      ['raised', '李素珍'],
      ['escalated', '王海燕'],
    ])
    expect((await clinic.wang.call(listNotices)).rows[0]).toMatchObject({ kind: 'alert-late' })
    expect((await clinic.open(clinic.wang)).find(({ id }) => id === alert.id)).toMatchObject({
      late: true,
      can: ['acknowledge'],
    })
    await pass(15)
    expect((await told(alert.id)).at(-1)).toEqual(['escalated', '郑国华', '张文远'])
    expect(await pass(59)).toBe(0)
    expect(await pass(1)).toBe(1)
    expect((await told(alert.id)).at(-1)?.[0]).toBe('reminded')
    await clinic.lead.call(acknowledgeAlert, { params: { alertId: alert.id } })
    expect((await clinic.open(clinic.lead)).find(({ id }) => id === alert.id)).toMatchObject({ late: false })
    // In somebody's hands, but the person is not told within two hours: that one and the lead hear of it.
    await pass(120)
    expect((await told(alert.id)).at(-1)).toEqual(['escalated', '郑国华'])
    await clear()
  })

  test('nobody on duty: the lead and everybody who may handle alerts at once, and the list shows the gap', async () => {
    const { gaps, now } = await clinic.lead.call(listDuty, { query: { days: 14 } as never })
    expect(now).toEqual([])
    expect(gaps).toHaveLength(1)
    const alert = await raised()
    expect(await told(alert.id)).toEqual([['raised', '郑国华', '李素珍', '王海燕', '张文远']])
    expect((await clinic.wang.try(getAlert, { params: { alertId: alert.id } })).status).toBe(200)
  })

  test('two workers at once pass it on once', async () => {
    const alert = await raised()
    await clinic.pass(15)
    const { house, tenant } = clinic.house
    const counts = await Promise.all([escalate(house, tenant), escalate(house, tenant), escalate(house, tenant)])
    expect((await told(alert.id)).filter(([kind]) => kind !== 'raised')).toHaveLength(1)
    expect(counts.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(1)
  })
})

describe('the duty list', () => {
  test('refuses who may not handle alerts, an end before its begin, and the same person twice at once', async () => {
    const { lead, li, house } = clinic
    const desk = await house.as('front-desk')
    const span = { from: '2026-05-01T00:00:00Z', until: '2026-05-02T00:00:00Z' }
    const add = (staffId: string, change = {}) =>
      lead.try(addDuty, { body: { staffId: staffId as never, ...span, ...change } })
    expect(await add(desk.staffId)).toMatchObject({ code: 'AlertDutyUnfit' })
    expect((await add(li.staffId, { until: '2026-04-30T00:00:00Z' })).status).toBe(400)
    const both = await Promise.all([add(li.staffId), add(li.staffId)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await add(li.staffId, { from: span.until, until: '2026-05-03T00:00:00Z' })).status).toBe(200)
  })
})

describe('corrected', () => {
  test('by the laboratory: marked and told, the new value shown, never closed by itself', async () => {
    const patientId = await clinic.aPatient()
    await clinic.aReport(patientId, 'R1', { plt: 20 })
    const alert = (await clinic.open(clinic.li)).find(({ patient }) => patient.id === patientId)!
    await clinic.li.call(acknowledgeAlert, { params: { alertId: alert.id } })
    await clinic.pass(5)
    await clinic.aReport(patientId, 'R1', { plt: 28 }, { status: 'corrected' })
    const still = await clinic.li.call(getAlert, { params: { alertId: alert.id } })
    expect(still).toMatchObject({ state: 'acknowledged', result: { value: 28 }, withdrawn: false })
    expect(still.events.at(-1)).toMatchObject({ kind: 'corrected', detail: { still: 'yes' } })
    await clinic.pass(5)
    await clinic.aReport(patientId, 'R1', { plt: 180 }, { status: 'corrected' })
    const fine = await clinic.li.call(getAlert, { params: { alertId: alert.id } })
    expect(fine).toMatchObject({ state: 'acknowledged', result: { value: 180 } })
    expect(fine.events.at(-1)).toMatchObject({ kind: 'corrected', detail: { still: 'no' } })
    expect((await clinic.li.call(listNotices)).rows[0]).toMatchObject({ kind: 'alert-corrected' })
    expect((await clinic.open(clinic.li)).filter(({ patient }) => patient.id === patientId)).toHaveLength(1)
  })

  test('by a person, to worse: the same alert; withdrawn: marked as such', async () => {
    const patientId = await clinic.aPatient()
    const id = await clinic.aValue(patientId, 'plt', 20)
    const other = { code: 'plt', value: 12, effectiveAt: clinic.house.clock.now(), source: 'staff' }
    const second = await clinic.house.write((ctx) => correctObservation(ctx, { patientId, id }, other, '看错了'))
    await clinic.house.settle()
    const [alert, more] = (await clinic.open(clinic.li)).filter(({ patient }) => patient.id === patientId)
    expect(more).toBeUndefined()
    expect(alert).toMatchObject({ result: { value: 12 } })
    await clinic.house.write((ctx) => retractFact(ctx, 'observation', { patientId, id: second }, '不是这位的'))
    await clinic.house.settle()
    expect(await clinic.li.call(getAlert, { params: { alertId: alert!.id } })).toMatchObject({
      state: 'raised',
      withdrawn: true,
    })
  })
})

test('an alert follows its person into the file they are merged into, and back', async () => {
  const alert = await raised()
  const intoId = await clinic.aPatient()
  const mergeId = clinic.house.house.ids.next() as never
  const merge = { fromId: alert.patient.id, intoId: intoId as never, mergeId }
  await clinic.house.write((ctx) => moveMerged(ctx, merge))
  expect((await clinic.li.call(getAlert, { params: { alertId: alert.id } })).patient.id).toBe(intoId)
  await clinic.house.write((ctx) => moveBack(ctx, merge))
  expect((await clinic.li.call(getAlert, { params: { alertId: alert.id } })).patient.id).toBe(alert.patient.id)
})
