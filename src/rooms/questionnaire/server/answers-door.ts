import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { ScoreView } from '../contract/words.ts'

export interface AnsweredQuestionnaire {
  code: string
  title: Bilingual
  answeredAt: Date
  scores: ScoreView[]
}

/**
 * The newest standing answers to each questionnaire in a time, with their scores. Those of mood and mind are left out:
 * a person tells their results. Who may see them is the caller's business.
 */
export async function answeredBetween(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientId: string,
  from: Date,
  to: Date,
): Promise<AnsweredQuestionnaire[]> {
  const { rows } = await sql<{ code: string; zh: string; en: string; answered_at: Date; scores: ScoreView[] }>`
    select distinct on (r.code) r.code, q.title_zh zh, q.title_en en, r.answered_at, r.scores
    from questionnaire_response r
    join questionnaire q on q.organization_id = r.organization_id and q.code = r.code and q.version = r.version
    where r.organization_id = ${organizationId} and r.patient_id = ${patientId} and r.superseded_by is null
      and q.sensitivity = 'ordinary' and r.answered_at between ${from} and ${to}
    order by r.code, r.answered_at desc`.execute(db)
  return rows.map(({ code, zh, en, answered_at, scores }) => ({
    code,
    title: { zh, en },
    answeredAt: answered_at,
    scores,
  }))
}

/**
 * Whose answers these are and when they were given, as long as they are the newest of the person to the questionnaire and
 * nobody has corrected them; undefined otherwise, and of answers that nobody is known for.
 */
export async function standingAnswer(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  responseId: string,
): Promise<{ patientId: string; answeredAt: Date } | undefined> {
  const { rows } = await sql<{ patientId: string; answeredAt: Date }>`
    select r.patient_id "patientId", r.answered_at "answeredAt" from questionnaire_response r
    where r.organization_id = ${organizationId} and r.id = ${responseId} and r.superseded_by is null
      and r.patient_id is not null and not exists (
        select from questionnaire_response n where n.organization_id = r.organization_id and n.patient_id = r.patient_id
          and n.code = r.code and n.superseded_by is null and (n.answered_at, n.id) > (r.answered_at, r.id))`.execute(
    db,
  )
  return rows[0]
}
