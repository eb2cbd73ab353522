import { sql } from 'kysely'
import { systemActor } from '../context/context.ts'
import { readContext, type House } from '../context/house.ts'
import type { Listener } from '../context/room.ts'
import { deliver, type OutboxEvent } from './deliver.ts'
import { pauseAfter } from './retry.ts'
import './table.ts'

const BATCH = 50
const LEASE_MS = 60_000
/** A batch that takes longer gives back what it has not begun, well before its lease ends. */
const BATCH_MS = 20_000
/** An event under which the worker died this often waits for a person: it is not to end the next one too. */
export const CLAIMS_MAX = 12

interface FailedDelivery {
  event: OutboxEvent
  listener: string
  error: string
}

/**
 * Hands new events to all of their listeners. Several dispatchers may run: an event is claimed by moving its `next_at`
 * forward (a lease), and a listener's receipt is written in the transaction of its effects, so a second delivery after
 * a crash finds the receipt and does nothing. A listener that fails is owed its delivery by a row of its own, which
 * `retryDeliveries` serves; the other listeners have the event already.
 * @returns how many events were claimed
 */
export async function dispatchEvents(house: House, listeners: readonly Listener[]): Promise<number> {
  const events = await claim(house)
  if (events.length === 0) return 0
  const byEvent = Map.groupBy(listeners, (listener) => listener.event.name)
  const isWanted = wantedOnce(house)
  const began = performance.now()
  const failed: FailedDelivery[] = []
  let done = 0
  for (const event of events) {
    if (performance.now() - began > BATCH_MS) break
    for (const listener of byEvent.get(event.name) ?? []) {
      if (!(await isWanted(listener, event.organization_id))) continue
      const error = await deliver(house, listener, event)
      if (error) failed.push({ event, listener: listener.name, error })
    }
    done += 1
  }
  await settle(house, events.slice(0, done), events.slice(done), failed)
  return events.length
}

/**
 * Asks each listener once per organization and batch. That is exact, since the batch has been claimed: what is wanted
 * only later has been put in force after all of its events were written, and whoever puts it in force looks at what
 * is written. One that cannot say is handed the event: it fails by itself then, and is owed it.
 */
function wantedOnce(house: House): (listener: Listener, organizationId: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  const ask = async ({ name, isWanted }: Listener, organizationId: string): Promise<boolean> => {
    try {
      const tenant = await house.tenant(organizationId)
      return await isWanted!(readContext(house, { tenant, actor: systemActor(tenant.id, name) }))
    } catch (error) {
      house.log.error({ err: error, listener: name }, 'listener did not say whether it wants its events')
      return true
    }
  }
  return async (listener, organizationId) => {
    if (!listener.isWanted) return true
    const key = `${organizationId} ${listener.name}`
    const answer = known.get(key) ?? ask(listener, organizationId)
    known.set(key, answer)
    return answer
  }
}

/** The choice is materialized: inside a join a limited one may be run again for each row, and takes more than its limit. */
async function claim(house: House): Promise<OutboxEvent[]> {
  const now = house.clock.now()
  const { rows } = await sql<OutboxEvent>`
    with due as materialized (
      select organization_id, id from outbox_event
      where delivered_at is null and next_at <= ${now} and attempts < ${CLAIMS_MAX}
      order by next_at, id limit ${BATCH} for update skip locked)
    update outbox_event e set next_at = ${new Date(now.getTime() + LEASE_MS)}, attempts = e.attempts + 1
    from due where (e.organization_id, e.id) = (due.organization_id, due.id)
    returning e.organization_id, e.id, e.name, e.payload`.execute(house.databases.none)
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** In one statement: what was handed out is delivered, what failed is owed, what was not begun is free again. */
async function settle(
  house: House,
  done: readonly OutboxEvent[],
  left: readonly OutboxEvent[],
  failed: readonly FailedDelivery[],
): Promise<void> {
  const now = house.clock.now()
  const keys = (events: readonly OutboxEvent[]) =>
    sql`select * from unnest(${events.map((e) => e.organization_id)}::uuid[], ${events.map((e) => e.id)}::uuid[])`
  await sql`
    with given_back as (
      update outbox_event set next_at = ${now}, attempts = attempts - 1 where (organization_id, id) in (${keys(left)})),
    owed as (
      insert into outbox_retry (organization_id, event_id, listener, attempts, next_at, last_error)
      select f.o, f.i, f.l, 1, ${pauseAfter(1, now)}, f.e from unnest(
        ${failed.map((f) => f.event.organization_id)}::uuid[], ${failed.map((f) => f.event.id)}::uuid[],
        ${failed.map((f) => f.listener)}::text[], ${failed.map((f) => f.error)}::text[]) f(o, i, l, e)
      on conflict do nothing)
    update outbox_event set delivered_at = ${now} where (organization_id, id) in (${keys(done)})`.execute(
    house.databases.none,
  )
}
