import { sql, type Expression, type Selectable, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import type { ScoreView } from '../contract/words.ts'
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

export interface Counts {
  n: number
  asked: number
  bands: { score: string; band: string; n: number }[]
}

/** How many answered, of how many asked, and the bands they came to. Only patients in `scope` are counted. */
export async function countAnswers(
  db: Db,
  organizationId: string,
  code: string,
  version: number | undefined,
): Promise<Counts> {
  const ofVersion = (alias: string): Expression<SqlBool> =>
    version === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(`${alias}.version`)} = ${version}`
  const { rows } = await sql<Counts>`
    select
      (select count(*)::int from questionnaire_response r where r.organization_id = ${organizationId} and r.code = ${code}
        and r.superseded_by is null and ${ofVersion('r')}) n,
      (select count(*)::int from questionnaire_invitation i where i.organization_id = ${organizationId} and i.code = ${code}
        and i.kind = 'personal' and ${ofVersion('i')}) asked,
      coalesce((select json_agg(b) from (
        select s ->> 'code' score, s ->> 'band' band, count(*)::int n
        from questionnaire_response r, jsonb_array_elements(r.scores) s
        where r.organization_id = ${organizationId} and r.code = ${code} and r.superseded_by is null and ${ofVersion('r')}
          and s ->> 'band' is not null
        group by 1, 2 order by 1, 3 desc) b), '[]') bands`.execute(db)
  return rows[0]!
}

/** How often each coded answer was given. */
export async function countItems(
  db: Db,
  organizationId: string,
  code: string,
  version: number | undefined,
): Promise<{ linkId: string; code: string; n: number }[]> {
  const { rows } = await sql<{ linkId: string; code: string; n: number }>`
    select item ->> 'linkId' "linkId", coalesce(answer #>> '{valueCoding,code}', answer ->> 'valueBoolean') code, count(*)::int n
    from questionnaire_response r,
      jsonb_path_query(r.response, 'strict $.**{0 to 20}.item[*]') item,
      jsonb_path_query(item, '$.answer[*]') answer
    where r.organization_id = ${organizationId} and r.code = ${code} and r.superseded_by is null
      and ${version === undefined ? sql`true` : sql`r.version = ${version}`}
      and coalesce(answer #>> '{valueCoding,code}', answer ->> 'valueBoolean') is not null
    group by 1, 2 order by 1, 3 desc`.execute(db)
  return rows
}
