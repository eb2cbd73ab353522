import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { growth } from '../../clinical/index.ts'
import { seriesOf } from '../observation/server/index.ts'
import * as contract from './contract/growth.ts'
import { aChild, type SampleChild } from './sample-child.ts'

const house = await aHouse()
let doctor: Caller
let manager: Caller
let stranger: Caller

beforeAll(async () => {
  doctor = await house.as('physician')
  manager = await house.as('service-manager')
  stranger = await house.as('service-manager')
})

let count = 0
const child = (given: Partial<SampleChild> = {}) =>
  house.write((ctx) =>
    aChild(ctx, {
      name: `孩子${'甲乙丙丁戊己庚辛壬癸'[count++ % 10]}`,
      sex: 'male',
      birthDate: '2017-03-02',
      doctorId: doctor.staffId,
      managerId: manager.staffId,
      ...given,
    }),
  ) as Promise<never>
const of = (patientId: string) => ({ params: { patientId: patientId as never } })
const courseOf = (patientId: string) => manager.call(contract.getCourse, of(patientId))
const heightsOf = (course: contract.GrowthCourse) => course.measures.find(({ measure }) => measure === 'height')!.points
const enter = (patientId: string, body: object, by = manager) =>
  by.call(contract.addMeasurement, { ...of(patientId), body: { measuredOn: '2026-03-02', ...body } as never })
const inRecord = async (patientId: string, code: string) =>
  (await house.write((ctx) => seriesOf(ctx, patientId, [code]))).get(code) ?? []
const auditOf = (patientId: string, action: string) =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('action', '=', action)
    .execute()

describe('S2-17 a child’s curve', () => {
  test('every value stands with its place and the name of its reference', async () => {
    const id = await child({
      measured: [
        ['2025-03-02', 128, 25],
        ['2026-03-01', 133.4, 28],
      ],
    })
    const course = await courseOf(id)
    expect(course.refused).toBeNull()
    expect(course.reference).toMatchObject({ code: 'zong-li-2013', licence: 'CC BY' })
    const heights = heightsOf(course)
    expect(heights.map(({ value, position }) => [value, position])).toEqual([
      [128, 'standing'],
      [133.4, 'standing'],
    ])
    for (const [n, point] of heights.entries()) {
      const age = growth.ageBetween('2017-03-02', point.on)
      const placed = growth.placeIn(growth.zongLi2013, 'height', 'male', age, point.value)
      expect(point).toMatchObject({
        reference: 'zong-li-2013@1',
        refused: null,
        ...('z' in placed ? { z: placed.z } : {}),
      })
      expect(point.ageYears).toBeCloseTo(8 + n, 1)
    }
    const bmi = course.measures.find(({ measure }) => measure === 'bmi')!
    expect(bmi.points.map(({ value }) => Math.round(value * 10) / 10)).toEqual([15.3, 15.7])
    expect(bmi.lines!.percentiles).toEqual([3, 10, 25, 50, 75, 90, 97])
  })

  test('the speed carries its span and what it may be off by', async () => {
    const id = await child({
      measured: [
        ['2025-03-02', 128],
        ['2026-03-02', 133],
      ],
    })
    const { latestVelocity } = await courseOf(id)
    expect(latestVelocity).toMatchObject({ from: '2025-03-02', to: '2026-03-02', short: false })
    expect(latestVelocity!.cmPerYear).toBeCloseTo(5, 1)
    expect(latestVelocity!.plusMinus).toBeCloseTo(0.7, 1)
  })

  test('what the reference has nothing for is refused by name, never clamped', async () => {
    const id = await child({ birthDate: '2014-03-02' })
    await enter(id, { headCm: 53 })
    const head = (await courseOf(id)).measures.find(({ measure }) => measure === 'head')!
    expect(head.points).toMatchObject([{ z: null, percentile: null, refused: 'age-not-in-reference' }])
  })

  test('without a birth date or a sex nothing is placed, and it is said why', async () => {
    const [noSex, grown] = [await child({ sex: 'unknown' as never }), await child({ birthDate: '1990-01-01' })]
    await enter(noSex, { heightCm: 130 })
    const course = await courseOf(noSex)
    expect(course.refused).toBe('sex-unknown')
    expect(heightsOf(course)).toMatchObject([{ value: 130, z: null, reference: null }])
    await enter(grown, { heightCm: 170 })
    expect(heightsOf(await courseOf(grown))).toEqual([])
  })

  test('a child born early is placed by corrected age, and both ages are told', async () => {
    const id = await child({ birthDate: '2025-06-02', measured: [] })
    await manager.call(contract.saveProfile, {
      ...of(id),
      body: {
        fatherCm: null,
        motherCm: null,
        parentsMeasured: false,
        gestationWeeks: 32,
        reference: 'zong-li-2013',
        version: 0,
      },
    })
    await enter(id, { heightCm: 68, position: 'lying' })
    const [point] = heightsOf(await courseOf(id))
    expect(point!.ageYears).toBeCloseTo(0.75, 2)
    expect(point!.correctedYears).toBeCloseTo(0.595, 2)
    expect(point!.caveats).toContain('corrected-age')
    expect(point!.caveats).not.toContain('preterm')
  })
})

