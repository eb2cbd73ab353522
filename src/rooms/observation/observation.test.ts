import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import type { Endpoint, Id, PatientId } from '../../platform/contract/index.ts'
import { assignCarers } from '../patient/server/index.ts'
import type { Role } from '../staff/contract/permissions.ts'
import { listFacts } from './contract/facts.ts'
import { compareReports, getCourses, listIndicators } from './contract/indicators.ts'
import { getCompleteness, getOverview } from './contract/overview.ts'
import { getReport, listReports } from './contract/reports.ts'
import { recordTimeline } from './contract/timeline.ts'
import { aPatient, aReport, type SampleValue } from './sample-record.ts'
import { addFacts, completenessOfPatients, recordObservations, recordReports } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let doctor: Caller
let patientId: PatientId
let reportIds: string[] = []

const lipids = (ldl: number, flag: 'N' | 'H'): SampleValue[] => [
  { code: 'ldl', value: ldl, unit: 'mmol/L', low: 0, high: 3.4, flag },
  { code: 'tc', value: ldl + 2, unit: 'mmol/L', high: 5.2, flag },
  { code: 'local:LIS|X9', value: 1.2, unit: 'ng/mL', original: { name: '某新项目', code: 'X9' } },
]

beforeAll(async () => {
  doctor = await house.as('physician', { name: '陈医生' })
  patientId = await house.write(async (ctx) => {
    const id = await aPatient(ctx, { birthDate: '1960-05-01' })
    await assignCarers(ctx, id, { doctorId: doctor.staffId } as never)
    await ctx.tx
      .updateTable('patient')
      .set({ main_worry: '怕像父亲一样中风', main_worry_at: ctx.clock.now() })
      .where('id', '=', id)
      .execute()
    const years = [2022, 2023, 2024, 2025]
    const filed = await recordReports(
      ctx,
      years.map((year, i) =>
        aReport(
          ctx,
          id,
          { title: `${year} 年体检`, effectiveAt: new Date(`${year}-06-10T01:00:00Z`), impression: '血脂偏高' },
          lipids(3 + i * 0.4, i > 1 ? 'H' : 'N'),
        ),
      ),
    )
    reportIds = filed.map((one) => one.reportId)
    const readings = ['2026-02-10T00:30:00Z', '2026-02-10T12:00:00Z', '2026-02-11T00:30:00Z']
    await recordObservations(
      ctx,
      readings.flatMap((at, i) => [
        {
          id: ctx.ids.next(),
          patientId: id,
          code: 'sbp',
          effectiveAt: new Date(at),
          value: 150 + i,
          unit: 'mm[Hg]',
          flag: 'H' as const,
          source: 'device',
        },
        {
          id: ctx.ids.next(),
          patientId: id,
          code: 'dbp',
          effectiveAt: new Date(at),
          value: 90 + i,
          unit: 'mm[Hg]',
          flag: 'H' as const,
          source: 'device',
        },
      ]),
    )
    await addFacts(ctx, {
      condition: [{ patientId: id, code: 'I10', name: '原发性高血压', onsetOn: '2021-03-01' }],
      medication: [
        { patientId: id, name: '氨氯地平', dose: '5 mg', startedOn: '2021-03-05' },
        { patientId: id, name: '旧药', endedOn: '2022-01-01' },
      ],
      allergy: [{ patientId: id, substance: '青霉素', severity: 'severe' }],
      'family-history': [{ patientId: id, relation: 'father', conditionName: '脑卒中' }],
      encounter: [
        { patientId: id, class: 'inpatient', title: '心内科住院', startedAt: new Date('2024-09-01T02:00:00Z') },
      ],
    })
    return id
  })
})

