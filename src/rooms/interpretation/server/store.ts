import { sql, type Expression, type Insertable, type Selectable, type SqlBool, type Updateable } from 'kysely'
import type { Actor, ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { EventKind } from '../contract/words.ts'
import type {
  InterpretationOrderTable,
  InterpretationOutcomeTable,
  InterpretationQuestionTable,
  InterpretationSlotTable,
} from './table.ts'

export type OrderRow = Selectable<InterpretationOrderTable>
export type SlotRow = Selectable<InterpretationSlotTable>
export type OutcomeRow = Selectable<InterpretationOutcomeTable>
export type QuestionRow = Selectable<InterpretationQuestionTable>
type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/**
 * Which interpretations `o`, with their patient `p`, somebody may see: those of their own people, and those that they
 * explain themselves. Explaining one opens it, not the file.
 */
export function visibleOrders(actor: Actor, now: Date): Expression<SqlBool> {
  if (actor.kind === 'system') return sql<SqlBool>`true`
  const mine = sql<SqlBool>`exists (select from interpretation_slot m where m.organization_id = o.organization_id
    and m.id = o.slot_id and m.doctor_id = ${actor.id})`
  return actor.kind === 'staff' ? sql<SqlBool>`(${visibleTo(actor, 'p', now)} or ${mine})` : visibleTo(actor, 'p', now)
}

export async function findOrder(ctx: ReadContext, orderId: string): Promise<OrderRow | undefined> {
  return oneOrder(ctx, orderId, false)
}

/** Locks an interpretation until the transaction ends; whoever acts at the same time stands in line here. @throws Problem NotFound */
export async function lockOrder(ctx: WriteContext, orderId: string): Promise<OrderRow> {
  const row = await oneOrder(ctx, orderId, true)
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  ctx.audit.detail = { from: row.state }
  return row
}

async function oneOrder(ctx: ReadContext, orderId: string, lock: boolean): Promise<OrderRow | undefined> {
  const { rows } = await sql<OrderRow>`
    select o.* from interpretation_order o join patient p on p.organization_id = o.organization_id and p.id = o.patient_id
    where o.organization_id = ${ctx.organizationId} and o.id = ${orderId} and ${visibleOrders(ctx.actor, ctx.clock.now())}
    ${lock ? sql`for update of o` : sql``}`.execute(ctx.db)
  return rows[0]
}

/** Changes an interpretation that is locked. @throws Problem ChangedMeanwhile */
export async function updateOrder(
  ctx: WriteContext,
  row: Pick<OrderRow, 'id' | 'version'>,
  change: Updateable<InterpretationOrderTable>,
): Promise<OrderRow> {
  const after = await ctx.tx
    .updateTable('interpretation_order')
    .set({ ...change, version: row.version + 1 })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirst()
  if (!after) throw platformProblem('ChangedMeanwhile')
  return after
}

/** @returns false when an interpretation of this report is open already */
export async function insertOrder(ctx: WriteContext, row: Insertable<InterpretationOrderTable>): Promise<boolean> {
  const added = await ctx.tx
    .insertInto('interpretation_order')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Interpretations of a person, newest first. Who may see them is the caller's business. */
export function findOrdersOf({ db, organizationId }: Reading, patientId: string): Promise<OrderRow[]> {
  return db
    .selectFrom('interpretation_order')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** The open one of a report, whose ever it is. */
export function findOpenOf({ db, organizationId }: Reading, reportFirstId: string): Promise<OrderRow | undefined> {
  return db
    .selectFrom('interpretation_order')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('report_first_id', '=', reportFirstId)
    .where('state', 'in', ['asked', 'offered', 'booked'])
    .executeTakeFirst()
}

/** Versions of what was signed, the newest first. */
export async function findOutcomes(
  { db, organizationId }: Reading,
  orderIds: readonly string[],
): Promise<Map<string, OutcomeRow[]>> {
  if (orderIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('interpretation_outcome')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(sql<boolean>`order_id = any(${[...orderIds]}::uuid[])`)
    .orderBy('version', 'desc')
    .execute()
  return Map.groupBy(rows, (row) => row.order_id)
}

export function findQuestions({ db, organizationId }: Reading, orderId: string): Promise<QuestionRow[]> {
  return db
    .selectFrom('interpretation_question')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('order_id', '=', orderId)
    .orderBy('asked_at')
    .orderBy('id')
    .execute()
}

/** How many questions of each wait for an answer. */
export async function countUnanswered(
  { db, organizationId }: Reading,
  orderIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ order_id: string; count: number }>`
    select order_id, count(*)::int count from interpretation_question where organization_id = ${organizationId}
      and order_id = any(${[...orderIds]}::uuid[]) and answered_at is null group by order_id`.execute(db)
  return new Map(rows.map((row) => [row.order_id, row.count]))
}

export async function note(
  ctx: WriteContext,
  orderId: string,
  { kind, text = '', slotId = null }: { kind: EventKind; text?: string; slotId?: string | null },
): Promise<void> {
  const { actor } = ctx
  await ctx.tx
    .insertInto('interpretation_event')
    .values({
      organization_id: ctx.organizationId,
      id: ctx.ids.next(),
      order_id: orderId,
      kind,
      note: text,
      slot_id: slotId,
      by_id: actor.id,
      by_kind: actor.kind,
      by_name: actor.proxy?.name ?? (actor.kind === 'staff' ? actor.name : ''),
      at: ctx.clock.now(),
    })
    .execute()
}
