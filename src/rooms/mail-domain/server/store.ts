import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { MailDomainTable, MailKeyTable } from './table.ts'
import './table.ts'

export type MailKeyRow = Selectable<MailKeyTable>

export function findDomain(db: Db, organizationId: string): Promise<Selectable<MailDomainTable> | undefined> {
  return db.selectFrom('mail_domain').selectAll().where('organization_id', '=', organizationId).executeTakeFirst()
}

/** @returns whether it still was of that version */
export async function putDomain(tx: Transaction, row: Selectable<MailDomainTable>, version: number): Promise<boolean> {
  const { organization_id: _organization, ...rest } = row
  const { numInsertedOrUpdatedRows: changed } = await tx
    .insertInto('mail_domain')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('organization_id').doUpdateSet(rest).where('mail_domain.version', '=', version),
    )
    .executeTakeFirstOrThrow()
  return changed === 1n
}

/** Newest first. */
export function findKeys(db: Db, organizationId: string): Promise<MailKeyRow[]> {
  return db
    .selectFrom('mail_key')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

export function findSigningKeys(db: Db, organizationId: string): Promise<MailKeyRow[]> {
  return db
    .selectFrom('mail_key')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'signing')
    .orderBy('kind', 'desc')
    .execute()
}

/** Holds all keys of the organization, so that two who switch at once come one after the other. */
export function lockKeys(tx: Transaction, organizationId: string): Promise<MailKeyRow[]> {
  return tx
    .selectFrom('mail_key')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** @returns whether there was none of its kind waiting */
export async function insertKey(tx: Transaction, row: Insertable<MailKeyTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('mail_key')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function changeKey(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Updateable<MailKeyTable>,
): Promise<void> {
  await tx
    .updateTable('mail_key')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}
