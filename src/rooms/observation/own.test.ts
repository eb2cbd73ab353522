import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import { listOwnIndicators, readOwnTrend } from './contract/own.ts'
import { aPatient, aReport, type SampleValue } from './sample-record.ts'
import { markTold, recordReports, withhold } from './server/index.ts'

const house = await aHouse()

const aPerson = () => house.write((ctx) => aPatient(ctx))
/** A report from so many days ago, filed just now. */
function file(patientId: PatientId, daysAgo: number, values: readonly SampleValue[]) {
  const effectiveAt = new Date(house.clock.now().getTime() - daysAgo * 86_400_000)
  return house.write((ctx) => recordReports(ctx, [aReport(ctx, patientId, { effectiveAt }, values)]))
}
async function own(patientId: PatientId) {
  const { panels } = await (await house.asPatient(patientId)).call(listOwnIndicators)
  return panels.flatMap(({ indicators }) => indicators)
}
const codes = async (patientId: PatientId) => (await own(patientId)).map(({ code }) => code)
const trend = async (patientId: PatientId, code: string) =>
  (await house.asPatient(patientId)).try(readOwnTrend, { params: { code } })
const settle = () => house.clock.advance({ minutes: 16 })
const glucose = (value: number, over: Partial<SampleValue> = {}): SampleValue => ({
  code: 'fpg',
  value,
  unit: 'mmol/L',
  low: 3.9,
  high: 6.1,
  flag: value > 6.1 ? 'H' : 'N',
  ...over,
})
const idOf = async (patientId: PatientId, code: string) =>
  (
    await house.house.databases
      .of(house.tenant.id)
      .selectFrom('observation')
      .select('id')
      .where('patient_id', '=', patientId)
      .where('code', '=', code)
      .orderBy('effective_at', 'desc')
      .executeTakeFirstOrThrow()
  ).id

describe('S0-9 the own indicators', () => {
  test('with the newest value of each, in the order of the house, and where they go', async () => {
    const patientId = await aPerson()
    for (const [daysAgo, value] of [
      [800, 5.2],
      [400, 5.8],
      [5, 6.4],
    ] as const)
      await file(patientId, daysAgo, [glucose(value), { code: 'u_pro', valueText: '阴性', flag: 'N' }])
    settle()
    const rows = await own(patientId)
    expect(rows).toMatchObject([
      {
        code: 'fpg',
        unitPrinted: 'mmol/L',
        newest: { on: '2026-02-25', value: 6.4, flag: 'H' },
        count: 3,
        course: expect.any(String),
      },
      { code: 'u_pro', newest: { value: null, text: '阴性', flag: 'N' } },
    ])
    const large = (await trend(patientId, 'fpg')).body
    expect(large).toMatchObject({ name: '空腹血糖', meaning: expect.stringMatching(/。$/), kind: 'number', count: 3 })
    expect((large as { points: unknown[][] }).points.map(([on, value]) => [on, value])).toEqual([
      ['2023-12-23', 5.2],
      ['2025-01-26', 5.8],
      ['2026-02-25', 6.4],
    ])
  })

  test('are one’s own: another’s are not there, and what one has not is not found', async () => {
    const [own, other] = [await aPerson(), await aPerson()]
    await file(other, 3, [glucose(5)])
    settle()
    expect(await codes(own)).toEqual([])
    expect((await trend(own, 'fpg')).status).toBe(404)
    expect((await trend(other, 'fpg')).status).toBe(200)
    expect((await trend(other, 'nothing')).status).toBe(404)
  })

  test('R13: hepatitis B is handed over apart, not shown', async () => {
    const patientId = await aPerson()
    const local: SampleValue = { code: 'local:LIS|X1', valueText: '阴性', original: { name: '乙肝核心抗体' } }
    await file(patientId, 3, [glucose(5), { code: 'hbsag', valueText: '阴性' }, local])
    settle()
    expect(await codes(patientId)).toEqual(['fpg'])
    expect((await trend(patientId, 'hbsag')).status).toBe(404)
    expect((await trend(patientId, 'local:LIS|X1')).status).toBe(404)
  })
})

describe('nobody is alone with what has to be told', () => {
  test('a result shows once the rules have had time to look at it', async () => {
    const patientId = await aPerson()
    await file(patientId, 0, [glucose(5)])
    expect(await codes(patientId)).toEqual([])
    settle()
    expect(await codes(patientId)).toEqual(['fpg'])
  })

  test.each(['HH', 'LL'] as const)('one that is critical (%s) waits a day, or until it was told', async (flag) => {
    const [waiting, told] = [await aPerson(), await aPerson()]
    for (const patientId of [waiting, told]) await file(patientId, 0, [glucose(20, { flag })])
    settle()
    expect(await codes(waiting)).toEqual([])
    const observationIds = [await idOf(told, 'fpg')]
    await house.write((ctx) => withhold(ctx, { source: 'alert', sourceKey: 'a', observationIds }))
    await house.write((ctx) => markTold(ctx, { source: 'alert', sourceKey: 'a' }))
    expect(await codes(told)).toEqual(['fpg'])
    house.clock.advance({ days: 1 })
    expect(await codes(waiting)).toEqual(['fpg'])
  })

  test('one that is withheld stays off every page, however old, while the others of its kind show', async () => {
    const patientId = await aPerson()
    await file(patientId, 400, [glucose(5)])
    await file(patientId, 0, [glucose(9)])
    const observationIds = [await idOf(patientId, 'fpg')]
    for (const sourceKey of ['one', 'other'])
      await house.write((ctx) => withhold(ctx, { source: 'alert', sourceKey, observationIds }))
    house.clock.advance({ days: 3 })
    expect(await own(patientId)).toMatchObject([{ newest: { value: 5 }, count: 1 }])
    expect((await trend(patientId, 'fpg')).body).toMatchObject({
      count: 1,
      points: [[expect.any(String), 5, 'N', 3.9, 6.1, null, null, 0]],
    })
    // Told of the one alert, but not of the other.
    await house.write((ctx) => markTold(ctx, { source: 'alert', sourceKey: 'one' }))
    expect(await own(patientId)).toMatchObject([{ newest: { value: 5 } }])
    await house.write((ctx) => markTold(ctx, { source: 'alert', sourceKey: 'other' }))
    expect(await own(patientId)).toMatchObject([{ newest: { value: 9 }, count: 2 }])
    // And once more, since it was corrected.
    await house.write((ctx) => withhold(ctx, { source: 'alert', sourceKey: 'one', observationIds }))
    expect(await own(patientId)).toMatchObject([{ newest: { value: 5 } }])
  })
})
