import { sql } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import '../../observation/server/table.ts'

/** What can be asked of the record in words. */
export const RECORD_CODES = ['conditions', 'medications', 'allergies', 'procedures', 'family-history'] as const
export type RecordCode = (typeof RECORD_CODES)[number]

export interface RecordFact {
  about: RecordCode
  text: string | null
  /** Calendar date it was noted on. */
  on: string
}

/**
 * What the record says of a person in words, newest last; a row without text says that there is none.
 * @param timeZone of the organization: an instant becomes its date
 */
export async function findRecordFacts(
  db: Db,
  organizationId: string,
  patientId: string,
  timeZone: string,
): Promise<RecordFact[]> {
  const of = sql`f.organization_id = ${organizationId} and f.patient_id = ${patientId} and f.superseded_by is null`
  const day = sql`to_char(f.recorded_at at time zone ${timeZone}, 'YYYY-MM-DD')`
  const { rows } = await sql<RecordFact>`
    select about, text, "on" from (
      select 'conditions' about, f.name text, ${day} "on", f.id from condition f where ${of} and f.clinical_status <> 'resolved'
      union all
      select 'medications', concat_ws(' ', f.name, nullif(f.dose, '')), ${day}, f.id from medication f where ${of} and f.ended_on is null
      union all
      select 'allergies', concat_ws(' ', f.substance, nullif(f.reaction, '')), ${day}, f.id from allergy f where ${of}
      union all
      select 'procedures', concat_ws(' ', f.name, f.performed_on::text), ${day}, f.id from procedure f where ${of}
      union all
      select 'family-history', concat_ws(' ', f.relation, f.condition_name), ${day}, f.id from family_history f where ${of}
      union all
      select case f.about when 'condition' then 'conditions' when 'medication' then 'medications' when 'allergy' then 'allergies'
        when 'procedure' then 'procedures' else 'family-history' end, null, ${day}, f.id from absence f where ${of}
    ) facts order by about, "on", id limit 400`.execute(db)
  return rows
}
