import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import type { Sex } from '../../patient/contract/person.ts'
import type { TaskRow } from './store.ts'
import type { TaskEventTable } from './table.ts'

/** A task with the names that a list shows. */
export type NamedTaskRow = TaskRow & {
  owner_name: string | null
  patient_name: string | null
  patient_sex: Sex | null
  patient_birth_date: string | null
  patient_phone_masked: string | null
  patient_deceased_on: string | null
  doctor_name: string | null
}

const FROM = sql`from task t
  left join patient p on p.organization_id = t.organization_id and p.id = t.patient_id
  left join staff o on o.organization_id = t.organization_id and o.id = t.owner_id
  left join staff d on d.organization_id = p.organization_id and d.id = p.doctor_id`

const COLUMNS = sql`t.*, o.name owner_name, p.name patient_name, p.sex patient_sex, p.birth_date patient_birth_date,
  p.phone_masked patient_phone_masked, p.deceased_on patient_deceased_on, d.name doctor_name`

export async function findTask(
  db: Db,
  organizationId: string,
  taskId: string,
  scope: Expression<SqlBool>,
): Promise<NamedTaskRow | undefined> {
  const { rows } = await sql<NamedTaskRow>`
    select ${COLUMNS} ${FROM} where t.organization_id = ${organizationId} and t.id = ${taskId} and ${scope}`.execute(db)
  return rows[0]
}

/** In what order a list stands, and so what its cursor is made of. */
export type Order = 'work' | 'closed' | 'made'

const KEYS: Record<Order, { columns: RawBuilder<unknown>; casts: readonly string[]; descending: boolean }> = {
  work: { columns: sql`t.rank, t.due_on, t.id`, casts: ['smallint', 'date', 'uuid'], descending: false },
  closed: { columns: sql`t.closed_at, t.id`, casts: ['timestamptz', 'uuid'], descending: true },
  // Ids are ordered by time: newest first.
  made: { columns: sql`t.id`, casts: ['uuid'], descending: true },
}

export interface ListOptions {
  where: readonly Expression<SqlBool>[]
  order: Order
  after?: readonly string[] | undefined
  limit: number
}

export async function findTasks(
  db: Db,
  organizationId: string,
  { where, order, after, limit }: ListOptions,
): Promise<NamedTaskRow[]> {
  const { columns, casts, descending } = KEYS[order]
  const past = after
    ? sql`and (${columns}) ${sql.raw(descending ? '<' : '>')} (${sql.join(after.map((value, i) => sql`${value}::${sql.raw(casts[i]!)}`))})`
    : sql``
  const sorted = descending ? sql.raw(order === 'closed' ? 't.closed_at desc, t.id desc' : 't.id desc') : columns
  const { rows } = await sql<NamedTaskRow>`
    select ${COLUMNS} ${FROM} where t.organization_id = ${organizationId} and ${sql.join(where, sql` and `)} ${past}
    order by ${sorted} limit ${limit}`.execute(db)
  return rows
}

/** The values of a row that its order stands by. */
export function cursorOf(row: TaskRow, order: Order): string[] {
  if (order === 'work') return [String(row.rank), row.due_on, row.id]
  return order === 'closed' ? [row.closed_at!.toISOString(), row.id] : [row.id]
}

/** Whether a cursor is of that order; anything else is treated as the beginning. */
export function isCursor(values: unknown, order: Order): values is string[] {
  const shapes = {
    smallint: /^\d$/,
    date: /^\d{4}-\d\d-\d\d$/,
    timestamptz: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    uuid: /^[0-9a-f-]{36}$/,
  }
  const { casts } = KEYS[order]
  return (
    Array.isArray(values) &&
    values.length === casts.length &&
    values.every((value, i) => typeof value === 'string' && shapes[casts[i] as keyof typeof shapes].test(value))
  )
}

/** How many there are, counted up to `max`. */
export async function countTasks(
  db: Db,
  organizationId: string,
  where: readonly Expression<SqlBool>[],
  max: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from (select ${FROM} where t.organization_id = ${organizationId} and ${sql.join(where, sql` and `)} limit ${max}) c`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export type NamedEventRow = Omit<TaskEventTable, 'reason'> & {
  reason: string
  from_owner_name: string | null
  to_owner_name: string | null
}

/** What happened to a task, oldest first. */
export async function findEvents(db: Db, organizationId: string, taskId: string): Promise<NamedEventRow[]> {
  const { rows } = await sql<NamedEventRow>`
    select e.*, f.name from_owner_name, o.name to_owner_name from task_event e
    left join staff f on f.organization_id = e.organization_id and f.id = e.from_owner_id
    left join staff o on o.organization_id = e.organization_id and o.id = e.to_owner_id
    where e.organization_id = ${organizationId} and e.task_id = ${taskId} order by e.version limit 200`.execute(db)
  return rows
}