describe('entering', () => {
  test('metres are asked about and nothing is kept; the answer is kept', async () => {
    const id = await child({ measured: [['2025-03-02', 128]] })
    const asked = await enter(id, { heightCm: 1.34, weightKg: 29 })
    expect(asked).toMatchObject({
      saved: false,
      ids: [],
      questions: [{ code: 'height-in-metres', suggested: 134, impossible: true }],
    })
    expect(await inRecord(id, 'weight')).toEqual([])
    expect((await enter(id, { heightCm: 1.34, weightKg: 29, confirmed: ['height-in-metres'] })).saved).toBe(false)
    expect((await enter(id, { heightCm: 134, weightKg: 29 })).saved).toBe(true)
    expect((await inRecord(id, 'height')).map(({ value, method }) => [value, method])).toEqual([
      [128, 'standing'],
      [134, 'standing'],
    ])
    expect((await inRecord(id, 'bmi')).map(({ value }) => Math.round(value! * 100) / 100)).toEqual([16.15])
  })

  test('斤 and a child that has shrunk are asked about; whoever is sure says so', async () => {
    const id = await child({ measured: [['2025-03-02', 128, 25]] })
    const first = await enter(id, { heightCm: 125, weightKg: 56 })
    expect(first.questions.map(({ code, suggested }) => [code, suggested])).toEqual([
      ['height-shrunk', null],
      ['weight-in-jin', 28],
    ])
    const sure = await enter(id, { heightCm: 125, weightKg: 28, confirmed: ['height-shrunk'] })
    expect(sure.saved).toBe(true)
    const audit = await auditOf(id, 'growth.measure')
    expect(audit.map(({ detail }) => (detail as { questions: string[] }).questions.length).toSorted()).toEqual([0, 2])
  })

  test.each([
    [{}, 'NothingMeasured'],
    [{ heightCm: 130, measuredOn: '2026-03-03' }, 'MeasuredInFuture'],
    [{ heightCm: 50, measuredOn: '2017-03-01' }, 'MeasuredBeforeBirth'],
    [{ heightCm: -3 }, 'InvalidInput'],
    [{ heightCm: 130, measuredOn: 'gestern' }, 'InvalidInput'],
  ])('%j is refused: %s', async (body, code) => {
    const answer = await manager.try(contract.addMeasurement, {
      ...of(await child()),
      body: { measuredOn: '2026-03-02', ...body } as never,
    })
    expect([answer.code, answer.status < 500]).toEqual([code, true])
  })

  test('a correction supersedes, is asked about too, and the body mass index follows', async () => {
    const id = await child()
    const { ids } = await enter(id, { heightCm: 133, weightKg: 28, measuredOn: '2026-02-01' })
    const correct = (value: number, measurementId = ids[0]!) =>
      manager.try(contract.correctMeasurement, {
        params: { patientId: id, measurementId: measurementId as never },
        body: { value, measuredOn: '2026-02-01', because: '看错一格' },
      })
    expect((await correct(1.32)).body).toMatchObject({ saved: false, questions: [{ code: 'height-in-metres' }] })
    expect((await correct(132)).body).toMatchObject({ saved: true })
    expect((await inRecord(id, 'height')).map(({ value }) => value)).toEqual([132])
    expect((await inRecord(id, 'bmi')).map(({ value }) => Math.round(value! * 100) / 100)).toEqual([16.07])
    expect((await correct(131)).code).toBe('MeasurementUnknown')
  })

  test('corrections at once: one stands, the others are told that the value is gone', async () => {
    const id = await child()
    const { ids } = await enter(id, { heightCm: 133, measuredOn: '2026-02-01' })
    const correct = (value: number) =>
      manager.try(contract.correctMeasurement, {
        params: { patientId: id, measurementId: ids[0] as never },
        body: { value, measuredOn: '2026-02-01', because: '重新读数' },
      })
    const answers = await Promise.all([132, 132.5, 131, 131.5, 130, 130.5].map(correct))
    expect(answers.map(({ code }) => code ?? 'saved').toSorted()).toEqual([
      ...Array(5).fill('MeasurementUnknown'),
      'saved',
    ])
    expect(await inRecord(id, 'height')).toHaveLength(1)
  })

  test('two who enter the same day at once: the second is asked about the first', async () => {
    const id = await child()
    const add = (heightCm: number) =>
      manager.try(contract.addMeasurement, { ...of(id), body: { heightCm, measuredOn: '2026-02-01' } as never })
    const answers = await Promise.all([133, 141].map(add))
    expect(answers.filter(({ body }) => (body as { saved: boolean }).saved)).toHaveLength(1)
    expect(await inRecord(id, 'height')).toHaveLength(1)
  })

  test('a withdrawn height takes its body mass index along', async () => {
    const id = await child()
    const { ids } = await enter(id, { heightCm: 133, weightKg: 28 })
    const params = { patientId: id, measurementId: ids[0] as never }
    await manager.call(contract.retractMeasurement, { params, body: { because: '量的是哥哥' } })
    expect([await inRecord(id, 'height'), await inRecord(id, 'bmi')]).toEqual([[], []])
    expect(await inRecord(id, 'weight')).toHaveLength(1)
  })
})

