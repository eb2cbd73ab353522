import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { QuestionnaireKioskTable } from './table.ts'

export type KioskRow = Selectable<QuestionnaireKioskTable>

export async function insertKiosk(
  tx: Transaction,
  organizationId: string,
  row: { id: string; name: string; hash: Buffer; at: Date; by: { id: string | null; name: string } },
): Promise<void> {
  await tx
    .insertInto('questionnaire_kiosk')
    .values({
      organization_id: organizationId,
      id: row.id,
      name: row.name,
      token_hash: row.hash,
      tries_since: null,
      made_at: row.at,
      made_by: row.by.id,
      made_by_name: row.by.name,
      ended_at: null,
    })
    .execute()
}

export function findKiosks(db: Db, organizationId: string): Promise<KioskRow[]> {
  return db
    .selectFrom('questionnaire_kiosk')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('ended_at', 'is', null)
    .orderBy('made_at', 'desc')
    .limit(200)
    .execute()
}

export async function endKiosk(tx: Transaction, organizationId: string, id: string, at: Date): Promise<boolean> {
  const ended = await tx
    .updateTable('questionnaire_kiosk')
    .set({ ended_at: at })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

export function findKioskByToken(db: Db, organizationId: string, hash: Buffer): Promise<KioskRow | undefined> {
  return db
    .selectFrom('questionnaire_kiosk')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', hash)
    .executeTakeFirst()
}

/** The same, locked: codes are tried one after the other. */
export async function lockKiosk(tx: Transaction, organizationId: string, hash: Buffer): Promise<KioskRow | undefined> {
  const { rows } = await sql<KioskRow>`
    select * from questionnaire_kiosk where organization_id = ${organizationId} and token_hash = ${hash} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function noteKioskTries(
  tx: Transaction,
  organizationId: string,
  id: string,
  tries: number,
  since: Date | null,
): Promise<void> {
  await tx
    .updateTable('questionnaire_kiosk')
    .set({ tries, tries_since: since })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}
