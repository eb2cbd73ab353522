import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Sensitivity } from '../contract/words.ts'
import type { QuestionnaireTable } from './table.ts'

export type QuestionnaireRow = Selectable<QuestionnaireTable>
export type Listed = Omit<QuestionnaireRow, 'definition'> & { answers: number }

/** Of each code what is in force and the draft; retired ones only where nothing else is left of the code. */
export async function listQuestionnaires(db: Db, organizationId: string): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select q.organization_id, q.code, q.version, q.state, q.title_zh, q.title_en, q.sensitivity, q.questions, q.licence, q.source,
      q.revision, q.changed_at, q.changed_by, q.changed_by_name, q.published_at, q.published_by, q.published_by_name,
      (select count(*)::int from (select from questionnaire_response r where r.organization_id = q.organization_id and r.code = q.code
        and r.superseded_by is null limit 100000) few) answers
    from questionnaire q
    where q.organization_id = ${organizationId} and (q.state <> 'retired' or q.version = (
      select max(o.version) from questionnaire o where o.organization_id = q.organization_id and o.code = q.code))
    order by q.code, q.version desc`.execute(db)
  return rows
}

export function findVersion(
  db: Db,
  organizationId: string,
  code: string,
  version: number,
): Promise<QuestionnaireRow | undefined> {
  return db
    .selectFrom('questionnaire')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst()
}

export function findInForce(db: Db, organizationId: string, code: string): Promise<QuestionnaireRow | undefined> {
  return db
    .selectFrom('questionnaire')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'active')
    .executeTakeFirst()
}

/** The version in force of each of these codes; one that has none is left out. */
export async function findActiveVersions(
  db: Db,
  organizationId: string,
  codes: readonly string[],
): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('questionnaire')
    .select(['code', 'version'])
    .where('organization_id', '=', organizationId)
    .where('code', 'in', [...codes])
    .where('state', '=', 'active')
    .execute()
  return new Map(rows.map(({ code, version }) => [code, version]))
}

export interface DraftInsert {
  code: string
  titleZh: string
  titleEn: string
  sensitivity: Sensitivity
  definition: Record<string, unknown>
  questions: number
  licence: string
  source: string
  at: Date
  by: { id: string | null; name: string }
}

/**
 * Keeps a draft. `revision` 0 makes one, as the version after the last; any other must still stand.
 * @returns undefined when somebody else kept theirs meanwhile
 */
export async function keepDraftVersion(
  tx: Transaction,
  organizationId: string,
  draft: DraftInsert,
  revision: number,
): Promise<QuestionnaireRow | undefined> {
  const values = {
    title_zh: draft.titleZh,
    title_en: draft.titleEn,
    sensitivity: draft.sensitivity,
    definition: JSON.stringify(draft.definition),
    questions: draft.questions,
    licence: draft.licence,
    source: draft.source,
    changed_at: draft.at,
    changed_by: draft.by.id,
    changed_by_name: draft.by.name,
  }
  if (revision > 0)
    return tx
      .updateTable('questionnaire')
      .set({ ...values, revision: sql`revision + 1` })
      .where('organization_id', '=', organizationId)
      .where('code', '=', draft.code)
      .where('state', '=', 'draft')
      .where('revision', '=', revision)
      .returningAll()
      .executeTakeFirst()
  return (
    tx
      .insertInto('questionnaire')
      .values({
        organization_id: organizationId,
        code: draft.code,
        version: sql`(select coalesce(max(version), 0) + 1 from questionnaire
        where organization_id = ${organizationId} and code = ${draft.code})`,
        state: 'draft',
        ...values,
      })
      // Two first drafts at once: one is kept, whichever key they meet at.
      .onConflict((oc) => oc.doNothing())
      .returningAll()
      .executeTakeFirst()
  )
}

/** Retires what was in force and puts the draft in its place. @returns the version, or undefined when it has moved on */
export async function publishVersion(
  tx: Transaction,
  organizationId: string,
  code: string,
  revision: number,
  by: { id: string | null; name: string },
  at: Date,
): Promise<QuestionnaireRow | undefined> {
  // All versions of the code in one order, so that two publications wait for each other.
  await sql`select from questionnaire where organization_id = ${organizationId} and code = ${code} order by version for update`.execute(
    tx,
  )
  const draft = await tx
    .selectFrom('questionnaire')
    .select('version')
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .where('revision', '=', revision)
    .executeTakeFirst()
  if (!draft) return undefined
  await retireVersion(tx, organizationId, code)
  return tx
    .updateTable('questionnaire')
    .set({ state: 'active', published_at: at, published_by: by.id, published_by_name: by.name })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', draft.version)
    .returningAll()
    .executeTakeFirst()
}

export async function retireVersion(tx: Transaction, organizationId: string, code: string): Promise<boolean> {
  const retired = await tx
    .updateTable('questionnaire')
    .set({ state: 'retired' })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return retired.numUpdatedRows > 0n
}

export async function deleteDraft(tx: Transaction, organizationId: string, code: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('questionnaire')
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return deleted.numDeletedRows > 0n
}

/** First versions, in force at once, of codes that the organization has never had. @returns how many were new */
export async function insertShipped(
  tx: Transaction,
  organizationId: string,
  drafts: readonly DraftInsert[],
): Promise<number> {
  if (drafts.length === 0) return 0
  const inserted = await tx
    .insertInto('questionnaire')
    .values(
      drafts.map((draft) => ({
        organization_id: organizationId,
        code: draft.code,
        version: 1,
        state: 'active' as const,
        title_zh: draft.titleZh,
        title_en: draft.titleEn,
        sensitivity: draft.sensitivity,
        definition: JSON.stringify(draft.definition),
        questions: draft.questions,
        licence: draft.licence,
        source: draft.source,
        changed_at: draft.at,
        changed_by: draft.by.id,
        changed_by_name: draft.by.name,
        published_at: draft.at,
        published_by: draft.by.id,
        published_by_name: draft.by.name,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .returning('code')
    .execute()
  return inserted.length
}
