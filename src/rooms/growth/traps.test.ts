import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { addDays } from '../../platform/clock.ts'
import { growth } from '../../clinical/index.ts'
import { recordObservations } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import * as contract from './contract/growth.ts'
import { aChild, type SampleChild } from './sample-child.ts'
import { followMeasurements } from './server/index.ts'

/** What goes wrong in growth charts elsewhere: ages, lying and standing, children born early, far values, units, dates, sex. */
const house = await aHouse()
let doctor: Caller
let manager: Caller

beforeAll(async () => {
  doctor = await house.as('physician')
  manager = await house.as('service-manager')
})

const child = (given: Partial<SampleChild> = {}) =>
  house.write((ctx) =>
    aChild(ctx, { name: '细细', sex: 'male', birthDate: '2024-03-01', managerId: manager.staffId, ...given }),
  ) as Promise<never>
const of = (patientId: string) => ({ params: { patientId: patientId as never } })
const courseOf = (patientId: string) => manager.call(contract.getCourse, of(patientId))
const pointsOf = async (patientId: string, measure: contract.MeasureName = 'height') =>
  (await courseOf(patientId)).measures.find((one) => one.measure === measure)!.points
const enter = (patientId: string, body: object) =>
  manager.try(contract.addMeasurement, { ...of(patientId), body: { measuredOn: '2026-03-02', ...body } as never })
const saveProfile = async (patientId: string, more: object) => {
  const { profile } = await courseOf(patientId)
  await manager.call(contract.saveProfile, { ...of(patientId), body: { ...profile, ...more } })
}
/** As an interface brings it: whatever date, no position. */
const record = (patientId: string, on: string, value: number, code = 'height') =>
  house.write((ctx) =>
    recordObservations(ctx, [
      {
        id: ctx.ids.next(),
        patientId,
        code,
        value,
        unit: code === 'weight' ? 'kg' : 'cm',
        effectiveAt: new Date(`${on}T10:00:00+08:00`),
        source: 'import',
      },
    ]),
  )

describe('age', () => {
  test('is counted by the calendar, not in months of thirty days: ten years are ten, leap days and all', async () => {
    const id = await child({ birthDate: '2016-02-29', measured: [['2026-02-28', 138]] })
    expect((await pointsOf(id))[0]!.ageYears).toBeLessThan(10)
    await record(id, '2026-03-01', 138)
    expect((await pointsOf(id)).at(-1)!.ageYears).toBe(10)
    for (const [from, to, days, years] of [
      ['2024-01-31', '2024-02-29', 29, 29 / 366],
      ['2023-12-31', '2024-12-31', 366, 1],
      ['2020-02-29', '2021-03-01', 366, 1],
    ] as const)
      expect(growth.ageBetween(from, to)).toEqual({ days, years: expect.closeTo(years, 9) })
  })

  test('of the day of birth is nought, and a day before it there is no measurement', async () => {
    const id = await child({ birthDate: '2026-03-01' })
    expect((await enter(id, { measuredOn: '2026-02-28', heightCm: 50 })).code).toBe('MeasuredBeforeBirth')
    expect((await enter(id, { measuredOn: '2026-03-01', heightCm: 50, weightKg: 3.3 })).status).toBe(200)
    expect((await pointsOf(id))[0]).toMatchObject({ ageYears: 0, refused: null, position: 'lying' })
  })

  test('what an interface has dated before the birth or in the future is no point, and puts nothing off', async () => {
    const id = await child({ birthDate: '2017-03-02', measured: [['2026-02-01', 132]] })
    await manager.call(contract.enrolChild, {
      ...of(id),
      body: { consent: { relation: 'mother', name: '王秀英', givenOn: '2026-03-02', way: 'paper', textVersion: '1' } },
    })
    await record(id, '2017-01-01', 50)
    await record(id, '2036-01-01', 180)
    expect((await pointsOf(id)).map(({ on }) => on)).toEqual(['2026-02-01'])
    await house.write(followMeasurements)
    const { enrolment } = await manager.call(contract.getProgramme, of(id))
    expect(enrolment!.nextOn).toBe(addDays('2026-02-01', 91))
    // Nor is a child asked why it has shrunk since a day to come.
    expect((await enter(id, { heightCm: 132.5 })).body).toMatchObject({ saved: true })
  })
})