describe('what a curve is read with', () => {
  test('target height is a range and a reference only; without both parents there is none', async () => {
    const id = await child()
    const save = (body: object, version: number) =>
      manager.try(contract.saveProfile, {
        ...of(id),
        body: {
          fatherCm: 176,
          motherCm: 162,
          parentsMeasured: true,
          gestationWeeks: null,
          reference: 'zong-li-2013',
          version,
          ...body,
        },
      })
    await save({ motherCm: null }, 0)
    expect((await courseOf(id)).target).toBeNull()
    await save({}, 1)
    expect((await courseOf(id)).target).toEqual({ targetCm: 175.5, lowCm: 170.5, highCm: 180.5 })
    expect((await save({}, 1)).code).toBe('ChangedMeanwhile')
    expect((await save({ reference: 'who' }, 2)).code).toBe('ReferenceUnknown')
  })

  test('two who save at once: one is told', async () => {
    const id = await child()
    const save = () =>
      manager.try(contract.saveProfile, {
        ...of(id),
        body: {
          fatherCm: 176,
          motherCm: 162,
          parentsMeasured: true,
          gestationWeeks: 40,
          reference: 'zong-li-2013',
          version: 0,
        },
      })
    expect((await Promise.all([save(), save()])).map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('a bone age carries method and reader; a correction takes its place, once', async () => {
    const id = await child()
    const read = (body: object) =>
      manager.try(contract.addBoneAge, {
        ...of(id),
        body: { filmOn: '2026-02-01', boneYears: 8.5, method: 'china-05', reader: '放射科 周医生', ...body } as never,
      })
    const first = (await read({})).body as contract.BoneAgeView
    expect(first).toMatchObject({ boneYears: 8.5, method: 'china-05', reader: '放射科 周医生' })
    expect((await read({ boneYears: 9, corrects: first.id })).status).toBe(200)
    expect((await read({ boneYears: 9.5, corrects: first.id })).code).toBe('ChangedMeanwhile')
    expect((await courseOf(id)).boneAges.map(({ boneYears }) => boneYears)).toEqual([9])
    expect((await read({ filmOn: '2027-01-01' })).code).toBe('MeasuredInFuture')
    expect((await read({ reader: ' ' })).code).toBe('InvalidInput')
  })

  test('signs are for staff: two lines down and a slow year', async () => {
    const id = await child({
      measured: [
        ['2024-09-02', 131],
        ['2025-03-02', 132],
        ['2026-03-02', 133],
      ],
    })
    expect((await courseOf(id)).signs.map(({ code }) => code)).toEqual(['crossed-down', 'slow'])
  })
})

describe('who may', () => {
  test('whoever does not look after the child finds nothing', async () => {
    const id = await child()
    for (const answer of [
      await stranger.try(contract.getCourse, of(id)),
      await stranger.try(contract.getProgramme, of(id)),
      await stranger.try(contract.addMeasurement, { ...of(id), body: { measuredOn: '2026-03-02', heightCm: 130 } }),
    ])
      expect(answer.status).toBe(404)
  })

  test.each(['front-desk', 'sales-manager', 'counsellor', 'content-editor', 'system-administrator'] as const)(
    '%s sees and writes nothing of it',
    async (role) => {
      const [id, caller] = [await child(), await house.as(role)]
      const answers = [
        await caller.try(contract.getCourse, of(id)),
        await caller.try(contract.addMeasurement, { ...of(id), body: { measuredOn: '2026-03-02', heightCm: 130 } }),
        await caller.try(contract.listEnrolled, { query: {} }),
        await caller.try(contract.listReferences),
      ]
      expect(answers.map(({ code }) => code)).toEqual(Array(4).fill('NotPermitted'))
    },
  )

  test('opening a child’s curve is written down', async () => {
    const id = await child()
    await courseOf(id)
    expect(await auditOf(id, 'growth.open')).toMatchObject([{ actor_id: manager.staffId, outcome: 'done' }])
  })
})
