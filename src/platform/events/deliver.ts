import { sql } from 'kysely'
import { systemActor } from '../context/context.ts'
import { write, type House } from '../context/house.ts'
import type { Listener } from '../context/room.ts'

export interface OutboxEvent {
  organization_id: string
  id: string
  name: string
  payload: unknown
}

/** A listener that waits for a lock or a statement longer than this has failed, so that the others get their turn. */
const LOCK_TIMEOUT = '10s'
const STATEMENT_TIMEOUT = '30s'

/**
 * Hands one event to one listener, in a transaction of its own together with the receipt.
 * @returns why it failed; null when it is handled, now or before
 */
export async function deliver(house: House, listener: Listener, event: OutboxEvent): Promise<string | null> {
  try {
    const tenant = await house.tenant(event.organization_id)
    const payload = listener.event.payload.parse(event.payload)
    await write(house, { tenant, actor: systemActor(tenant.id, listener.name) }, async (ctx) => {
      // Not waiting for the disk at each commit loses nothing: the statement that settles the event does wait, for all
      // before it; until then a crash has the event delivered again.
      const first = await sql`
        insert into outbox_receipt (organization_id, event_id, listener, handled_at)
        select ${tenant.id}, ${event.id}, ${listener.name}, ${ctx.clock.now()}
        where set_config('synchronous_commit', 'off', true) is not null
          and set_config('lock_timeout', ${LOCK_TIMEOUT}, true) is not null
          and set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true) is not null
        on conflict do nothing`.execute(ctx.tx)
      if (first.numAffectedRows === 1n) await listener.handle(ctx, payload as never, event.id)
    })
    return null
  } catch (error) {
    house.log.error({ err: error, event: event.name, eventId: event.id, listener: listener.name }, 'listener failed')
    return (error as Error).message.slice(0, 500)
  }
}
