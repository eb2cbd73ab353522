import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Condition } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Transaction } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { ITEM_FILTERS, SORTS } from '../contract/worklist.ts'
import type { Place } from './place.ts'
import './table.ts'

export interface WorklistRow {
  id: string
  name: string
  purpose: string
  condition: Condition
  sort: (typeof SORTS)[number]
  target_days: number
  owner_id: string | null
  owner_name: string | null
  shipped_code: string | null
  state: 'active' | 'retired'
  version: number
}

/** All, or one. */
export async function findWorklists(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  id?: string,
): Promise<WorklistRow[]> {
  const { rows } = await sql<WorklistRow>`
    select w.id, w.name, w.purpose, w.condition, w.sort, w.target_days, w.owner_id, o.name owner_name, w.shipped_code, w.state, w.version
    from worklist w left join staff o on o.organization_id = w.organization_id and o.id = w.owner_id
    where w.organization_id = ${organizationId} ${id ? sql`and w.id = ${id}` : sql``} order by w.id desc`.execute(db)
  return rows
}

/** The row of a worklist, held until the transaction ends. */
export async function lockWorklist(tx: Transaction, organizationId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from worklist where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows.length > 0
}

/** The day on which what came on the list at a moment is due. */
function dueOn(ctx: ReadContext, since: RawBuilder<unknown>, targetDays: RawBuilder<unknown>): RawBuilder<string> {
  return sql`((${since} at time zone ${ctx.tenant.timeZone})::date + ${targetDays})`
}

/** The people of a list whom the reader may see: `i` is the item, `p` the person, `w` the list. */
function itemsOf(ctx: ReadContext, ids: readonly string[]): RawBuilder<unknown> {
  return sql`worklist w
    join worklist_item i on i.organization_id = w.organization_id and i.worklist_id = w.id
    join patient p on p.organization_id = i.organization_id and p.id = i.patient_id
    where w.organization_id = ${ctx.organizationId} and w.id = any(${[...ids]}::uuid[])
      and p.state <> 'merged' and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}`
}

export interface ProgressRow {
  worklist_id: string
  open: number
  overdue: number
  done: number
  done_in_time: number
}

export async function findProgress(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, ProgressRow>> {
  const due = dueOn(ctx, sql`i.since_at`, sql`w.target_days`)
  const lately = new Date(ctx.clock.now().getTime() - 30 * 86_400_000)
  const { rows } = await sql<ProgressRow>`
    select w.id worklist_id,
      (count(*) filter (where i.left_at is null and i.state = 'open'))::int "open",
      (count(*) filter (where i.left_at is null and i.state = 'open' and ${due} < ${ctx.today}::date))::int overdue,
      (count(*) filter (where i.state = 'done' and i.done_at >= ${lately}))::int done,
      (count(*) filter (where i.state = 'done' and i.done_at >= ${lately}
        and (i.done_at at time zone ${ctx.tenant.timeZone})::date <= ${due}))::int done_in_time
    from ${itemsOf(ctx, ids)}
      and (i.left_at is null or i.done_at >= ${lately})
    group by w.id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.worklist_id, row]))
}

export interface ItemRow {
  patient_id: string
  since_at: Date
  due_on: string
  state: 'open' | 'done'
  note: string
  done_by_name: string | null
  done_at: Date | null
  task_id: string | null
  sort: string
}

/** How a list is sorted: the column, what its text is read as, and which way. */
const ORDERS = {
  due: { by: sql`i.since_at`, type: 'timestamptz', isDescending: false },
  since: { by: sql`i.since_at`, type: 'timestamptz', isDescending: true },
  oldest: { by: sql`coalesce(p.birth_date, '9999-01-01'::date)`, type: 'date', isDescending: false },
  youngest: { by: sql`coalesce(p.birth_date, '0001-01-01'::date)`, type: 'date', isDescending: true },
} as const

function matching(ctx: ReadContext, filter: (typeof ITEM_FILTERS)[number]): Expression<SqlBool> {
  switch (filter) {
    case 'open':
      return sql`i.left_at is null and i.state = 'open'`
    case 'overdue':
      return sql`i.left_at is null and i.state = 'open' and ${dueOn(ctx, sql`i.since_at`, sql`w.target_days`)} < ${ctx.today}::date`
    case 'done':
      return sql`i.state = 'done' and i.done_at >= ${new Date(ctx.clock.now().getTime() - 30 * 86_400_000)}`
    case 'all':
      return sql`i.left_at is null`
  }
}

export async function findItems(
  ctx: ReadContext,
  { id, sort }: Pick<WorklistRow, 'id' | 'sort'>,
  { filter, after, limit }: { filter: (typeof ITEM_FILTERS)[number]; after: Place | undefined; limit: number },
): Promise<ItemRow[]> {
  const { by, type, isDescending } = ORDERS[sort]
  const way = sql.raw(isDescending ? 'desc' : 'asc')
  const onward = after
    ? sql`and (${by}, i.patient_id) ${sql.raw(isDescending ? '<' : '>')} (${after.sort}::${sql.raw(type)}, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<ItemRow>`
    select i.patient_id, i.since_at, ${dueOn(ctx, sql`i.since_at`, sql`w.target_days`)} due_on, i.state, i.note, i.done_by_name, i.done_at,
      i.task_id, (${by})::text sort
    from ${itemsOf(ctx, [id])} and ${matching(ctx, filter)} ${onward}
    order by ${by} ${way}, i.patient_id ${way} limit ${limit}`.execute(ctx.db)
  return rows
}

/** Where somebody stands on a list now; undefined for whoever is not on it, or not the reader's to see. */
export async function findItem(ctx: ReadContext, worklistId: string, patientId: string): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`
    select i.patient_id, i.since_at, ${dueOn(ctx, sql`i.since_at`, sql`w.target_days`)} due_on, i.state, i.note, i.done_by_name, i.done_at,
      i.task_id, '' sort
    from ${itemsOf(ctx, [worklistId])} and i.patient_id = ${patientId} and i.left_at is null`.execute(ctx.db)
  return rows[0]
}

export interface ItemPlace {
  worklistId: string
  patientId: string
  /** The state it must still have. */
  from: 'open' | 'done'
  /** Only where this task was made of it. */
  taskId?: string
}

/** Changes where somebody stands now. @returns false when it is not in this state any more */
export async function changeItem(
  tx: Transaction,
  organizationId: string,
  { worklistId, patientId, from, taskId }: ItemPlace,
  values: {
    state?: 'open' | 'done'
    note?: string
    done_by?: string | null
    done_by_name?: string | null
    done_at?: Date | null
    task_id?: string | null
  },
): Promise<boolean> {
  const result = await tx
    .updateTable('worklist_item')
    .set(values)
    .where('organization_id', '=', organizationId)
    .where('worklist_id', '=', worklistId)
    .where('patient_id', '=', patientId)
    .where('left_at', 'is', null)
    .where('state', '=', from)
    .$if(taskId !== undefined, (query) => query.where('task_id', '=', taskId!))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function findActs(ctx: ReadContext, worklistId: string, patientId: string) {
  return ctx.db
    .selectFrom('worklist_act')
    .select(['act', 'note', 'by_name', 'at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('worklist_id', '=', worklistId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}
