import type { Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import type { ScoreView, Way } from '../contract/words.ts'
import type { QuestionnaireResponseTable } from './table.ts'

export type ResponseRow = Selectable<QuestionnaireResponseTable> & { title_zh: string; title_en: string }

function withTitle(db: Db, organizationId: string) {
  return db
    .selectFrom('questionnaire_response as r')
    .innerJoin('questionnaire as q', (join) =>
      join
        .onRef('q.organization_id', '=', 'r.organization_id')
        .onRef('q.code', '=', 'r.code')
        .onRef('q.version', '=', 'r.version'),
    )
    .selectAll('r')
    .select(['q.title_zh', 'q.title_en', 'q.sensitivity'])
    .where('r.organization_id', '=', organizationId)
}

/** The answers of a patient, newest first, at most 200. */
export async function findResponsesOf(
  db: Db,
  organizationId: string,
  patientId: string,
  mental: boolean,
): Promise<ResponseRow[]> {
  return withTitle(db, organizationId)
    .where('r.patient_id', '=', patientId)
    .$if(!mental, (query) => query.where('q.sensitivity', '=', 'ordinary'))
    .orderBy('r.answered_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(200)
    .execute()
}

export async function findResponse(
  db: Db,
  organizationId: string,
  patientId: string,
  responseId: string,
  mental: boolean,
): Promise<(ResponseRow & { definition: unknown }) | undefined> {
  return withTitle(db, organizationId)
    .select('q.definition')
    .where('r.patient_id', '=', patientId)
    .where('r.id', '=', responseId)
    .$if(!mental, (query) => query.where('q.sensitivity', '=', 'ordinary'))
    .executeTakeFirst()
}

export function findBySubmission(db: Db, organizationId: string, submission: string): Promise<ResponseRow | undefined> {
  return withTitle(db, organizationId).where('r.submission', '=', submission).executeTakeFirst()
}

export interface ResponseInsert {
  id: string
  code: string
  version: number
  patient_id: string | null
  invitation_id: string | null
  submission: string
  author: ResponseRow['author']
  by_id: string | null
  by_name: string
  answered_at: Date
  response: Record<string, unknown>
  scores: ScoreView[]
  corrects: string | null
  because: string
  knownCount: number
  askedAgain: number
  way: Way
}

/** @returns false when this submission was kept before, or the corrected version has been corrected meanwhile */
export async function insertResponse(
  tx: Transaction,
  organizationId: string,
  { knownCount, askedAgain, ...row }: ResponseInsert,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('questionnaire_response')
    .values({
      ...row,
      organization_id: organizationId,
      response: JSON.stringify(row.response),
      scores: JSON.stringify(row.scores),
      superseded_by: null,
      known_count: knownCount,
      asked_again: askedAgain,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return false
  if (row.corrects)
    await tx
      .updateTable('questionnaire_response')
      .set({ superseded_by: row.id })
      .where('organization_id', '=', organizationId)
      .where('id', '=', row.corrects)
      .execute()
  return true
}
