import type { Insertable, Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { ReportWishTable } from './table.ts'

export type WishRow = Selectable<ReportWishTable>

export function findWishes(db: Db, organizationId: string, patientId: string): Promise<WishRow[]> {
  return db
    .selectFrom('report_wish')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** Adds a wish; false when one stands for this examination already. */
export async function insertWish(tx: Transaction, row: Insertable<ReportWishTable>): Promise<boolean> {
  const added = await tx
    .insertInto('report_wish')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** @returns the wish, when it stood until now */
export function withdrawWish(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  id: string,
  { by, at }: { by: string; at: Date },
): Promise<WishRow | undefined> {
  return tx
    .updateTable('report_wish')
    .set({ withdrawn_by_name: by, withdrawn_at: at })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}
