import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

/** One more opening of a card in a month, `YYYY-MM`. Nothing says whose it was. */
export async function addOpening(tx: Transaction, organizationId: string, code: string, month: string): Promise<void> {
  await tx
    .insertInto('media_opening')
    .values({ organization_id: organizationId, code, month, opened: 1 })
    .onConflict((oc) =>
      oc.columns(['organization_id', 'code', 'month']).doUpdateSet({ opened: sql`media_opening.opened + 1` }),
    )
    .execute()
}

/** How often a card was opened and sent, ever. */
export async function countsOf(
  db: Db,
  organizationId: string,
  code: string,
): Promise<{ opened: number; sent: number }> {
  const { rows } = await sql<{ opened: number; sent: number }>`
    select coalesce((select sum(opened) from media_opening where organization_id = ${organizationId} and code = ${code}), 0)::int opened,
      (select count(*) from media_sent where organization_id = ${organizationId} and code = ${code})::int sent`.execute(
    db,
  )
  return rows[0]!
}
