import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { Id, PatientId } from '../../platform/contract/index.ts'
import { assignCarers } from '../patient/server/index.ts'
import { addFact, correctFactEndpoint, listFacts, retractFactEndpoint } from './contract/facts.ts'
import { getCourses } from './contract/indicators.ts'
import { addReadings, correctReading, entryChoices, retractReading } from './contract/readings.ts'
import { getReport } from './contract/reports.ts'
import { aPatient, aReport } from './sample-record.ts'
import { recordReports } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let nurse: Caller
beforeAll(async () => {
  nurse = await house.as('service-manager', { name: '李护士' })
})

/** A patient of the nurse. */
function mine(person: Parameters<typeof aPatient>[1] = {}): Promise<PatientId> {
  return house.write(async (ctx) => {
    const id = await aPatient(ctx, person)
    await assignCarers(ctx, id, { managerId: nurse.staffId } as never)
    return id
  })
}

const AT = '2026-03-02T09:00:00+08:00'
const fact = (id: string) => id as Id<'fact'>
const measure = (
  patientId: PatientId,
  readings: { code: string; value?: number; text?: string; unit?: string }[],
  effectiveAt = AT,
) => nurse.try(addReadings, { params: { patientId }, body: { effectiveAt, readings } })
const standing = (patientId: string) =>
  db()
    .selectFrom('observation')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('superseded_by', 'is', null)
    .orderBy('code')
    .execute()

describe('entering what was measured', () => {
  test('blood pressure: two values of one moment, judged, with author; the patient is woken and the act audited', async () => {
    const patientId = await mine()
    expect(
      (
        await measure(patientId, [
          { code: 'sbp', value: 152 },
          { code: 'dbp', value: 88 },
        ])
      ).status,
    ).toBe(200)
    const rows = await standing(patientId)
    expect(
      rows.map(({ code, value, unit, flag, source, author_id }) => ({ code, value, unit, flag, source, author_id })),
    ).toEqual([
      { code: 'dbp', value: 88, unit: 'mm[Hg]', flag: 'N', source: 'staff', author_id: nurse.staffId },
      { code: 'sbp', value: 152, unit: 'mm[Hg]', flag: 'H', source: 'staff', author_id: nurse.staffId },
    ])
    const agenda = await db()
      .selectFrom('agenda')
      .select('due_at')
      .where('patient_id', '=', patientId)
      .executeTakeFirst()
    expect(agenda?.due_at).toEqual(house.clock.now())
    const audit = await db()
      .selectFrom('audit_entry')
      .selectAll()
      .where('patient_id', '=', patientId)
      .where('action', '=', 'record.measure')
      .execute()
    expect(audit).toMatchObject([{ outcome: 'done', detail: { codes: ['sbp', 'dbp'] } }])
  })

  test('a weight brings the body mass index, which names weight and height', async () => {
    const patientId = await mine()
    await measure(patientId, [{ code: 'height', value: 1.7, unit: 'm' }], '2025-01-02T09:00:00+08:00')
    await measure(patientId, [{ code: 'weight', value: 72.25 }])
    const rows = await standing(patientId)
    const [bmi, height, weight] = rows
    expect(bmi).toMatchObject({
      code: 'bmi',
      value: 25,
      flag: 'H',
      original: { derivedFrom: [weight!.id, height!.id] },
    })
    expect(height).toMatchObject({ value: 170, unit: 'cm', original: { value: 1.7, unit: 'm' } })
  })

  test('other units are converted and kept beside', async () => {
    const patientId = await mine()
    await measure(patientId, [{ code: 'fpg', value: 126, unit: 'mg/dL' }])
    const [row] = await standing(patientId)
    expect(row).toMatchObject({ code: 'fpg', unit: 'mmol/L', original: { value: 126, unit: 'mg/dL' } })
    expect(row!.value).toBe(7)
  })

  test.each([
    [
      'a height in metres',
      [{ code: 'height', value: 1.7 }],
      'ValueImplausibleUnit',
      'body.readings.0.unit',
      '如果单位是 m',
    ],
    [
      'glucose in mg/dL without saying so',
      [{ code: 'fpg', value: 126 }],
      'ValueImplausibleUnit',
      'body.readings.0.unit',
      '如果单位是 mg/dL',
    ],
    ['a slip of the finger', [{ code: 'weight', value: 7250 }], 'ValueImplausible', 'body.readings.0.value', '0.5–400'],
    [
      'a unit of something else',
      [{ code: 'fpg', value: 6, unit: 'kg' }],
      'UnitUnknown',
      'body.readings.0.unit',
      'mmol/L、mg/dL',
    ],
    [
      'pressures swapped',
      [
        { code: 'sbp', value: 80 },
        { code: 'dbp', value: 120 },
      ],
      'PressureSwapped',
      'body.readings.0.value',
      '填反',
    ],
    ['half a blood pressure', [{ code: 'sbp', value: 130 }], 'PressureHalf', 'body.readings.0.value', '同时'],
    ['what is worked out', [{ code: 'bmi', value: 24 }], 'IndicatorDerived', 'body.readings.0.code', '体质指数'],
    ['what nobody knows', [{ code: 'abc', value: 1 }], 'IndicatorUnknown', 'body.readings.0.code', 'abc'],
  ])('%s is refused, with the way to mend it', async (_name, readings, code, path, words) => {
    const answer = await measure(await mine(), readings)
    expect(answer).toMatchObject({ status: 422, code, body: { path } })
    expect((answer.body as { title: string }).title).toContain(words)
  })

  test('not in the time to come, and not before birth', async () => {
    const patientId = await mine({ birthDate: '1990-01-01' })
    expect((await measure(patientId, [{ code: 'hr', value: 70 }], '2026-03-03T09:00:00+08:00')).code).toBe(
      'EffectiveInFuture',
    )
    expect((await measure(patientId, [{ code: 'hr', value: 70 }], '1989-03-03T09:00:00+08:00')).code).toBe(
      'DateBeforeBirth',
    )
  })

  test('lifestyle is chosen, in words', async () => {
    const patientId = await mine()
    await measure(patientId, [{ code: 'local:peiban|smoking', text: 'current' }])
    const { indicators } = await nurse.call(getCourses, { params: { patientId }, query: { panel: 'lifestyle' } })
    expect(indicators).toMatchObject([
      { name: '吸烟', kind: 'other', series: [{ points: [{ text: '吸烟', flag: 'A' }] }] },
    ])
    expect((await measure(patientId, [{ code: 'local:peiban|smoking', text: 'sometimes' }])).code).toBe(
      'IndicatorUnknown',
    )
  })

  test('what may be chosen has units, and nothing that is worked out', async () => {
    const { indicators, conditions } = await nurse.call(entryChoices)
    expect(indicators.find(({ code }) => code === 'fpg')?.units.map(({ printed }) => printed)).toEqual([
      'mmol/L',
      'mg/dL',
    ])
    expect(indicators.map(({ code }) => code)).not.toContain('bmi')
    expect(conditions.length).toBeGreaterThan(50)
  })
})

