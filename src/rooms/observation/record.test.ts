import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { aPatient, aReport } from './sample-record.ts'
import { latestOf, newestReports, recordObservations, recordReports, seriesOf } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const reading = () => ({ db: db(), organizationId: house.tenant.id })

async function observationsOf(patientId: string) {
  return db()
    .selectFrom('observation')
    .selectAll()
    .where('organization_id', '=', house.tenant.id)
    .where('patient_id', '=', patientId)
    .execute()
}

async function dueOf(patientId: string) {
  return (await db().selectFrom('agenda').select('due_at').where('patient_id', '=', patientId).executeTakeFirst())
    ?.due_at
}

describe('filing reports', () => {
  test('a new report is stored with its observations and wakes the patient', async () => {
    const [patientId, outcomes] = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      const values = [
        {
          code: 'fpg',
          value: 7.2,
          unit: 'mmol/L',
          low: 3.9,
          high: 6.1,
          flag: 'H' as const,
          original: { value: 129.6, unit: 'mg/dL' },
        },
        { code: 'u_pro', valueText: '1+', flag: 'A' as const },
      ]
      return [
        id,
        await recordReports(ctx, [aReport(ctx, id, { issuedAt: ctx.clock.now(), impression: '血糖偏高' }, values)]),
      ] as const
    })
    expect(outcomes).toMatchObject([{ outcome: 'stored', patientId }])
    const rows = await observationsOf(patientId)
    expect(rows).toHaveLength(2)
    expect(rows.find((row) => row.code === 'fpg')).toMatchObject({
      value: 7.2,
      flag: 'H',
      low: 3.9,
      original: { value: 129.6, unit: 'mg/dL' },
      report_id: outcomes[0]!.reportId,
    })
    expect(await dueOf(patientId)).toEqual(house.clock.now())
    expect(await newestReports(reading(), patientId)).toMatchObject([{ title: '生化检查', impression: '血糖偏高' }])
  })

  test('the same content again is a duplicate and changes nothing', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const file = () => house.write((ctx) => recordReports(ctx, [aReport(ctx, patientId, { sourceReportId: 'twice' })]))
    const [first] = await file()
    const [second] = await file()
    expect(second).toEqual({ outcome: 'duplicate', reportId: first!.reportId, patientId })
    expect(await observationsOf(patientId)).toHaveLength(1)
  })

  test('a corrected report supersedes the former one, which stays with all its values', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const file = (value: number, status: 'final' | 'corrected') =>
      house.write((ctx) =>
        recordReports(ctx, [aReport(ctx, patientId, { sourceReportId: 'mended', status }, [{ code: 'fpg', value }])]),
      )
    const [first] = await file(11.2, 'final')
    const [second] = await file(5.2, 'corrected')
    expect(second).toMatchObject({ outcome: 'superseded', replacedId: first!.reportId })
    const rows = await observationsOf(patientId)
    expect(
      rows
        .map((row) => [row.value, row.superseded_by, row.superseded_because])
        .toSorted((a, b) => Number(b[0]) - Number(a[0])),
    ).toEqual([
      [11.2, second!.reportId, 'report-corrected'],
      [5.2, null, null],
    ])
    const versions = await db()
      .selectFrom('report')
      .select(['version', 'superseded_by'])
      .where('source_report_id', '=', 'mended')
      .orderBy('version')
      .execute()
    expect(versions).toEqual([
      { version: 1, superseded_by: second!.reportId },
      { version: 2, superseded_by: null },
    ])
  })

  test.each([
    [
      'a preliminary one after the final one',
      { status: 'final' as const },
      { status: 'preliminary' as const },
      'outdated',
    ],
    [
      'one issued before the standing one',
      { issuedAt: new Date('2026-03-02T01:00:00Z') },
      { issuedAt: new Date('2026-03-01T01:00:00Z') },
      'outdated',
    ],
    [
      'the final one after the preliminary one',
      { status: 'preliminary' as const },
      { status: 'final' as const },
      'superseded',
    ],
    ['a cancellation', { status: 'final' as const }, { status: 'cancelled' as const }, 'superseded'],
  ])('%s', async (name, first, second, outcome) => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    await house.write((ctx) => recordReports(ctx, [aReport(ctx, patientId, { sourceReportId: name, ...first })]))
    const [answer] = await house.write((ctx) =>
      recordReports(ctx, [aReport(ctx, patientId, { sourceReportId: name, ...second })]),
    )
    expect(answer!.outcome).toBe(outcome)
    const standing = (await observationsOf(patientId)).filter((row) => row.superseded_by === null)
    expect(standing).toHaveLength('status' in second && second.status === 'cancelled' ? 0 : 1)
  })

  test('a former version that is sent again does not undo its correction', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const file = (value: number) =>
      house.write((ctx) =>
        recordReports(ctx, [aReport(ctx, patientId, { sourceReportId: 'resent' }, [{ code: 'fpg', value }])]),
      )
    const outcomes = [await file(11), await file(5), await file(11), await file(5)].map(([one]) => one!.outcome)
    expect(outcomes).toEqual(['stored', 'superseded', 'outdated', 'duplicate'])
    expect((await latestOf(reading(), patientId, ['fpg'])).get('fpg')?.value).toBe(5)
  })

  test('one batch may hold the same report twice and its correction', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const outcomes = await house.write((ctx) => {
      const of = (value: number) => aReport(ctx, patientId, { sourceReportId: 'in-batch' }, [{ code: 'fpg', value }])
      return recordReports(ctx, [of(5), of(5), of(6)])
    })
    expect(outcomes.map((one) => one.outcome)).toEqual(['stored', 'duplicate', 'superseded'])
    expect((await latestOf(reading(), patientId, ['fpg'])).get('fpg')?.value).toBe(6)
  })

  test('the same report from ten connections at once is stored once; ten corrections stand in one line', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const file = (value: number) =>
      house.write((ctx) =>
        recordReports(ctx, [aReport(ctx, patientId, { sourceReportId: 'race' }, [{ code: 'tc', value }])]),
      )
    const same = (await Promise.all(Array.from({ length: 10 }, () => file(5)))).map(([one]) => one!.outcome)
    expect(same.filter((outcome) => outcome === 'stored')).toHaveLength(1)
    expect(same.filter((outcome) => outcome === 'duplicate')).toHaveLength(9)
    const corrected = (await Promise.all(Array.from({ length: 10 }, (_, i) => file(6 + i)))).map(
      ([one]) => one!.outcome,
    )
    expect(new Set(corrected)).toEqual(new Set(['superseded']))
    const versions = await db()
      .selectFrom('report')
      .select('version')
      .where('source_report_id', '=', 'race')
      .orderBy('version')
      .execute()
    expect(versions.map((row) => row.version)).toEqual(Array.from({ length: 11 }, (_, i) => i + 1))
    expect((await observationsOf(patientId)).filter((row) => row.superseded_by === null)).toHaveLength(1)
  })

  test('of thirty corrections at once none gives up, alone or in batches that name them in any order', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const ids = ['line-1', 'line-2', 'line-3']
    const file = (value: number, names: readonly string[]) =>
      house.write((ctx) =>
        recordReports(
          ctx,
          names.map((sourceReportId) => aReport(ctx, patientId, { sourceReportId }, [{ code: 'tc', value }])),
        ),
      )
    await file(5, ids)
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => file(6 + i, i % 2 === 0 ? ids : ids.toReversed())),
    )
    expect(new Set(answers.flat().map((one) => one.outcome))).toEqual(new Set(['superseded']))
    expect((await observationsOf(patientId)).filter((row) => row.superseded_by === null)).toHaveLength(3)
    expect((await observationsOf(patientId)).length).toBe(93)
  })

  test('a correction that names another person wakes both', async () => {
    const [wrong, right] = await house.write(async (ctx) => [await aPatient(ctx), await aPatient(ctx)] as const)
    await house.write((ctx) => recordReports(ctx, [aReport(ctx, wrong, { sourceReportId: 'moved' })]))
    await db().updateTable('agenda').set({ due_at: null }).where('patient_id', 'in', [wrong, right]).execute()
    const [answer] = await house.write((ctx) => recordReports(ctx, [aReport(ctx, right, { sourceReportId: 'moved' })]))
    expect(answer).toMatchObject({ outcome: 'superseded', patientId: right })
    expect((await observationsOf(wrong)).every((row) => row.superseded_by !== null)).toBe(true)
    expect([await dueOf(wrong), await dueOf(right)]).toEqual([house.clock.now(), house.clock.now()])
  })

  test('300 reports of 20 values in one go', async () => {
    const codes = [
      'fpg',
      'tc',
      'tg',
      'hdl',
      'ldl',
      'alt',
      'ast',
      'ggt',
      'urea',
      'crea',
      'ua',
      'wbc',
      'rbc',
      'hgb',
      'plt',
      'sbp',
      'dbp',
      'hr',
      'height',
      'weight',
    ]
    const patients = await house.write(async (ctx) => {
      const ids: string[] = []
      for (let i = 0; i < 30; i++) ids.push(await aPatient(ctx))
      return ids
    })
    const outcomes = await house.write((ctx) =>
      recordReports(
        ctx,
        Array.from({ length: 300 }, (_, i) =>
          aReport(
            ctx,
            patients[i % 30]!,
            {},
            codes.map((code) => ({ code, value: i })),
          ),
        ),
      ),
    )
    expect(outcomes.every((one) => one.outcome === 'stored')).toBe(true)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int n from observation where patient_id = any(${patients}::uuid[])`.execute(db())
    expect(rows[0]!.n).toBe(6000)
  })

  test('a report of nobody is a fault, and nothing is stored', async () => {
    await expect(
      house.write((ctx) => recordReports(ctx, [aReport(ctx, ctx.ids.next(), { sourceReportId: 'nobody' })])),
    ).rejects.toThrow('does not exist')
    expect(await db().selectFrom('report').select('id').where('source_report_id', '=', 'nobody').execute()).toEqual([])
  })
})

describe('observations without a report', () => {
  test('a series is oldest first, the latest of each code is the latest; ended ones are in neither', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const at = (day: number) => new Date(`2026-02-${String(day).padStart(2, '0')}T01:00:00Z`)
    await house.write((ctx) =>
      recordObservations(
        ctx,
        [3, 1, 2].map((day) => ({
          id: ctx.ids.next(),
          patientId,
          code: 'sbp',
          effectiveAt: at(day),
          value: 120 + day,
          unit: 'mm[Hg]',
          source: 'device',
        })),
      ),
    )
    const series = await seriesOf(reading(), patientId, ['sbp', 'dbp'])
    expect([...series.keys()]).toEqual(['sbp'])
    expect(series.get('sbp')!.map((row) => row.value)).toEqual([121, 122, 123])
    expect((await seriesOf(reading(), patientId, ['sbp'], { limit: 2 })).get('sbp')!.map((row) => row.value)).toEqual([
      122, 123,
    ])
    expect((await latestOf(reading(), patientId, ['sbp'])).get('sbp')).toMatchObject({ value: 123, source: 'device' })
  })

  test('the same id again is left as it is', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const row = {
      id: house.house.ids.next(),
      patientId,
      code: 'sbp',
      effectiveAt: house.clock.now(),
      value: 130,
      source: 'device',
    }
    await house.write((ctx) => recordObservations(ctx, [row]))
    await house.write((ctx) => recordObservations(ctx, [row]))
    expect(await observationsOf(patientId)).toHaveLength(1)
  })
})
