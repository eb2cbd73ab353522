import { sql } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import type { QuestionnaireInvitationTable } from './table.ts'

export interface IntakeRow extends Pick<QuestionnaireInvitationTable, 'visit_kind' | 'visit_id' | 'visit_on'> {
  id: string
  code: string
  version: number
  title_zh: string
  title_en: string
  answered_at: Date
  response: Record<string, unknown>
  definition: Record<string, unknown>
}

/** FHIR says what a questionnaire is for by its code. */
const IS_INTAKE = sql`q.definition @> '{"code": [{"system": "urn:peiban:questionnaire:kind", "code": "intake"}]}'`

/**
 * The newest answered form before a visit, and the answers to the same form before it, newest first, at most two.
 * @param mental whether forms of the mind are among what the reader may see
 */
export async function findIntake(
  db: Db,
  organizationId: string,
  patientId: string,
  mental: boolean,
): Promise<IntakeRow[]> {
  const { rows } = await sql<IntakeRow>`
    with mine as (
      select r.id, r.code, r.version, q.title_zh, q.title_en, r.answered_at, r.response, q.definition,
        i.visit_kind, i.visit_id, i.visit_on::text visit_on
      from questionnaire_response r
      join questionnaire q on q.organization_id = r.organization_id and q.code = r.code and q.version = r.version
      left join questionnaire_invitation i on i.organization_id = r.organization_id and i.id = r.invitation_id
      where r.organization_id = ${organizationId} and r.patient_id = ${patientId} and r.superseded_by is null
        and (${mental}::boolean or q.sensitivity = 'ordinary') and ${IS_INTAKE}
    )
    select * from mine where code = (select code from mine order by answered_at desc, id desc limit 1)
    order by answered_at desc, id desc limit 2`.execute(db)
  return rows
}