describe('correcting and withdrawing values', () => {
  test('the former value stays with who, when and why; the body mass index follows', async () => {
    const patientId = await mine()
    const entered = await nurse.call(addReadings, {
      params: { patientId },
      body: {
        effectiveAt: AT,
        readings: [
          { code: 'height', value: 170 },
          { code: 'weight', value: 92 },
        ],
      },
    })
    const body = { reading: { value: 62 }, because: '体重看错了一位' }
    await nurse.call(correctReading, { params: { patientId, observationId: fact(entered.ids[1]!) }, body })
    const { indicators } = await nurse.call(getCourses, { params: { patientId }, query: { codes: 'weight,bmi' } })
    const weight = indicators.find(({ code }) => code === 'weight')!
    expect(weight.series[0]!.points.map(({ value }) => value)).toEqual([62])
    expect(weight.ended).toMatchObject([
      {
        value: 92,
        ended: { by: '李护士', because: '体重看错了一位', withdrawn: false, at: house.clock.now().toISOString() },
      },
    ])
    const bmi = indicators.find(({ code }) => code === 'bmi')!
    expect(bmi.series[0]!.points.map(({ value }) => Math.round(value! * 10) / 10)).toEqual([21.5])
    const again = await nurse.try(correctReading, { params: { patientId, observationId: fact(entered.ids[1]!) }, body })
    expect(again).toMatchObject({ status: 409, code: 'FactEndedAlready' })
  })

  test('a withdrawn weight takes its body mass index with it', async () => {
    const patientId = await mine()
    const entered = await nurse.call(addReadings, {
      params: { patientId },
      body: {
        effectiveAt: AT,
        readings: [
          { code: 'height', value: 170 },
          { code: 'weight', value: 62 },
        ],
      },
    })
    await nurse.call(retractReading, {
      params: { patientId, observationId: fact(entered.ids[1]!) },
      body: { because: '录到了别人的档案' },
    })
    expect((await standing(patientId)).map(({ code }) => code)).toEqual(['height'])
  })

  test('a corrected pressure must still lie above the other half', async () => {
    const patientId = await mine()
    const entered = await nurse.call(addReadings, {
      params: { patientId },
      body: {
        effectiveAt: AT,
        readings: [
          { code: 'sbp', value: 130 },
          { code: 'dbp', value: 80 },
        ],
      },
    })
    const answer = await nurse.try(correctReading, {
      params: { patientId, observationId: fact(entered.ids[0]!) },
      body: { reading: { value: 75 }, because: '改错了' },
    })
    expect(answer.code).toBe('PressureSwapped')
  })

  test('a value of a report is corrected in its report, and the former one is shown there', async () => {
    const patientId = await mine()
    const [filed] = await house.write((ctx) =>
      recordReports(ctx, [
        aReport(ctx, patientId, {}, [{ code: 'k', value: 7.2, unit: 'mmol/L', low: 3.5, high: 5.3, flag: 'HH' }]),
      ]),
    )
    const [row] = await standing(patientId)
    await nurse.call(correctReading, {
      params: { patientId, observationId: fact(row!.id) },
      body: { reading: { value: 4.2 }, because: '检验科来电：标本溶血，已重测' },
    })
    const shown = await nurse.call(getReport, { params: { patientId, reportId: filed!.reportId as Id<'report'> } })
    expect(shown.panels[0]!.items).toMatchObject([{ value: 4.2, low: 3.5, high: 5.3, by: '李护士' }])
    expect(shown.endedItems).toMatchObject([
      { value: 7.2, flag: 'HH', ended: { because: '检验科来电：标本溶血，已重测' } },
    ])
  })
})

