import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import '../../observation/server/table.ts'
import './table.ts'

/** When the newest of the measurements that fired a rule's tag was written down; null when none did. */
export async function factsRecordedAt(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  { patientId, tag }: { patientId: string; tag: string },
): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(o.recorded_at) at from patient_tag t
    join observation o on o.organization_id = t.organization_id and o.patient_id = t.patient_id
      and o.id::text in (select jsonb_path_query(t.facts, '$.**.id') #>> '{}')
    where t.organization_id = ${organizationId} and t.patient_id = ${patientId} and t.tag_code = ${tag} and t.source = 'rule'`.execute(
    db,
  )
  return rows[0]?.at ?? null
}
