import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'

/**
 * Holds these people until the transaction ends, in the order of their keys, against others who count what they have
 * been sent: two claims at once otherwise each see room for one more. Only claims take this lock, and after their rows,
 * which nobody waits for (skip locked), so that no circle can form.
 */
export async function lockCounts(tx: Transaction, organizationId: string, patientIds: Iterable<string>): Promise<void> {
  const keys = [...new Set(patientIds)].map((id) => `${organizationId} ${id}`)
  if (keys.length === 0) return
  await sql`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended('message/count ' || k, 0) key from unnest(${keys}::text[]) k order by 1) ordered`.execute(
    tx,
  )
}
