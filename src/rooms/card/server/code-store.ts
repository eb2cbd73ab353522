import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { CardCodeTable, CardDemoOutboxTable } from './table.ts'

export type CodeRow = Selectable<CardCodeTable>

/** Codes to one phone go one after the other, so that two clicks at once cannot both find the limit free. */
export async function holdPhone(tx: Transaction, phoneIndex: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${phoneIndex.toString('hex')}, 4144))`.execute(tx)
}

export async function codesSent(
  tx: Transaction,
  organizationId: string,
  phoneIndex: Buffer,
  since: Date,
): Promise<Date[]> {
  const rows = await tx
    .selectFrom('card_code')
    .select('created_at')
    .where('organization_id', '=', organizationId)
    .where('phone_index', '=', phoneIndex)
    .where('created_at', '>', since)
    .execute()
  return rows.map((row) => row.created_at)
}

export async function insertCode(
  tx: Transaction,
  code: Omit<CodeRow, 'tries' | 'used_at'>,
  outbox: Selectable<CardDemoOutboxTable>,
): Promise<void> {
  await tx
    .insertInto('card_code')
    .values({ ...code, used_at: null })
    .execute()
  await tx.insertInto('card_demo_outbox').values(outbox).execute()
}

/** The last code of a card, locked: tries are counted one after the other. */
export function lockLastCode(tx: Transaction, organizationId: string, cardId: string): Promise<CodeRow | undefined> {
  return tx
    .selectFrom('card_code')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('card_id', '=', cardId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

export async function countTry(tx: Transaction, organizationId: string, codeId: string): Promise<void> {
  await tx
    .updateTable('card_code')
    .set({ tries: sql`tries + 1` })
    .where('organization_id', '=', organizationId)
    .where('id', '=', codeId)
    .execute()
}

export async function markUsed(tx: Transaction, organizationId: string, codeId: string, at: Date): Promise<void> {
  await tx
    .updateTable('card_code')
    .set({ used_at: at })
    .where('organization_id', '=', organizationId)
    .where('id', '=', codeId)
    .execute()
}

export function findOutbox(db: Db, organizationId: string, since: Date): Promise<Selectable<CardDemoOutboxTable>[]> {
  return db
    .selectFrom('card_demo_outbox')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
}

export function findCodeText(
  db: Db,
  organizationId: string,
  codeId: string,
): Promise<Selectable<CardDemoOutboxTable> | undefined> {
  return db
    .selectFrom('card_demo_outbox')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code_id', '=', codeId)
    .executeTakeFirst()
}

/** Codes and their texts have no use after a day. */
export async function deleteOldCodes(tx: Transaction, organizationId: string, before: Date): Promise<void> {
  await tx
    .deleteFrom('card_demo_outbox')
    .where('organization_id', '=', organizationId)
    .where('created_at', '<', before)
    .execute()
  await tx
    .deleteFrom('card_code')
    .where('organization_id', '=', organizationId)
    .where('created_at', '<', before)
    .execute()
}
