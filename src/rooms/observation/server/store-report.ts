import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import { OBSERVATION_FIELDS, OBSERVATION_VALUES, type NewObservation } from './store-observation.ts'
import type { ReportCategory } from './table.ts'

export interface NewReport {
  id: string
  patientId: string
  category: ReportCategory
  title: string
  status: 'preliminary' | 'final' | 'corrected' | 'cancelled'
  sourceSystem: string
  sourceReportId: string
  /** Hash of the content: the same report sent again has the same one. */
  fingerprint: Buffer
  effectiveAt: Date
  issuedAt?: Date | null
  performer?: string
  finding?: string | null
  impression?: string | null
  intakeId?: string | null
}

export interface CurrentReport {
  id: string
  patient_id: string
  source_system: string
  source_report_id: string
  fingerprint: Buffer
  version: number
  status: NewReport['status']
  issued_at: Date | null
  /** Whose record the report that asks belongs into. */
  asked_owner_id: string
}

/** Of the places where corrections stand in line: few enough that the largest batch fits the server's table of locks. */
const LINES = 1024

/**
 * Makes whoever replaces reports of these sources wait for one another until the transaction's end. A lock on the
 * standing row does not do it: of ten who wait for that row one replaces it, and the others find it gone and start
 * again, the unluckiest nine times. Always in the same order, and two sources may share a line.
 */
export async function standInLine(
  tx: Transaction,
  organizationId: string,
  keys: readonly { sourceSystem: string; sourceReportId: string }[],
): Promise<void> {
  if (keys.length === 0) return
  await sql`
    select pg_advisory_xact_lock(4145, line) from (
      select distinct abs(hashtext(${organizationId} || chr(1) || k.system || chr(1) || k.id) % ${LINES}::int) line
      from unnest(${keys.map((k) => k.sourceSystem)}::text[], ${keys.map((k) => k.sourceReportId)}::text[]) k (system, id)
      order by line offset 0) ordered`.execute(tx)
}

/** The standing reports of these reports' sources, locked in the order of their keys. */
export async function lockCurrentReports(
  tx: Transaction,
  organizationId: string,
  keys: readonly { sourceSystem: string; sourceReportId: string; patientId: string }[],
): Promise<CurrentReport[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<CurrentReport>`
    select r.id, r.patient_id, r.source_system, r.source_report_id, fingerprint, version, status, issued_at,
      record_owner(${organizationId}::uuid, k.patient_id) asked_owner_id
    from report r
    join unnest(${keys.map((k) => k.sourceSystem)}::text[], ${keys.map((k) => k.sourceReportId)}::text[], ${keys.map((k) => k.patientId)}::uuid[])
      k (source_system, source_report_id, patient_id)
      on k.source_system = r.source_system and k.source_report_id = r.source_report_id
    where r.organization_id = ${organizationId} and r.superseded_by is null
    order by r.source_system, r.source_report_id for update of r`.execute(tx)
  return rows
}

/** Which of these were a version of their report that has been replaced since, as `system NUL id NUL fingerprint in hex`. */
export async function formerVersions(
  tx: Transaction,
  organizationId: string,
  reports: readonly Pick<NewReport, 'sourceSystem' | 'sourceReportId' | 'fingerprint'>[],
): Promise<Set<string>> {
  if (reports.length === 0) return new Set()
  const { rows } = await sql<CurrentReport>`
    select r.source_system, r.source_report_id, r.fingerprint from report r
    join unnest(${reports.map((k) => k.sourceSystem)}::text[], ${reports.map((k) => k.sourceReportId)}::text[], ${reports.map((k) => k.fingerprint)}::bytea[])
      k (source_system, source_report_id, fingerprint)
      on k.source_system = r.source_system and k.source_report_id = r.source_report_id and k.fingerprint = r.fingerprint
    where r.organization_id = ${organizationId} and r.superseded_by is not null and r.superseded_by <> r.id`.execute(tx)
  return new Set(rows.map((r) => `${r.source_system}\0${r.source_report_id}\0${r.fingerprint.toString('hex')}`))
}

/** Marks reports and all that they said as replaced. `because` is a code that pages translate. */
export async function supersedeReports(
  tx: Transaction,
  organizationId: string,
  replaced: readonly { oldId: string; newId: string }[],
  at: Date,
): Promise<void> {
  if (replaced.length === 0) return
  const pairs = sql`unnest(${replaced.map((r) => r.oldId)}::uuid[], ${replaced.map((r) => r.newId)}::uuid[]) r (old_id, new_id)`
  await sql`
    with report_done as (
      update report o set superseded_by = r.new_id, superseded_at = ${at}, superseded_because = 'report-corrected' from ${pairs}
      where o.organization_id = ${organizationId} and o.id = r.old_id and o.superseded_by is null)
    update observation o set superseded_by = r.new_id, superseded_at = ${at}, superseded_because = 'report-corrected' from ${pairs}
    where o.organization_id = ${organizationId} and o.report_id = r.old_id and o.superseded_by is null`.execute(tx)
}

/**
 * Files reports with their observations in one statement: at 400 reports a second each round trip counts. The rows
 * travel as JSON text, which is cheaper to make and to send than forty arrays. Patients' rows are share-locked, as the
 * foreign key does anyway, so that a merge waits and then finds the rows; a report for somebody who was merged away
 * goes to whom they were merged into.
 * @returns id → patient of the reports that were filed; one whose source has a standing report is not among them
 */
export async function fileReports(
  tx: Transaction,
  organizationId: string,
  reports: readonly (NewReport & { version: number })[],
  observations: readonly Omit<NewObservation, 'patientId'>[],
  recordedAt: Date,
): Promise<Map<string, string>> {
  if (reports.length === 0) return new Map()
  const sent = JSON.stringify(reports.map((report) => ({ ...report, fingerprint: report.fingerprint.toString('hex') })))
  const { rows } = await sql<{ id: string; patient_id: string }>`
    with sent as materialized (
      select * from json_to_recordset(${sent}::json) as r (id uuid, "patientId" uuid, category text, title text, status text,
        "sourceSystem" text, "sourceReportId" text, fingerprint text, "effectiveAt" timestamptz, "issuedAt" timestamptz,
        performer text, finding text, impression text, "intakeId" uuid, version int)
    ), person as materialized (
      select p.id, case when p.merged_into is null then p.id else record_owner(p.organization_id, p.id) end as owner_id
      from patient p where p.organization_id = ${organizationId} and p.id in (select "patientId" from sent)
      order by p.id for key share
    ), filed as (
      insert into report (organization_id, id, patient_id, category, title, status, source_system, source_report_id, fingerprint,
        effective_at, issued_at, performer, finding, impression, intake_id, version, recorded_at)
      select ${organizationId}::uuid, s.id, p.owner_id, category, title, status, "sourceSystem", "sourceReportId", decode(fingerprint, 'hex'),
        "effectiveAt", "issuedAt", coalesce(performer, ''), finding, impression, "intakeId", version, ${recordedAt}::timestamptz
      from sent s join person p on p.id = s."patientId"
      on conflict (organization_id, source_system, source_report_id) where superseded_by is null do nothing
      returning id, patient_id
    ), measured as (
      insert into observation (organization_id, patient_id, recorded_at, ${OBSERVATION_VALUES.into})
      select ${organizationId}::uuid, f.patient_id, ${recordedAt}::timestamptz, ${OBSERVATION_VALUES.from}
      from json_to_recordset(${JSON.stringify(observations)}::json) as o (${OBSERVATION_FIELDS}) join filed f on f.id = o."reportId"
    )
    select id, patient_id from filed`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.patient_id]))
}