describe('the first screen', () => {
  test('S0-2, S0-26: one call says who, what worries them, what changed, what matters, what is missing; opening is audited', async () => {
    const shown = await doctor.call(getOverview, { params: { patientId } })
    expect(shown.patient).toMatchObject({ mainWorry: '怕像父亲一样中风', ageYears: 65, doctorName: '陈医生' })
    expect(shown.allergies).toMatchObject([{ substance: '青霉素', severity: 'severe' }])
    expect(shown.medications.map(({ name }) => name)).toEqual(['氨氯地平'])
    expect(shown.reports.map(({ title }) => title)).toEqual(['2025 年体检', '2024 年体检', '2023 年体检'])
    expect(shown.reports[0]).toMatchObject({ items: 3, abnormalCount: 2 })
    expect(shown.reports[0]!.abnormal.find(({ code }) => code === 'ldl')).toMatchObject({
      value: 4.2,
      flag: 'H',
      before: { value: 3.8 },
    })
    expect(
      shown.indicators.map(({ because, lines }) => `${lines.map(({ code }) => code).join('+')}:${because}`),
    ).toEqual(['sbp+dbp:condition', 'ldl:abnormal', 'tc:abnormal'])
    expect(shown.indicators[0]!.lines[0]!.points).toHaveLength(3)
    expect(shown.indicators[0]).toMatchObject({ condition: '原发性高血压' })
    expect(shown.completeness.percent).toBeGreaterThan(50)
    const audit = await db()
      .selectFrom('audit_entry')
      .select(['action', 'actor_id'])
      .where('patient_id', '=', patientId)
      .where('action', '=', 'patient.open')
      .execute()
    expect(audit).toContainEqual({ action: 'patient.open', actor_id: doctor.staffId })
  })

  test('completeness is the same whichever way it is asked, and says where to fill', async () => {
    const shown = await doctor.call(getOverview, { params: { patientId } })
    const asked = await doctor.call(getCompleteness, { params: { patientId } })
    expect(asked).toEqual(shown.completeness)
    expect(asked.sections.filter(({ done }) => !done).map(({ key }) => key)).toEqual(
      expect.arrayContaining(['procedure', 'lifestyle']),
    )
    const many = await house.write((ctx) => completenessOfPatients(ctx, [patientId]))
    expect(many.get(patientId)).toEqual(asked)
  })

  test('reads alike for somebody with hundreds of values', async () => {
    const measured = await house.write(async (ctx) => {
      const id = await aPatient(ctx, { birthDate: '1960-05-01' })
      await assignCarers(ctx, id, { doctorId: doctor.staffId } as never)
      return id
    })
    const daily = (from: number, days: number) =>
      house.write((ctx) =>
        recordObservations(
          ctx,
          Array.from({ length: days }, (_, day) =>
            ['sbp', 'dbp'].map((code) => ({
              id: ctx.ids.next(),
              patientId: measured,
              code,
              effectiveAt: new Date(Date.UTC(2025, 0, 1 + from + day)),
              value: (code === 'sbp' ? 150 : 95) + ((from + day) % 7),
              unit: 'mm[Hg]',
              flag: 'H' as const,
              source: 'device',
            })),
          ).flat(),
        ),
      )
    await daily(0, 40)
    const few = await doctor.call(getOverview, { params: { patientId: measured } })
    await daily(-200, 200)
    const many = await doctor.call(getOverview, { params: { patientId: measured } })
    expect(few.indicators.map(({ code }) => code)).toEqual(['sbp'])
    expect(many.indicators).toEqual(few.indicators)
    expect(many.completeness).toEqual(few.completeness)
  })

  test('somebody of whom nothing is known', async () => {
    const id = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      await assignCarers(ctx, id, { doctorId: doctor.staffId } as never)
      return id
    })
    expect(await doctor.call(getOverview, { params: { patientId: id } })).toMatchObject({
      reports: [],
      indicators: [],
      allergies: [],
      noKnownAllergy: false,
    })
    expect(await doctor.call(recordTimeline, { params: { patientId: id } })).toEqual({ rows: [], next: null })
    expect((await doctor.call(listIndicators, { params: { patientId: id } })).panels).toEqual([])
    expect(
      (await doctor.call(getCourses, { params: { patientId: id }, query: { panel: 'lipid' } })).indicators,
    ).toEqual([])
  })
})

