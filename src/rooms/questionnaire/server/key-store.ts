import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { QuestionnaireKeyTable } from './table.ts'

export interface NewKey {
  hash: Buffer
  invitationId: string
  kind: QuestionnaireKeyTable['kind']
  until: Date | null
}

/** @returns false where one of them is taken: two codes of six digits may fall on each other */
export async function insertKeys(
  tx: Transaction,
  organizationId: string,
  keys: readonly NewKey[],
  now: Date,
): Promise<boolean> {
  if (keys.length === 0) return true
  const inserted = await tx
    .insertInto('questionnaire_key')
    .values(
      keys.map(({ hash, invitationId, kind, until }) => ({
        organization_id: organizationId,
        token_hash: hash,
        invitation_id: invitationId,
        kind,
        until,
        made_at: now,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .returning('kind')
    .execute()
  return inserted.length === keys.length
}

/** A new code takes the former ones away; so does closing the link, with all its keys. */
export async function deleteKeys(
  tx: Transaction,
  organizationId: string,
  invitationId: string,
  kind?: NewKey['kind'],
): Promise<void> {
  await tx
    .deleteFrom('questionnaire_key')
    .where('organization_id', '=', organizationId)
    .where('invitation_id', '=', invitationId)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .execute()
}

/** Of which kind a further key to a link is, and when it was made; undefined for the link's own token. */
export function findKey(
  db: Db,
  organizationId: string,
  hash: Buffer,
): Promise<{ kind: NewKey['kind']; made_at: Date } | undefined> {
  return db
    .selectFrom('questionnaire_key')
    .select(['kind', 'made_at'])
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', hash)
    .executeTakeFirst()
}

/** A code opens once. @returns the invitation it was for, if it is still good */
export async function takeCode(
  tx: Transaction,
  organizationId: string,
  hash: Buffer,
  now: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ invitation_id: string }>`
    delete from questionnaire_key where organization_id = ${organizationId} and token_hash = ${hash} and kind = 'code'
      and until > ${now} returning invitation_id`.execute(tx)
  return rows[0]?.invitation_id
}

/** Codes of yesterday make room for others. */
export async function deleteOldKeys(tx: Transaction, organizationId: string, before: Date): Promise<void> {
  await sql`
    delete from questionnaire_key where organization_id = ${organizationId} and until < ${before}`.execute(tx)
}
