import { sql } from 'kysely'
import type { ReadContext } from '../../../../platform/context/context.ts'
import '../../../observation/server/table.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

export interface HistoryRow {
  kind: 'condition' | 'procedure' | 'medication' | 'allergy' | 'family-history' | 'absence'
  name: string
  detail: string
}

/** What the record tells of a person's past and present: standing facts, ended medicines and resolved conditions left out. */
export async function findHistory(
  { db, organizationId }: Reading,
  patientId: string,
  day: string,
): Promise<HistoryRow[]> {
  const of = sql`organization_id = ${organizationId} and patient_id = ${patientId} and superseded_by is null`
  const { rows } = await sql<HistoryRow>`
    select 'condition' kind, name, coalesce(onset_on::text, '') detail from condition where ${of} and clinical_status <> 'resolved'
    union all select 'procedure', name, coalesce(performed_on::text, '') from procedure where ${of}
    union all select 'medication', name, dose from medication where ${of} and (ended_on is null or ended_on >= ${day}::date)
    union all select 'allergy', substance, reaction from allergy where ${of}
    union all select 'family-history', condition_name, relation from family_history where ${of}
    union all select 'absence', about, '' from absence where ${of}
    order by 1, 2, 3 limit 200`.execute(db)
  return rows
}