describe('S0-9: the course over the years', () => {
  test('own interval per point, slope from three points on, first abnormal, our interval, events', async () => {
    const { indicators, events } = await doctor.call(getCourses, { params: { patientId }, query: { panel: 'lipid' } })
    const ldl = indicators.find(({ code }) => code === 'ldl')!
    expect(ldl.series).toHaveLength(1)
    expect(ldl.series[0]!.points.map(({ value, high, flag, reportId }) => [value, high, flag, reportId])).toEqual([
      [3, 3.4, 'N', reportIds[0]],
      [3.4, 3.4, 'N', reportIds[1]],
      [3.8, 3.4, 'H', reportIds[2]],
      [4.2, 3.4, 'H', reportIds[3]],
    ])
    expect(ldl.series[0]!.slopePerYear!.slope).toBeCloseTo(0.4, 2)
    expect(ldl.firstAbnormalOn).toBe('2024-06-10')
    expect(events.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'condition 原发性高血压',
      'medication 氨氯地平',
      'encounter 心内科住院',
    ])
  })

  test('different methods are not joined', async () => {
    const id = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      await assignCarers(ctx, id, { doctorId: doctor.staffId } as never)
      const of = (year: number, method: string) =>
        aReport(ctx, id, { effectiveAt: new Date(`${year}-01-05T01:00:00Z`) }, [
          { code: 'afp', value: year - 2018, unit: 'ng/mL', method },
        ])
      await recordReports(ctx, [
        of(2020, '化学发光'),
        of(2021, '化学发光'),
        of(2022, '化学发光'),
        of(2023, '电化学发光'),
      ])
      return id
    })
    const { indicators } = await doctor.call(getCourses, { params: { patientId: id }, query: { codes: 'afp' } })
    expect(
      indicators[0]!.series.map(({ method, points, slopePerYear }) => [method, points.length, slopePerYear === null]),
    ).toEqual([
      ['化学发光', 3, false],
      ['电化学发光', 1, true],
    ])
  })

  test("all indicators by panel; a laboratory's own item keeps its name", async () => {
    const { panels } = await doctor.call(listIndicators, { params: { patientId } })
    expect(panels.map(({ code }) => code)).toEqual(['vitals', 'lipid', 'other'])
    const ldl = panels[1]!.indicators.find(({ code }) => code === 'ldl')!
    expect(ldl.points.map(([day, value, flag]) => [day, value, flag])).toEqual([
      ['2022-06-10', 3, 'N'],
      ['2023-06-10', 3.4, 'N'],
      ['2024-06-10', 3.8, 'H'],
      ['2025-06-10', 4.2, 'H'],
    ])
    expect(ldl).toMatchObject({ count: 4, firstAbnormalOn: '2024-06-10', course: '记录还少，看不出走向。' })
    expect(panels[2]!.indicators[0]!.name).toBe('某新项目')
  })

  test('any reports side by side', async () => {
    const { reports, rows } = await doctor.call(compareReports, {
      params: { patientId },
      query: { reports: [reportIds[3], reportIds[0]].join(',') },
    })
    expect(reports.map(({ id }) => id)).toEqual([reportIds[0], reportIds[3]])
    expect(rows.find(({ code }) => code === 'ldl')!.cells.map((cell) => cell?.value)).toEqual([3, 4.2])
    expect((await doctor.try(compareReports, { params: { patientId }, query: { reports: 'x' } })).code).toBe(
      'ReportUnknown',
    )
  })
})

describe('reports', () => {
  test('newest first, page by page', async () => {
    const first = await doctor.call(listReports, { params: { patientId }, query: { limit: 3 } })
    expect(first.rows.map(({ title }) => title)).toEqual(['2025 年体检', '2024 年体检', '2023 年体检'])
    const rest = await doctor.call(listReports, { params: { patientId }, query: { limit: 3, cursor: first.next! } })
    expect([rest.rows.map(({ title }) => title), rest.next]).toEqual([['2022 年体检'], null])
  })

  test('one report with the value before; a former version is reachable with what it said', async () => {
    const file = (ldl: number, status: 'final' | 'corrected') =>
      house.write((ctx) =>
        recordReports(ctx, [
          aReport(ctx, patientId, { sourceReportId: 'v', status, effectiveAt: new Date('2026-01-05T01:00:00Z') }, [
            { code: 'ldl', value: ldl, unit: 'mmol/L', original: { value: '162', unit: 'mg/dL' } },
          ]),
        ]),
      )
    const [first] = await file(4.2, 'final')
    const [second] = await file(4.19, 'corrected')
    const shown = await doctor.call(getReport, { params: { patientId, reportId: second!.reportId as Id<'report'> } })
    expect(shown.versions).toMatchObject([
      { version: 2, standing: true },
      { version: 1, standing: false },
    ])
    expect(shown.panels[0]!.items[0]).toMatchObject({
      value: 4.19,
      original: { value: '162', unit: 'mg/dL' },
      before: { value: 4.2, at: '2025-06-10T01:00:00.000Z' },
    })
    const former = await doctor.call(getReport, { params: { patientId, reportId: first!.reportId as Id<'report'> } })
    expect(former.report.ended).toMatchObject({ because: 'report-corrected', replacedBy: second!.reportId })
    expect(former.panels[0]!.items).toMatchObject([{ value: 4.2 }])
    expect((await doctor.try(getReport, { params: { patientId, reportId: patientId as never } })).code).toBe(
      'ReportUnknown',
    )
  })
})