describe('lying and standing', () => {
  test('Chinese reference: the third birthday turns the table, to the day', async () => {
    const id = await child({ birthDate: '2023-03-02' })
    await record(id, '2026-03-01', 95)
    await record(id, '2026-03-02', 95)
    const [before, on] = await pointsOf(id)
    expect(before!.z! - on!.z!).toBeLessThan(-0.1)
    expect([before!.caveats, on!.caveats]).toEqual([[], []])
  })

  test('measured the other way it is corrected, said so, and the record keeps what was measured', async () => {
    const id = await child({ birthDate: '2023-09-02' })
    await enter(id, { measuredOn: '2026-02-01', heightCm: 91, position: 'standing' })
    await enter(id, { measuredOn: '2026-03-02', heightCm: 91.7, position: 'lying' })
    const [standing, lying] = await pointsOf(id)
    expect([standing!.value, standing!.caveats]).toEqual([91, ['position-corrected']])
    expect([lying!.value, lying!.caveats]).toEqual([91.7, []])
    // 91 standing is 91.7 lying: no child has grown by that.
    expect((await courseOf(id)).velocities).toEqual([])
  })

  test('the body mass index follows the corrected height', async () => {
    const id = await child({ birthDate: '2023-09-02' })
    await enter(id, { heightCm: 91, position: 'standing', weightKg: 13 })
    const [bmi] = await pointsOf(id, 'bmi')
    expect(bmi!.value).toBeCloseTo(13 / 0.91 ** 2, 6)
    expect(bmi!.caveats).toContain('position-corrected')
  })
})

describe('born early', () => {
  test('is placed by corrected age until the second birthday, not beyond; both ages stand', async () => {
    const id = await child({ birthDate: '2024-03-01' })
    await saveProfile(id, { gestationWeeks: 30 })
    for (const on of ['2024-04-01', '2024-05-10', '2025-03-01', '2026-02-28', '2026-03-01']) await record(id, on, 75)
    const points = await pointsOf(id)
    expect(points.map(({ correctedYears }) => correctedYears?.toFixed(2) ?? null)).toEqual([
      '0.00',
      '0.00',
      '0.81',
      '1.81',
      null,
    ])
    // Ten weeks before the day they were due: the reference knows no such child.
    expect([points[0]!.refused, points[0]!.z, points[1]!.refused]).toEqual(['age-not-in-reference', null, null])
    expect(points[2]!.z! - points[3]!.z!).toBeGreaterThan(3)
    expect(points[2]!.caveats).toContain('corrected-age')
    expect(points[4]!.caveats).not.toContain('corrected-age')
  })

  test.each([
    [36, true],
    [37, false],
    [42, false],
    [null, false],
  ])('%s weeks: corrected %s', async (gestationWeeks, corrected) => {
    const id = await child({ birthDate: '2025-03-01' })
    await saveProfile(id, { gestationWeeks })
    await record(id, '2026-03-01', 75)
    const [point] = await pointsOf(id)
    expect(point!.correctedYears !== null).toBe(corrected)
    // Nobody has asked yet: that is said with the value.
    expect(point!.caveats.includes('preterm')).toBe(gestationWeeks === null)
  })
})

