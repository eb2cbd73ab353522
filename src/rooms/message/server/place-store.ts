import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import type { Place } from '../../../platform/sent/tail.ts'
import './table.ts'

/**
 * One further, as the last statement of a commit around a hand-over: whoever else is at it waits for this commit and no
 * longer.
 */
export async function advancePlace(tx: Transaction, organizationId: string): Promise<Place> {
  const { rows } = await sql<Place>`
    insert into message_place as p (organization_id, epoch, position) values (${organizationId}, 0, 1)
    on conflict (organization_id) do update set position = p.position + 1 returning epoch, position`.execute(tx)
  return rows[0]!
}

/** Where the ledger stands, held until the transaction ends. */
export async function lockPlace(tx: Transaction, organizationId: string): Promise<Place> {
  const { rows } = await sql<Place>`
    insert into message_place as p (organization_id, epoch, position) values (${organizationId}, 0, 0)
    on conflict (organization_id) do update set position = p.position returning epoch, position`.execute(tx)
  return rows[0]!
}

/** Begins another life of the ledger: later than all that any data folder has seen. */
export async function beginEpoch(tx: Transaction, organizationId: string, epoch: number): Promise<void> {
  await tx
    .updateTable('message_place')
    .set({ epoch, position: 0 })
    .where('organization_id', '=', organizationId)
    .execute()
}
