import { sql, type RawBuilder } from 'kysely'
import type { Admitted, Condition } from '../../../platform/condition/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import './table.ts'

export type ListKind = 'segment' | 'worklist'
export type LeftBecause = 'facts' | 'fill' | 'retired' | 'merge' | 'death'

/** A list whose members follow from a condition: a segment, or a worklist. */
export interface Roll {
  kind: ListKind
  id: string
  version: number
  condition: Condition
  /** undefined: its condition may not, or cannot, be asked any more, so that it holds nobody. */
  admitted: Admitted | undefined
}

/** Where the members of each kind stand; the columns of a stay are the same. */
export const STAYS = {
  segment: { table: sql`segment_member`, list: sql`segment_id` },
  worklist: { table: sql`worklist_item`, list: sql`worklist_id` },
} as const

export interface Move {
  listId: string
  patientId: string
}

export interface Moves {
  entered: Move[]
  left: Move[]
}

type Moved = { list_id: string; patient_id: string }
const movesOf = (rows: readonly Moved[]): Move[] =>
  rows.map((row) => ({ listId: row.list_id, patientId: row.patient_id }))

/**
 * Makes the stays of these people in these lists what the conditions say; who is in already keeps their day.
 * @param holding who belongs in which list
 */
export async function applyMoves(
  ctx: WriteContext,
  kind: ListKind,
  lists: readonly string[],
  patientIds: readonly string[],
  holding: readonly Move[],
  now: Date,
): Promise<Moves> {
  const { table, list } = STAYS[kind]
  const held = sql`unnest(${holding.map((one) => one.listId)}::uuid[], ${holding.map((one) => one.patientId)}::uuid[]) h (list_id, patient_id)`
  const { rows: left } = await sql<Moved>`
    update ${table} m set left_at = ${now}, left_because = 'facts'
    where m.organization_id = ${ctx.organizationId} and m.patient_id = any(${[...patientIds]}::uuid[]) and m.left_at is null
      and m.${list} = any(${[...lists]}::uuid[])
      and not exists (select from ${held} where h.list_id = m.${list} and h.patient_id = m.patient_id)
    returning m.${list} list_id, m.patient_id`.execute(ctx.tx)
  if (holding.length === 0) return { entered: [], left: movesOf(left) }
  const { rows: entered } = await sql<Moved>`
    insert into ${table} as m (organization_id, ${list}, patient_id, since_at)
    select ${ctx.organizationId}, h.list_id, h.patient_id, ${sinceOf(kind, ctx.organizationId, now)}
    from ${held}
    where not exists (select from ${table} s where s.organization_id = ${ctx.organizationId} and s.${list} = h.list_id
      and s.patient_id = h.patient_id and s.left_at is null)
    on conflict do nothing
    returning m.${list} list_id, m.patient_id`.execute(ctx.tx)
  return { entered: movesOf(entered), left: movesOf(left) }
}

/** Now, or just after the last stay of the same person: each stay has a beginning of its own. */
function sinceOf(kind: ListKind, organizationId: string, now: Date) {
  const { table, list } = STAYS[kind]
  return sql`coalesce((select max(s.since_at) + interval '1 millisecond' from ${table} s
    where s.organization_id = ${organizationId} and s.${list} = h.list_id and s.patient_id = h.patient_id
      and s.since_at >= ${now}), ${now}::timestamptz)`
}

/**
 * The same for everybody, in one statement.
 * @param holding rows of `patient_id`: who belongs in it
 */
export async function applyToAll(
  ctx: WriteContext,
  { kind, id }: Pick<Roll, 'kind' | 'id'>,
  holding: RawBuilder<unknown>,
  now: Date,
): Promise<{ entered: number; left: number }> {
  const { table, list } = STAYS[kind]
  const { rows } = await sql<{ entered: number; left: number }>`
    with held as materialized (${holding}),
    leaving as (
      update ${table} m set left_at = ${now}, left_because = 'fill'
      where m.organization_id = ${ctx.organizationId} and m.${list} = ${id} and m.left_at is null
        and not exists (select from held h where h.patient_id = m.patient_id)
      returning 1),
    entering as (
      insert into ${table} (organization_id, ${list}, patient_id, since_at)
      select ${ctx.organizationId}, ${id}::uuid, h.patient_id, ${now}::timestamptz + interval '1 millisecond' * (
        select count(*) from ${table} s where s.organization_id = ${ctx.organizationId} and s.${list} = ${id}
          and s.patient_id = h.patient_id and s.since_at >= ${now})
      from held h
      where not exists (select from ${table} s where s.organization_id = ${ctx.organizationId} and s.${list} = ${id}
        and s.patient_id = h.patient_id and s.left_at is null)
      on conflict do nothing
      returning 1)
    select (select count(*) from entering)::int entered, (select count(*) from leaving)::int "left"`.execute(ctx.tx)
  return rows[0]!
}

/** Ends all stays in a list. */
export async function endAll(ctx: WriteContext, kind: ListKind, id: string, because: LeftBecause): Promise<void> {
  const { table, list } = STAYS[kind]
  await sql`update ${table} set left_at = ${ctx.clock.now()}, left_because = ${because}
    where organization_id = ${ctx.organizationId} and ${list} = ${id} and left_at is null`.execute(ctx.tx)
}
