import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { NewReport } from './store-report.ts'

/**
 * Which of these reports are there already with this very content, standing or replaced since; withdrawn ones are not.
 * Whoever hands reports in asks this before anything else: what is known needs no person and no codes.
 * @returns one answer per report, in the order given
 */
export async function knownReports(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  reports: readonly Pick<NewReport, 'sourceSystem' | 'sourceReportId' | 'fingerprint'>[],
): Promise<boolean[]> {
  if (reports.length === 0) return []
  const sent = sql`unnest(${reports.map((k) => k.sourceSystem)}::text[], ${reports.map((k) => k.sourceReportId)}::text[],
    ${reports.map((k) => k.fingerprint)}::bytea[]) with ordinality k (source_system, source_report_id, fingerprint, nth)`
  const same = sql`r.organization_id = ${organizationId} and r.source_system = k.source_system
    and r.source_report_id = k.source_report_id and r.fingerprint = k.fingerprint`
  // Two partial indexes, one for what stands and one for what was replaced.
  const { rows } = await sql<{ nth: number }>`
    select nth from ${sent} where exists (select from report r where ${same} and r.superseded_by is null)
      or exists (select from report r where ${same} and r.superseded_by is not null and r.superseded_by <> r.id)`.execute(
    db,
  )
  const known = new Set(rows.map((row) => row.nth))
  return reports.map((_report, index) => known.has(index + 1))
}
