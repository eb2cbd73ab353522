import { sql, type Selectable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Place } from '../../../platform/sent/tail.ts'
import type { StopKind, StopWhy } from '../contract/stop.ts'
import type { MessageStopTable } from './table.ts'
import './table.ts'

export type StopRow = Selectable<MessageStopTable>

export interface NewStop {
  kind: StopKind
  scope: string
  why: StopWhy
  reply?: string
  before?: Place
  knowsUntil?: Date
}

/** @returns undefined where the same stands already */
export async function insertStop(ctx: WriteContext, stop: NewStop): Promise<StopRow | undefined> {
  const { rows } = await sql<StopRow>`
    insert into message_stop (organization_id, id, kind, scope, why, reply, before_epoch, before_position, knows_until, raised_at)
    values (${ctx.organizationId}, ${ctx.ids.next()}, ${stop.kind}, ${stop.scope}, ${stop.why}, ${(stop.reply ?? '').slice(0, 300)},
      ${stop.before?.epoch ?? null}, ${stop.before?.position ?? null}, ${stop.knowsUntil ?? null}, ${ctx.clock.now()})
    on conflict (organization_id, kind, scope) where lifted_at is null do nothing returning *`.execute(ctx.tx)
  return rows[0]
}

export function findOpenStops(db: Db, organizationId: string): Promise<StopRow[]> {
  return db
    .selectFrom('message_stop')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('lifted_at', 'is', null)
    .orderBy('raised_at', 'desc')
    .execute()
}

export function findLiftedStops(db: Db, organizationId: string, limit: number): Promise<StopRow[]> {
  return db
    .selectFrom('message_stop')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('lifted_at', 'is not', null)
    .orderBy('lifted_at', 'desc')
    .limit(limit)
    .execute()
}

/** Held until the transaction ends. */
export async function lockStop(tx: Transaction, organizationId: string, id: string): Promise<StopRow | undefined> {
  const { rows } = await sql<StopRow>`
    select * from message_stop where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function endStop(
  ctx: WriteContext,
  id: string,
  { because, outcome = null }: { because: string; outcome?: unknown },
): Promise<void> {
  await ctx.tx
    .updateTable('message_stop')
    .set({
      lifted_at: ctx.clock.now(),
      lifted_by: ctx.actor.id,
      lifted_by_name: ctx.actor.name,
      because,
      outcome: outcome === null ? null : JSON.stringify(outcome),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .execute()
}

/** Restores of late of which a data folder has not told yet what it knows. */
export async function findUntold(tx: Transaction, organizationId: string, tailId: string, since: Date) {
  const { rows } = await sql<StopRow>`
    select s.* from message_stop s where s.organization_id = ${organizationId} and s.kind = 'restored' and s.raised_at >= ${since}
      and not exists (select from message_stop_tail t where t.organization_id = s.organization_id and t.stop_id = s.id and t.tail_id = ${tailId})
    order by s.raised_at`.execute(tx)
  return rows
}

export async function noteTold(
  tx: Transaction,
  organizationId: string,
  told: { stopId: string; tailId: string; knows: boolean },
): Promise<void> {
  await tx
    .insertInto('message_stop_tail')
    .values({ organization_id: organizationId, stop_id: told.stopId, tail_id: told.tailId, knows: told.knows })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether a data folder was there that remembers what went out. */
export async function isRemembered(db: Db, organizationId: string, stopId: string): Promise<boolean> {
  const found = await db
    .selectFrom('message_stop_tail')
    .select('tail_id')
    .where('organization_id', '=', organizationId)
    .where('stop_id', '=', stopId)
    .where('knows', '=', true)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