describe('the timeline', () => {
  test('everything in order, a day of readings as one entry, page by page without loss or doubling', async () => {
    const all = await doctor.call(recordTimeline, { params: { patientId }, query: { limit: 100 } })
    const kinds = all.rows.map(({ kind }) => kind)
    expect(all.rows.map(({ at }) => at)).toEqual(
      all.rows
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    expect(kinds.filter((kind) => kind === 'observation-day')).toHaveLength(2)
    const day = all.rows.filter(({ kind }) => kind === 'observation-day')[1]!
    expect(day).toMatchObject({ lineCount: 4, at: '2026-02-10T12:00:00.000Z' })
    expect(day.lines[0]).toMatchObject({ value: '91', unit: 'mmHg', flag: 'H' })
    for (const limit of [1, 2, 3]) {
      const seen: string[] = []
      for (let cursor: string | undefined; ;) {
        const page = await doctor.call(recordTimeline, { params: { patientId }, query: { limit, cursor } })
        seen.push(...page.rows.map(({ id }) => id))
        if (!page.next) break
        cursor = page.next
      }
      expect(seen, `pages of ${limit}`).toEqual(all.rows.map(({ id }) => id))
    }
  })

  test('a cursor that is none is refused', async () => {
    expect((await doctor.try(recordTimeline, { params: { patientId }, query: { cursor: 'x' } })).status).toBe(400)
  })

  test('only some kinds', async () => {
    const { rows } = await doctor.call(recordTimeline, {
      params: { patientId },
      query: { kinds: 'condition,encounter' },
    })
    expect(rows.map(({ kind, title, dateOnly, code }) => [kind, title, dateOnly, code])).toEqual([
      ['encounter', '心内科住院', false, 'inpatient'],
      ['condition', '原发性高血压', true, ''],
    ])
  })
})

describe('who may see it', () => {
  const endpoints: [Endpoint, object][] = [
    [getOverview, {}],
    [getCompleteness, {}],
    [recordTimeline, {}],
    [listIndicators, {}],
    [getCourses, { panel: 'lipid' }],
    [compareReports, { reports: 'x' }],
    [listReports, {}],
    [getReport, {}],
    [listFacts, {}],
  ]
  const statuses = (caller: Caller, id: string) =>
    Promise.all(
      endpoints.map(
        async ([endpoint, query]) =>
          (await caller.try(endpoint, { params: { patientId: id, reportId: reportIds[0] }, query } as never)).status,
      ),
    )

  test.each<Role>([
    'sales-manager',
    'front-desk',
    'counsellor',
    'desk-agent',
    'content-editor',
    'quality-lead',
    'corporate-hr',
    'system-administrator',
    'security-administrator',
    'audit-administrator',
  ])('%s sees no result whatever', async (role) => {
    const caller = await house.as(role)
    expect(new Set(await statuses(caller, patientId))).toEqual(new Set([403]))
  })

  test('a counsellor of the patient sees no result either', async () => {
    const counsellor = await house.as('counsellor')
    await house.write((ctx) => assignCarers(ctx, patientId, { counsellorId: counsellor.staffId } as never))
    expect(new Set(await statuses(counsellor, patientId))).toEqual(new Set([403]))
  })

  test('another physician, another manager and another organization find nobody', async () => {
    const elsewhere = await house.anOrganization()
    for (const caller of [
      await house.as('physician'),
      await house.as('service-manager'),
      await house.as('physician', { tenant: elsewhere }),
    ])
      expect(new Set(await statuses(caller, patientId))).toEqual(new Set([404]))
    expect(new Set(await statuses(nobody(house), patientId))).toEqual(new Set([401]))
  })

  test('a denied look leaves a trace', async () => {
    const caller = await house.as('sales-manager')
    await caller.try(getOverview, { params: { patientId } })
    const audit = await db()
      .selectFrom('audit_entry')
      .select(['outcome', 'action'])
      .where('actor_id', '=', caller.staffId)
      .execute()
    expect(audit).toEqual([{ outcome: 'denied', action: 'patient.open' }])
  })
})
