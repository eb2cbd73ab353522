import { sql } from 'kysely'
import type { House } from '../context/house.ts'
import type { Listener } from '../context/room.ts'
import { deliver, type OutboxEvent } from './deliver.ts'

const BATCH = 20
/** With every statement of every delivery at its limit a batch could outlast this; then the receipts keep it single. */
const LEASE_MS = 120_000
/** After this many failed tries a delivery waits for a person; `last_error` says why. */
export const ATTEMPTS_MAX = 12

type OwedDelivery = OutboxEvent & { listener: string; attempts: number }

/**
 * Tries again what listeners failed at, each delivery after its own pause. Runs beside `dispatchEvents`, so that what
 * fails slowly holds nothing up.
 * @returns how many deliveries were claimed
 */
export async function retryDeliveries(house: House, listeners: readonly Listener[]): Promise<number> {
  const owed = await claim(house, listeners)
  // Each listener its own chain: one that waits in vain makes only itself wait.
  const chains = listeners.map((listener) => ({
    listener,
    deliveries: owed.filter((d) => d.listener === listener.name),
  }))
  await Promise.all(
    chains.map(async ({ listener, deliveries }) => {
      for (const delivery of deliveries) await settle(house, delivery, await deliver(house, listener, delivery))
    }),
  )
  return owed.length
}

/** When a delivery is tried again that has failed `attempts` times: after ever longer pauses, at most an hour. */
export function pauseAfter(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(3_600_000, 1000 * 2 ** attempts))
}

/** How many deliveries are owed, and how many of them wait for a person; each counted up to a thousand. */
export async function countOwed(house: House): Promise<{ owed: number; given_up: number }> {
  const { rows } = await sql<{ owed: number; given_up: number }>`
    select count(*) filter (where attempts < ${ATTEMPTS_MAX}) owed, count(*) filter (where attempts >= ${ATTEMPTS_MAX}) given_up
    from (select attempts from outbox_retry limit 1000) r`.execute(house.databases.none)
  return rows[0]!
}

async function claim(house: House, listeners: readonly Listener[]): Promise<OwedDelivery[]> {
  const now = house.clock.now()
  const { rows } = await sql<OwedDelivery>`
    with due as materialized (
      select organization_id, event_id, listener from outbox_retry
      where next_at <= ${now} and attempts < ${ATTEMPTS_MAX} and listener = any(${listeners.map(({ name }) => name)}::text[])
      order by next_at, event_id limit ${BATCH} for update skip locked)
    update outbox_retry r set next_at = ${new Date(now.getTime() + LEASE_MS)}, attempts = r.attempts + 1
    from due, outbox_event e
    where (r.organization_id, r.event_id, r.listener) = (due.organization_id, due.event_id, due.listener)
      and (e.organization_id, e.id) = (due.organization_id, due.event_id)
    returning r.organization_id, r.event_id id, r.listener, r.attempts, e.name, e.payload`.execute(house.databases.none)
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

async function settle(house: House, delivery: OwedDelivery, error: string | null): Promise<void> {
  const { organization_id, id, listener, attempts } = delivery
  const mine = sql`(organization_id, event_id, listener) = (${organization_id}, ${id}, ${listener})`
  const outcome = error
    ? sql`update outbox_retry set last_error = ${error}, next_at = ${pauseAfter(attempts, house.clock.now())} where ${mine}`
    : sql`delete from outbox_retry where ${mine}`
  await outcome.execute(house.databases.none)
}
