import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import type { Flag } from './table.ts'

export interface NewObservation {
  id: string
  patientId: string
  /** A code of src/clinical, or `local:<system>|<code>`. */
  code: string
  effectiveAt: Date
  value?: number | null
  valueText?: string | null
  comparator?: '<' | '<=' | '>' | '>=' | null
  unit?: string | null
  low?: number | null
  high?: number | null
  rangeText?: string | null
  flag?: Flag | null
  method?: string | null
  /** What the laboratory sent where it differs from the columns: value, unit, code, name. */
  original?: Record<string, unknown> | null
  reportId?: string | null
  source: string
  authorId?: string | null
}

/**
 * Adds observations, thousands in one statement: one JSON text is cheaper to make and to send than twenty arrays.
 * An id that is there already is left as it is.
 */
export async function insertObservations(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewObservation[],
  recordedAt: Date,
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into observation (organization_id, patient_id, code, effective_at, id, value, value_text, comparator, unit, low, high,
      range_text, flag, method, original, report_id, source, author_id, recorded_at)
    select ${organizationId}, "patientId", code, "effectiveAt", id, value, "valueText", comparator, unit, low, high,
      "rangeText", flag, method, original, "reportId", source, "authorId", ${recordedAt}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      id uuid, "patientId" uuid, code text, "effectiveAt" timestamptz, value double precision, "valueText" text,
      comparator text, unit text, low double precision, high double precision, "rangeText" text, flag text, method text,
      original jsonb, "reportId" uuid, source text, "authorId" uuid)
    on conflict do nothing`.execute(tx)
}

/** Marks one fact as replaced. @returns false when it is not there or was replaced already */
export async function supersedeObservation(
  tx: Transaction,
  organizationId: string,
  old: { patientId: string; id: string },
  replacement: { id: string; because: string; at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable('observation')
    .set({ superseded_by: replacement.id, superseded_at: replacement.at, superseded_because: replacement.because })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', old.patientId)
    .where('id', '=', old.id)
    .where('superseded_by', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Marks all observations of reports that were replaced. */
export async function supersedeObservationsOfReports(
  tx: Transaction,
  organizationId: string,
  replaced: readonly { oldId: string; newId: string }[],
  at: Date,
): Promise<void> {
  if (replaced.length === 0) return
  await sql`
    update observation o set superseded_by = r.new_id, superseded_at = ${at}, superseded_because = 'corrected report'
    from unnest(${replaced.map((r) => r.oldId)}::uuid[], ${replaced.map((r) => r.newId)}::uuid[]) r (old_id, new_id)
    where o.organization_id = ${organizationId} and o.report_id = r.old_id and o.superseded_by is null`.execute(tx)
}
