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

/** The fields of an observation as they travel in JSON, for `json_to_recordset`; the patient comes from elsewhere. */
export const OBSERVATION_FIELDS =
  sql.raw(`id uuid, code text, "effectiveAt" timestamptz, value double precision, "valueText" text,
  comparator text, unit text, low double precision, high double precision, "rangeText" text, flag text, method text,
  original jsonb, "reportId" uuid, source text, "authorId" uuid`)

/** The same as columns to insert into, and as what is selected from the record set `o`. */
export const OBSERVATION_VALUES = {
  into: sql.raw(`id, code, effective_at, value, value_text, comparator, unit, low, high, range_text, flag, method, original,
    report_id, source, author_id`),
  from: sql.raw(`o.id, o.code, o."effectiveAt", o.value, o."valueText", o.comparator, o.unit, o.low, o.high, o."rangeText", o.flag, o.method,
    o.original, o."reportId", o.source, o."authorId"`),
}

/**
 * Adds observations, thousands in one statement. An id that is there already is left as it is; whoever was merged away
 * is followed to whom they were merged into.
 * @returns the patients whose records grew
 */
export async function insertObservations(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewObservation[],
  recordedAt: Date,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const inserted = await sql<{ patient_id: string }>`
    with sent as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as o ("patientId" uuid, ${OBSERVATION_FIELDS})
    ), person as materialized (
      select p.id, case when p.merged_into is null then p.id else record_owner(p.organization_id, p.id) end as owner_id
      from patient p where p.organization_id = ${organizationId} and p.id in (select "patientId" from sent)
      order by p.id for key share
    ), added as (
      insert into observation (organization_id, patient_id, recorded_at, ${OBSERVATION_VALUES.into})
      select ${organizationId}::uuid, p.owner_id, ${recordedAt}::timestamptz, ${OBSERVATION_VALUES.from}
      from sent o join person p on p.id = o."patientId"
      on conflict do nothing returning patient_id
    )
    select distinct patient_id from added`.execute(tx)
  return new Set(inserted.rows.map((row) => row.patient_id))
}