describe('facts', () => {
  test('entered, corrected with the former one in sight, withdrawn', async () => {
    const patientId = await mine()
    const params = { patientId }
    const { id } = await nurse.call(addFact, {
      params,
      body: { kind: 'condition', fact: { code: 'E10', name: '1型糖尿病', onsetOn: '2020-05-01' } },
    })
    await nurse.call(correctFactEndpoint, {
      params: { patientId, factId: fact(id) },
      body: {
        corrected: { kind: 'condition', fact: { code: 'E11', name: '2型糖尿病', onsetOn: '2020-05-01' } },
        because: '类型选错',
      },
    })
    const { id: allergy } = await nurse.call(addFact, {
      params,
      body: { kind: 'allergy', fact: { substance: '青霉素', severity: 'severe' } },
    })
    await nurse.call(retractFactEndpoint, {
      params: { patientId, factId: fact(allergy) },
      body: { kind: 'allergy', because: '皮试阴性' },
    })
    const { facts, can } = await nurse.call(listFacts, { params })
    expect(can.write).toBe(true)
    expect(facts.condition).toMatchObject([
      { code: 'E11', by: '李护士', ended: null },
      { code: 'E10', ended: { by: '李护士', because: '类型选错', withdrawn: false } },
    ])
    expect(facts.allergy).toMatchObject([{ substance: '青霉素', ended: { withdrawn: true, because: '皮试阴性' } }])
  })

  test.each([
    [
      'the end before the beginning',
      { kind: 'medication', fact: { name: '二甲双胍', startedOn: '2026-01-02', endedOn: '2026-01-01' } },
      'DatesSwapped',
    ],
    [
      'an operation that has not been',
      { kind: 'procedure', fact: { name: '胆囊切除术', performedOn: '2026-04-01' } },
      'DateInFuture',
    ],
    [
      'a disease from before birth',
      { kind: 'condition', fact: { name: '高血压', onsetOn: '1950-01-01' } },
      'DateBeforeBirth',
    ],
  ] as const)('%s is refused', async (_name, body, code) => {
    expect((await nurse.try(addFact, { params: { patientId: await mine() }, body: body as never })).code).toBe(code)
  })

  test('"no known allergies" is a fact, and contradicts a standing allergy', async () => {
    const patientId = await mine()
    const none = { params: { patientId }, body: { kind: 'absence' as const, fact: { about: 'allergy' as const } } }
    await nurse.call(addFact, none)
    await nurse.call(addFact, { params: { patientId }, body: { kind: 'allergy', fact: { substance: '磺胺' } } })
    expect((await nurse.call(listFacts, { params: { patientId } })).facts.absence).toMatchObject([
      { about: 'allergy', ended: { because: 'fact-added' } },
    ])
    expect((await nurse.try(addFact, none)).code).toBe('AbsenceContradicted')
  })
})
