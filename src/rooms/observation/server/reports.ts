import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { recordProblem } from '../contract/problems.ts'
import type { getReport, listReports } from '../contract/reports.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { inOrder, panelNames, panelOf } from './name.ts'
import type { ObservationRow } from './read-observation.ts'
import {
  findReports,
  findReportsById,
  findValuesBefore,
  findValuesOfReports,
  findVersions,
  type ReportRow,
} from './store-read.ts'
import { endedView, iso, namesFor, valueView, type Names } from './view.ts'

const lineOf = (row: ReportRow) => ({
  id: row.id,
  title: row.title,
  category: row.category,
  status: row.status,
  at: iso(row.effective_at),
  issuedAt: row.issued_at ? iso(row.issued_at) : null,
  performer: row.performer,
  sourceSystem: row.source_system,
  version: row.version,
  impression: row.impression,
})

/** The reports that stand, newest first, by keyset. */
export async function listPatientReports(
  ctx: ReadContext,
  patientId: string,
  query: { cursor?: string; limit: number; category?: string },
): Promise<AnswerOf<typeof listReports>> {
  await requireVisible(ctx, patientId)
  const before = readCursor(query.cursor)
  const rows = await findReports(ctx.db, ctx.organizationId, patientId, {
    limit: query.limit + 1,
    ...(query.category ? { category: query.category } : {}),
    ...(before ? { before } : {}),
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({ ...lineOf(row), items: row.items, abnormalCount: row.abnormal_count })),
    next: rows.length > query.limit && last ? cursorOf(last.effective_at, last.id) : null,
    total: null,
  }
}

/** One report with its items; of a former version, the items it had. */
export async function showReport(
  ctx: ReadContext,
  patientId: string,
  reportId: string,
): Promise<AnswerOf<typeof getReport>> {
  await requireVisible(ctx, patientId)
  const [report] = await findReportsById(ctx.db, ctx.organizationId, patientId, [reportId])
  if (!report) throw recordProblem('ReportUnknown')
  const [values, versions] = await Promise.all([
    findValuesOfReports(ctx.db, ctx.organizationId, patientId, [reportId]),
    findVersions(ctx.db, ctx.organizationId, patientId, report),
  ])
  // What ended together with the report was what the report said; what ended before was mended by hand.
  const said = values.filter((row) => row.superseded_by === null || row.superseded_by === report.superseded_by)
  const before = await findValuesBefore(
    ctx.db,
    ctx.organizationId,
    patientId,
    said.map((row) => row.code),
    report.effective_at,
    report.id,
  )
  const names = await namesFor(ctx, [...values, { author_id: null, superseded_author_id: report.superseded_author_id }])
  return {
    report: {
      ...lineOf(report),
      finding: report.finding,
      sourceReportId: report.source_report_id,
      recordedAt: iso(report.recorded_at),
      ended: endedView(report, names),
    },
    panels: byPanel(said, new Map(before.map((row) => [row.code, row])), ctx, names),
    endedItems: values.filter((row) => !said.includes(row)).map((row) => valueView(row, ctx.locale, names)),
    versions: versions.map((row) => ({
      id: row.id,
      version: row.version,
      status: row.status,
      recordedAt: iso(row.recorded_at),
      standing: row.superseded_by === null,
    })),
    can: { write: ctx.actor.permissions.has('record.write') },
  }
}

function byPanel(
  values: readonly ObservationRow[],
  before: ReadonlyMap<string, ObservationRow>,
  ctx: ReadContext,
  names: Names,
): AnswerOf<typeof getReport>['panels'] {
  const groups = Map.groupBy(values, (row) => panelOf(row.code))
  return panelNames(ctx.locale).flatMap((panel) => {
    const rows = groups.get(panel.code)
    if (!rows) return []
    const items = rows.toSorted(inOrder).map((row) => {
      const former = before.get(row.code)
      return {
        ...valueView(row, ctx.locale, names),
        before: former ? { value: former.value, text: former.value_text, at: iso(former.effective_at) } : null,
      }
    })
    return [{ ...panel, items }]
  })
}
