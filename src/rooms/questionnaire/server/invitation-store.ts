import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../organization/server/table.ts'
import type { InvitationKind, InvitationState, Sensitivity, Visit } from '../contract/words.ts'
import type { QuestionnaireInvitationTable } from './table.ts'

export type InvitationRow = Selectable<QuestionnaireInvitationTable> & {
  title_zh: string
  title_en: string
  sensitivity: Sensitivity
  questions: number
  /** Some version of it is in force: a newer one leaves open links as they are, only retiring the whole closes them. */
  is_asked: boolean
}

function invitations(db: Db, organizationId: string) {
  return db
    .selectFrom('questionnaire_invitation as i')
    .innerJoin('questionnaire as q', (join) =>
      join
        .onRef('q.organization_id', '=', 'i.organization_id')
        .onRef('q.code', '=', 'i.code')
        .onRef('q.version', '=', 'i.version'),
    )
    .selectAll('i')
    .select(['q.title_zh', 'q.title_en', 'q.sensitivity', 'q.questions'])
    .select(
      sql<boolean>`exists (select from questionnaire a where a.organization_id = i.organization_id and a.code = i.code
        and a.state = 'active')`.as('is_asked'),
    )
    .where('i.organization_id', '=', organizationId)
}

export async function insertInvitation(
  tx: Transaction,
  organizationId: string,
  row: {
    id: string
    kind: InvitationKind
    code: string
    version: number
    patientId: string | null
    tokenHash: Buffer
    closesAt: Date | null
    quota: number | null
    byMessage: boolean
    visit: Visit | null
    remindAt: readonly Date[]
    at: Date
    by: { id: string | null; name: string }
  },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('questionnaire_invitation')
    .values({
      organization_id: organizationId,
      id: row.id,
      kind: row.kind,
      code: row.code,
      version: row.version,
      patient_id: row.patientId,
      token_hash: row.tokenHash,
      closes_at: row.closesAt,
      quota: row.quota,
      draft_sealed: null,
      draft_at: null,
      opened_at: null,
      sent_at: row.at,
      sent_by: row.by.id,
      sent_by_name: row.by.name,
      sent_by_message: row.byMessage,
      visit_kind: row.visit?.kind ?? null,
      visit_id: row.visit?.id ?? null,
      visit_on: row.visit?.on ?? null,
      remind_at: [...row.remindAt],
      next_remind_at: row.remindAt[0] ?? null,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export function findInvitation(db: Db, organizationId: string, id: string): Promise<InvitationRow | undefined> {
  return invitations(db, organizationId).where('i.id', '=', id).executeTakeFirst()
}

/** By the link's own token, or by a further key to it that is still good. */
export async function findByToken(
  db: Db,
  organizationId: string,
  hash: Buffer,
  now: Date,
): Promise<InvitationRow | undefined> {
  const own = await invitations(db, organizationId).where('i.token_hash', '=', hash).executeTakeFirst()
  if (own) return own
  const key = await db
    .selectFrom('questionnaire_key')
    .select('invitation_id')
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', hash)
    .where('kind', '<>', 'code')
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .executeTakeFirst()
  return key && findInvitation(db, organizationId, key.invitation_id)
}

/** The same, locked: what is decided of a link is decided by one caller at a time. */
export async function lockByToken(
  tx: Transaction,
  organizationId: string,
  hash: Buffer,
  now: Date,
): Promise<InvitationRow | undefined> {
  const found = await findByToken(tx, organizationId, hash, now)
  if (!found) return undefined
  await sql`select from questionnaire_invitation where organization_id = ${organizationId} and id = ${found.id} for update`.execute(
    tx,
  )
  return findInvitation(tx, organizationId, found.id)
}

/** The person has answered the questionnaire another way: their open link is answered with it. @returns its id */
export async function answerOpen(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  code: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update questionnaire_invitation set state = 'answered', draft_sealed = null, draft_at = null, next_remind_at = null
    where organization_id = ${organizationId} and patient_id = ${patientId} and code = ${code} and state = 'open'
    returning id`.execute(tx)
  return rows[0]?.id
}

/** Nothing more is asked of whoever has died. */
export async function withdrawOfDead(tx: Transaction, organizationId: string, patientId: string): Promise<void> {
  await sql`
    update questionnaire_invitation set state = 'withdrawn', draft_sealed = null, draft_at = null, next_remind_at = null
    where organization_id = ${organizationId} and patient_id = ${patientId} and state = 'open'`.execute(tx)
}

export function findInvitationsOf(db: Db, organizationId: string, patientId: string): Promise<InvitationRow[]> {
  return invitations(db, organizationId)
    .where('i.patient_id', '=', patientId)
    .orderBy('i.sent_at', 'desc')
    .limit(100)
    .execute()
}

export function findOpenInvitations(db: Db, organizationId: string, code: string): Promise<InvitationRow[]> {
  return invitations(db, organizationId)
    .where('i.code', '=', code)
    .where('i.kind', '=', 'open')
    .orderBy('i.sent_at', 'desc')
    .limit(100)
    .execute()
}

async function change(
  tx: Transaction,
  organizationId: string,
  id: string,
  from: InvitationState,
  values: Partial<{
    state: InvitationState
    tries: number
    opened_at: Date
    draft_sealed: Buffer | null
    draft_at: Date | null
    next_remind_at: null
  }>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('questionnaire_invitation')
    .set(values)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

export const noteTry = (tx: Transaction, organizationId: string, id: string, tries: number, isLast: boolean) =>
  change(tx, organizationId, id, 'open', { tries, ...(isLast ? { state: 'locked' as const } : {}) })

export const noteOpened = (tx: Transaction, organizationId: string, id: string, at: Date) =>
  change(tx, organizationId, id, 'open', { tries: 0, opened_at: at })

export const keepDraft = (tx: Transaction, organizationId: string, id: string, sealed: Buffer, at: Date) =>
  change(tx, organizationId, id, 'open', { draft_sealed: sealed, draft_at: at })

export const withdraw = (tx: Transaction, organizationId: string, id: string) =>
  change(tx, organizationId, id, 'open', {
    state: 'withdrawn',
    draft_sealed: null,
    draft_at: null,
    next_remind_at: null,
  })

/** A personal link is answered once; an open one counts. @returns whether there was room */
export async function countAnswer(tx: Transaction, organizationId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    update questionnaire_invitation set answers = answers + 1, draft_sealed = null, draft_at = null, next_remind_at = null,
      state = case when kind = 'personal' then 'answered' else state end
    where organization_id = ${organizationId} and id = ${id} and state = 'open' and (quota is null or answers < quota)
    returning id`.execute(tx)
  return rows.length > 0
}

/** The number people may call; null where the organization has given none. */
export async function telephoneOf(db: Db, organizationId: string): Promise<string | null> {
  const row = await db.selectFrom('organization').select('phone').where('id', '=', organizationId).executeTakeFirst()
  return row?.phone || null
}

const MOVING = ['questionnaire_invitation', 'questionnaire_response'] as const

/** Links and answers follow a merge; a personal link that the other has open already is closed. */
export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  await sql`
    update questionnaire_invitation i set state = 'withdrawn', draft_sealed = null, draft_at = null
    where i.organization_id = ${organizationId} and i.patient_id = ${fromId} and i.state = 'open' and exists (
      select from questionnaire_invitation o where o.organization_id = i.organization_id and o.patient_id = ${intoId}
        and o.code = i.code and o.state = 'open')`.execute(tx)
  // What a colleague has begun is theirs, in one file; where they have begun in both, the one that stays stands.
  await sql`
    update questionnaire_interview i set patient_id = ${intoId}
    where i.organization_id = ${organizationId} and i.patient_id = ${fromId} and not exists (
      select from questionnaire_interview o where o.organization_id = i.organization_id and o.patient_id = ${intoId}
        and o.code = i.code and o.staff_id = i.staff_id)`.execute(tx)
  for (const table of MOVING)
    await sql`
      update ${sql.table(table)} set patient_id = ${intoId},
        moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
      where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  for (const table of MOVING)
    await sql`
      update ${sql.table(table)} set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
      where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
      tx,
    )
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}