describe('far values', () => {
  test('one that somebody has checked is kept as it is, with its true z and no clamp', async () => {
    const id = await child({ birthDate: '2018-03-02' })
    const first = await enter(id, { heightCm: 88 })
    expect(first.body).toMatchObject({ saved: false, questions: [{ code: 'height-far-out', impossible: false }] })
    expect((await enter(id, { heightCm: 88, confirmed: ['height-far-out'] })).body).toMatchObject({ saved: true })
    const [point] = await pointsOf(id)
    expect(point!.z).toBeLessThan(-6)
    expect(point!.caveats).toContain('implausible')
    expect(point!.percentile).toBeGreaterThanOrEqual(0)
  })
})

describe('units and fields', () => {
  test.each<[string, object, string]>([
    ['metres', { heightCm: 1.32 }, 'height-in-metres'],
    ['inches', { heightCm: 52 }, 'height-in-inches'],
    ['millimetres', { heightCm: 1320 }, 'height-far-out'],
    ['斤', { heightCm: 132, weightKg: 60 }, 'weight-in-jin'],
    ['grams', { weightKg: 29_000 }, 'weight-in-grams'],
    ['each other’s field', { heightCm: 29, weightKg: 132 }, 'swapped'],
    ['height in the place of the head', { headCm: 132 }, 'head-far-out'],
  ])('%s: asked, and nothing is kept', async (_name, body, code) => {
    const id = await child({ birthDate: '2017-03-02' })
    expect((await enter(id, body)).body).toMatchObject({ saved: false, questions: [{ code }] })
    expect(await pointsOf(id)).toEqual([])
    if (code === 'swapped' || code === 'height-in-metres')
      expect((await enter(id, { ...body, confirmed: [code] })).body).toMatchObject({ saved: false })
  })
})

describe('sex', () => {
  test.each(['unknown', 'other'] as const)(
    '%s: the values stand, nothing is placed, no line is drawn, no sign shown',
    async (sex) => {
      const guardian = { relation: 'father', name: '家长', phone: '13800138000' } as const
      const id = (await house.write(async (ctx) => {
        const made = await registerPatient(ctx, { name: '小未', birthDate: '2017-03-02', sex, guardian })
        await assignCarers(ctx, made, { managerId: manager.staffId as never })
        return made
      })) as never
      await record(id, '2025-03-01', 128)
      await record(id, '2026-03-01', 100)
      await record(id, '2026-03-01', 28, 'weight')
      const seen = await courseOf(id)
      expect([seen.refused, seen.signs, seen.target]).toEqual(['sex-unknown', [], null])
      for (const { points, lines } of seen.measures) {
        expect(lines).toBeNull()
        for (const point of points) expect([point.z, point.percentile, point.reference]).toEqual([null, null, null])
      }
      expect(seen.velocities).toHaveLength(1)
    },
  )
})

const file = join(process.env['PEIBAN_MATERIAL'] ?? '/nowhere', 'datasets', 'pygrowthstandards_1.1.csv.gz')

describe.skipIf(!existsSync(file))('shown by WHO’s tables', () => {
  beforeAll(async () => {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/growth-references',
      headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream' },
      cookies: { peiban_session: manager.token },
      payload: readFileSync(file),
    })
    const { code, version } = answer.json() as { code: string; version: string }
    await doctor.call(contract.confirmReference, { params: { code, version } })
  })
  const byWho = async (birthDate: string, more: object = {}) => {
    const id = await child({ birthDate })
    await saveProfile(id, { reference: 'who', ...more })
    return id
  }

  test('standing begins on day 731, whatever the Chinese reference does, and without a word that is taken for granted', async () => {
    const id = await byWho('2024-03-01')
    await enter(id, { measuredOn: addDays('2024-03-01', 730), heightCm: 87 })
    await enter(id, { measuredOn: addDays('2024-03-01', 731), heightCm: 87 })
    const [lying, standing] = await pointsOf(id)
    expect([lying!.position, standing!.position]).toEqual(['lying', 'standing'])
    expect([lying!.caveats, standing!.caveats]).toEqual([[], []])
    expect(standing!.z! - lying!.z!).toBeCloseTo(0.22, 1)
  })
})
