import { sql } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import type { FACT_KINDS, FactKind, FactRowOf } from './facts/kind.ts'
import type { ObservationRow } from './read-observation.ts'
import { isAbnormal } from './store-overview.ts'
import type { ReportTable } from './table.ts'

export type ReportRow = Omit<ReportTable, 'performer' | 'version' | 'fingerprint'> & {
  performer: string
  version: number
}

/** All values of the codes, those that ended among them, newest first, at most `limit` of each code. */
export async function findValues(
  db: Db,
  organizationId: string,
  patientId: string,
  codes: readonly string[],
  limit: number,
): Promise<ObservationRow[]> {
  if (codes.length === 0) return []
  const { rows } = await sql<ObservationRow>`
    select o.* from unnest(${[...codes]}::text[]) c (code) cross join lateral (
      select * from observation where organization_id = ${organizationId} and patient_id = ${patientId} and code = c.code
      order by effective_at desc, id desc limit ${limit}) o`.execute(db)
  return rows
}

export async function findValue(
  db: Db,
  organizationId: string,
  patientId: string,
  id: string,
): Promise<ObservationRow | undefined> {
  return db
    .selectFrom('observation')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The values of reports, those that ended among them. */
export async function findValuesOfReports(
  db: Db,
  organizationId: string,
  patientId: string,
  reportIds: readonly string[],
): Promise<ObservationRow[]> {
  const { rows } = await sql<ObservationRow>`
    select * from observation where organization_id = ${organizationId} and report_id = any(${[...reportIds]}::uuid[]) and patient_id = ${patientId}
    order by code, effective_at, id`.execute(db)
  return rows
}

/** The value before an instant of each code: what a report is compared with. */
export async function findValuesBefore(
  db: Db,
  organizationId: string,
  patientId: string,
  codes: readonly string[],
  before: Date,
  exceptReport: string,
): Promise<ObservationRow[]> {
  const { rows } = await sql<ObservationRow>`
    select o.* from unnest(${[...codes]}::text[]) c (code) cross join lateral (
      select * from observation where organization_id = ${organizationId} and patient_id = ${patientId} and code = c.code and superseded_by is null
        and effective_at < ${before} and report_id is distinct from ${exceptReport} order by effective_at desc, id desc limit 1) o`.execute(
    db,
  )
  return rows
}

const REPORT =
  sql.raw(`r.organization_id, r.id, r.patient_id, r.category, r.title, r.status, r.source_system, r.source_report_id, r.effective_at, r.issued_at,
  r.performer, r.finding, r.impression, r.intake_id, r.version, r.recorded_at, r.superseded_by, r.superseded_at, r.superseded_author_id, r.superseded_because`)

/** Standing reports, newest first, each with how many items it has and how many are abnormal. */
export async function findReports(
  db: Db,
  organizationId: string,
  patientId: string,
  options: { category?: string; before?: { at: string; id: string }; limit: number },
): Promise<(ReportRow & { items: number; abnormal_count: number })[]> {
  const { category, before, limit } = options
  const { rows } = await sql<ReportRow & { items: number; abnormal_count: number }>`
    select ${REPORT}, i.items, i.abnormal_count
    from (select * from report r where r.organization_id = ${organizationId} and r.patient_id = ${patientId} and r.superseded_by is null
        ${category ? sql`and r.category = ${category}` : sql``}
        ${before ? sql`and (r.effective_at, r.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
      order by r.effective_at desc, r.id desc limit ${limit}) r
    cross join lateral (
      select count(*)::int items, (count(*) filter (where ${isAbnormal}))::int abnormal_count from observation o
      where o.organization_id = r.organization_id and o.report_id = r.id and o.superseded_by is null) i
    order by r.effective_at desc, r.id desc`.execute(db)
  return rows
}

export async function findReportsById(
  db: Db,
  organizationId: string,
  patientId: string,
  ids: readonly string[],
): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select ${REPORT} from report r where r.organization_id = ${organizationId} and r.patient_id = ${patientId} and r.id = any(${[...ids]}::uuid[])`.execute(
    db,
  )
  return rows
}

/** All versions of a report that this patient's record has, newest first. */
export async function findVersions(
  db: Db,
  organizationId: string,
  patientId: string,
  report: Pick<ReportRow, 'source_system' | 'source_report_id'>,
): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select ${REPORT} from report r where r.organization_id = ${organizationId} and r.patient_id = ${patientId}
      and r.source_system = ${report.source_system} and r.source_report_id = ${report.source_report_id} order by r.version desc`.execute(
    db,
  )
  return rows
}

/** Facts of one kind, newest first, those that ended among them. */
export async function findFacts<K extends FactKind>(
  db: Db,
  organizationId: string,
  patientId: string,
  kind: K,
  kinds: typeof FACT_KINDS,
): Promise<FactRowOf[K][]> {
  const { rows } = await sql<FactRowOf[K]>`
    select * from ${sql.table(kinds[kind].table)} where organization_id = ${organizationId} and patient_id = ${patientId}
    order by superseded_by is not null, recorded_at desc, id desc limit 500`.execute(db)
  return rows
}

/** Standing values that were worked out from this one. */
export async function findDerived(
  db: Db,
  organizationId: string,
  patientId: string,
  id: string,
): Promise<ObservationRow[]> {
  const { rows } = await sql<ObservationRow>`
    select * from observation where organization_id = ${organizationId} and patient_id = ${patientId} and code = 'bmi' and superseded_by is null
      and original->'derivedFrom' ? ${id}`.execute(db)
  return rows
}
