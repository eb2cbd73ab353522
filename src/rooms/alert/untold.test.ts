import { expect, test } from 'vitest'
import { listOwnIndicators } from '../observation/contract/own.ts'
import { acknowledgeAlert, closeAlert, noteAttempt } from './contract/alert.ts'
import { anAlertClinic } from './sample-alert.ts'

const clinic = await anAlertClinic()
const { house, li } = clinic
await clinic.onDuty(li, { hours: 24 * 60 })

const seenBy = async (patientId: string) => {
  const { panels } = await (await house.asPatient(patientId)).call(listOwnIndicators)
  return panels.flatMap(({ indicators }) => indicators.map(({ code, newest }) => `${code} ${newest.value}`))
}
const alertOf = async (patientId: string) => (await clinic.open(li)).find(({ patient }) => patient.id === patientId)!

test.each([
  ['A', 'plt', 20],
  ['B', 'afp', 500],
])('norms 4.5: a class %s result stays off the own pages until the person was reached', async (cls, code, value) => {
  const patientId = await clinic.aPatient()
  await clinic.aValue(patientId, 'hgb', 130)
  await clinic.aValue(patientId, code, value)
  await clinic.pass(3 * 24 * 60)
  expect(await seenBy(patientId)).toEqual(['hgb 130'])
  const alert = await alertOf(patientId)
  expect(alert.class).toBe(cls)
  const params = { alertId: alert.id }
  await li.call(acknowledgeAlert, { params })
  await li.call(noteAttempt, { params, body: { outcome: 'no-answer' } })
  expect(await seenBy(patientId)).toEqual(['hgb 130'])
  await li.call(noteAttempt, { params, body: { outcome: 'reached', readBack: '知道了，明天去复查' } })
  expect(await seenBy(patientId)).toContain(`${code} ${value}`)
})

test('a corrected result has to be told again', async () => {
  const patientId = await clinic.aPatient()
  await clinic.aReport(patientId, 'untold', { plt: 20 })
  const alert = await alertOf(patientId)
  const params = { alertId: alert.id }
  const reach = () => li.call(noteAttempt, { params, body: { outcome: 'reached', readBack: '知道了，现在去急诊' } })
  await li.call(acknowledgeAlert, { params })
  await reach()
  await clinic.pass(20)
  expect(await seenBy(patientId)).toEqual(['plt 20'])
  await clinic.aReport(patientId, 'untold', { plt: 12 }, { status: 'corrected' })
  await clinic.pass(20)
  expect(await seenBy(patientId)).toEqual([])
  await reach()
  expect(await seenBy(patientId)).toEqual(['plt 12'])
  expect(await seenBy(await clinic.aPatient())).toEqual([])
})

test('closed with its result, it is to be seen', async () => {
  const patientId = await clinic.aPatient()
  const { id: alertId } = await clinic.reached(patientId)
  await clinic.aValue(patientId, 'plt', 18)
  await clinic.pass(20)
  const before = await seenBy(patientId)
  await li.call(closeAlert, {
    params: { alertId },
    body: { result: 'recheck', text: '急诊复查 65，继续观察', on: '2026-03-05' },
  })
  expect([before, await seenBy(patientId)]).toEqual([['plt 20'], ['plt 18']])
})
