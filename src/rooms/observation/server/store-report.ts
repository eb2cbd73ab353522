import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
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
  status: string
}

/** The standing reports of these sources, locked in the order of their keys. */
export async function lockCurrentReports(
  tx: Transaction,
  organizationId: string,
  keys: readonly { sourceSystem: string; sourceReportId: string }[],
): Promise<CurrentReport[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<CurrentReport>`
    select id, patient_id, r.source_system, r.source_report_id, fingerprint, version, status
    from report r
    join unnest(${keys.map((k) => k.sourceSystem)}::text[], ${keys.map((k) => k.sourceReportId)}::text[]) k (source_system, source_report_id)
      on k.source_system = r.source_system and k.source_report_id = r.source_report_id
    where r.organization_id = ${organizationId} and r.superseded_by is null
    order by r.source_system, r.source_report_id for update of r`.execute(tx)
  return rows
}

export async function supersedeReports(
  tx: Transaction,
  organizationId: string,
  replaced: readonly { oldId: string; newId: string }[],
): Promise<void> {
  if (replaced.length === 0) return
  await sql`
    update report o set superseded_by = r.new_id
    from unnest(${replaced.map((r) => r.oldId)}::uuid[], ${replaced.map((r) => r.newId)}::uuid[]) r (old_id, new_id)
    where o.organization_id = ${organizationId} and o.id = r.old_id and o.superseded_by is null`.execute(tx)
}

/** Adds reports. @returns the ids that were added; one that another transaction has just stored is not among them */
export async function insertReports(
  tx: Transaction,
  organizationId: string,
  reports: readonly (NewReport & { version: number })[],
  recordedAt: Date,
): Promise<Set<string>> {
  if (reports.length === 0) return new Set()
  const rows = await tx
    .insertInto('report')
    .values(
      reports.map((report) => ({
        organization_id: organizationId,
        id: report.id,
        patient_id: report.patientId,
        category: report.category,
        title: report.title,
        status: report.status,
        source_system: report.sourceSystem,
        source_report_id: report.sourceReportId,
        fingerprint: report.fingerprint,
        effective_at: report.effectiveAt,
        issued_at: report.issuedAt ?? null,
        performer: report.performer ?? '',
        finding: report.finding ?? null,
        impression: report.impression ?? null,
        intake_id: report.intakeId ?? null,
        version: report.version,
        superseded_by: null,
        recorded_at: recordedAt,
      })),
    )
    .onConflict((c) => c.columns(['organization_id', 'source_system', 'source_report_id']).where('superseded_by', 'is', null).doNothing())
    .returning('id')
    .execute()
  return new Set(rows.map((row) => row.id))
}
