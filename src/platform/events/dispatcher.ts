import { sql } from 'kysely'
import { systemActor } from '../context/context.ts'
import { write, type House } from '../context/house.ts'
import type { Listener } from '../context/room.ts'
import './table.ts'

const BATCH = 50
/** After this many failed tries an event waits for a person; `last_error` says why. */
export const ATTEMPTS_MAX = 12

/**
 * Delivers due events to their listeners. Several dispatchers may run: an event is claimed by moving its `next_at`
 * forward (a lease), and a listener's receipt is written in the transaction of its effects, so a second delivery after
 * a crash finds the receipt and does nothing.
 * @returns how many events were claimed
 */
export async function dispatchEvents(house: House, listeners: readonly Listener[]): Promise<number> {
  const now = house.clock.now()
  const claimed = await sql<{ organization_id: string; id: string; name: string; payload: unknown; attempts: number }>`
    update outbox_event set next_at = ${new Date(now.getTime() + 60_000)}, attempts = attempts + 1
    where (organization_id, id) in (
      select organization_id, id from outbox_event
      where delivered_at is null and next_at <= ${now} and attempts < ${ATTEMPTS_MAX}
      order by next_at, id limit ${BATCH} for update skip locked)
    returning organization_id, id, name, payload, attempts`.execute(house.databases.none)
  for (const event of claimed.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const error = await deliver(house, listeners, event)
    await settle(house, event, error)
  }
  return claimed.rows.length
}

type ClaimedEvent = { organization_id: string; id: string; name: string; payload: unknown; attempts: number }

async function deliver(house: House, listeners: readonly Listener[], event: ClaimedEvent): Promise<string | null> {
  for (const listener of listeners.filter((l) => l.event.name === event.name)) {
    try {
      const tenant = await house.tenant(event.organization_id)
      const payload = listener.event.payload.parse(event.payload)
      await write(house, { tenant, actor: systemActor(tenant.id, listener.name) }, async (ctx) => {
        const first = await ctx.tx
          .insertInto('outbox_receipt')
          .values({ organization_id: tenant.id, event_id: event.id, listener: listener.name, handled_at: ctx.clock.now() })
          .onConflict((c) => c.doNothing())
          .executeTakeFirst()
        if (first.numInsertedOrUpdatedRows === 1n) await listener.handle(ctx, payload as never, event.id)
      })
    } catch (error) {
      house.log.error({ err: error, event: event.name, eventId: event.id, listener: listener.name }, 'listener failed')
      return `${listener.name}: ${(error as Error).message}`.slice(0, 500)
    }
  }
  return null
}

async function settle(house: House, event: ClaimedEvent, error: string | null): Promise<void> {
  const now = house.clock.now()
  const backoffMs = Math.min(3_600_000, 1000 * 2 ** event.attempts)
  await house.databases.none
    .updateTable('outbox_event')
    .set(error ? { last_error: error, next_at: new Date(now.getTime() + backoffMs) } : { delivered_at: now, last_error: null })
    .where('organization_id', '=', event.organization_id)
    .where('id', '=', event.id)
    .execute()
}
