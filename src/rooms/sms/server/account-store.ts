import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SmsAccountTable } from './table.ts'
import './table.ts'

export type AccountRow = Selectable<SmsAccountTable>

export async function findAccount(
  db: Db,
  organizationId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<AccountRow | undefined> {
  const query = db.selectFrom('sms_account').selectAll().where('organization_id', '=', organizationId)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function putAccount(tx: Transaction, row: AccountRow): Promise<void> {
  const { organization_id: _organization, ...rest } = row
  await tx
    .insertInto('sms_account')
    .values(row)
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(rest))
    .execute()
}

export interface SmsFigures {
  sent: number
  segments: number
  delivered: number
  undelivered: number
  inDoubt: number
  unplaced: number
}

/** What went out and what became of it; parts are what is paid. */
export async function figuresSince(db: Db, organizationId: string, since: Date): Promise<SmsFigures> {
  const { rows } = await sql<SmsFigures>`
    select count(*) filter (where state in ('accepted', 'delivered', 'undelivered'))::int sent,
      coalesce(sum(segments) filter (where state in ('accepted', 'delivered', 'undelivered')), 0)::int segments,
      count(*) filter (where state = 'delivered')::int delivered,
      count(*) filter (where state = 'undelivered')::int undelivered,
      count(*) filter (where state = 'in-doubt')::int "inDoubt",
      (select count(*)::int from sms_unplaced where organization_id = ${organizationId} and placed_at is null) unplaced
    from sms_sending where organization_id = ${organizationId} and handed_at >= ${since}`.execute(db)
  return rows[0]!
}
