import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../observation/server/table.ts'

export interface ExtractedRow {
  place: string
  code: string
  observation_id: string
  value?: number | null
  value_text?: string | null
}

/** What the answers of a response gave to the record, with its values as they were given. */
export async function findExtracted(db: Db, organizationId: string, responseId: string): Promise<ExtractedRow[]> {
  const { rows } = await sql<ExtractedRow>`
    select e.place, e.code, e.observation_id, o.value, o.value_text
    from questionnaire_observation e
    join questionnaire_response r on r.organization_id = e.organization_id and r.id = e.response_id
    left join observation o on o.organization_id = e.organization_id and o.patient_id = r.patient_id and o.code = e.code
      and o.id = e.observation_id
    where e.organization_id = ${organizationId} and e.response_id = ${responseId} order by e.place, e.code`.execute(db)
  return rows
}

export async function insertExtracted(
  tx: Transaction,
  organizationId: string,
  responseId: string,
  rows: readonly ExtractedRow[],
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('questionnaire_observation')
    .values(
      rows.map(({ place, code, observation_id }) => ({
        organization_id: organizationId,
        response_id: responseId,
        place,
        code,
        observation_id,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .execute()
}
