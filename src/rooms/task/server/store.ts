import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Priority, TaskState, TaskType } from '../contract/words.ts'
import type { TaskEventKind, TaskTable } from './table.ts'
import './table.ts'

export type TaskRow = Selectable<TaskTable>

/** Open and with an owner; written out, so that the planner recognises the partial indexes. */
export const OWNED_OPEN = sql<boolean>`t.state in ('accepted', 'in-progress')`
/** The day a task is meant for; it is in time until `due_on`. */
export const PLANNED_ON = sql<string>`coalesce(t.planned_on, t.due_on)`
export const OPEN = sql<boolean>`t.state in ('requested', 'accepted', 'in-progress')`

export interface TaskInsert {
  id: string
  type: TaskType
  title: string
  titleEn: string
  note: string
  patientId: string | null
  state: TaskState
  poolRole: string | null
  ownerId: string | null
  priority: Priority
  dueOn: string
  plannedOn: string | null
  dueAt: Date | null
  remindBefore: readonly number[]
  alert: string | null
  source: string
  sourceKey: string | null
  concern: string | null
  accessGranted: boolean
}

/** Adds tasks in one statement; those whose source and key, or open concern, are there already are left out. @returns the ids that are new */
export async function insertTasks(
  tx: Transaction,
  organizationId: string,
  tasks: readonly TaskInsert[],
  by: { id: string | null; name: string },
  now: Date,
): Promise<Set<string>> {
  if (tasks.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    insert into task (organization_id, id, type, title, title_en, note, patient_id, state, pool_role, owner_id, owned_since, priority,
      due_on, planned_on, due_at, remind_before, alert, source, source_key, concern, access_granted, created_by, created_by_name, created_at)
    select ${organizationId}::uuid, id, type, title, "titleEn", note, "patientId", state, "poolRole", "ownerId",
      case when "ownerId" is not null then ${now}::timestamptz end, priority, "dueOn", "plannedOn", "dueAt",
      array(select json_array_elements_text("remindBefore")::int), alert, source, "sourceKey", concern, "accessGranted",
      ${by.id}::uuid, ${by.name}, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(tasks)}::json) as n (id uuid, type text, title text, "titleEn" text, note text,
      "patientId" uuid, state text, "poolRole" text, "ownerId" uuid, priority text, "dueOn" date, "plannedOn" date, "dueAt" timestamptz,
      "remindBefore" json, alert text, source text, "sourceKey" text, concern text, "accessGranted" boolean)
    on conflict do nothing
    returning id`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Ids of tasks by what asked for them, first or later, keyed `source key`. */
export async function findBySource(
  db: Db,
  organizationId: string,
  keys: readonly { source: string; sourceKey: string }[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ id: string; source: string; source_key: string }>`
    with k as (select * from unnest(${keys.map((k) => k.source)}::text[], ${keys.map((k) => k.sourceKey)}::text[]) k (source, source_key))
    select t.id, t.source, t.source_key from task t join k on k.source = t.source and k.source_key = t.source_key
    where t.organization_id = ${organizationId}
    union all
    select a.task_id, a.source, a.source_key from task_asker a join k on k.source = a.source and k.source_key = a.source_key
    where a.organization_id = ${organizationId}`.execute(db)
  return new Map(rows.map((row) => [`${row.source} ${row.source_key}`, row.id]))
}

/** Locks tasks in the order of their ids until the transaction ends. */
export function lockTasks(tx: Transaction, organizationId: string, taskIds: readonly string[]): Promise<TaskRow[]> {
  if (taskIds.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('task')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(sql<boolean>`id = any(${[...taskIds]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export type TaskChange = Partial<{
  title: string
  title_en: string
  note: string
  state: TaskState
  pool_role: string | null
  owner_id: string | null
  owned_since: Date | null
  priority: Priority
  due_on: string
  planned_on: string | null
  due_at: Date | null
  remind_before: number[]
  outcome: string | null
  reason: string
  reason_code: string | null
  access_granted: boolean
  closed_by: string | null
  closed_by_name: string | null
  closed_at: Date | null
}>

/**
 * Changes a task if it still stands as it was read, and moves its version on.
 * @returns undefined when somebody was quicker
 */
export function updateTask(
  tx: Transaction,
  organizationId: string,
  task: Pick<TaskRow, 'id' | 'state' | 'version'>,
  change: TaskChange,
): Promise<TaskRow | undefined> {
  return tx
    .updateTable('task')
    .set({ ...change, version: sql`version + 1` } as never)
    .where('organization_id', '=', organizationId)
    .where('id', '=', task.id)
    .where('state', '=', task.state)
    .where('version', '=', task.version)
    .returningAll()
    .executeTakeFirst()
}

export interface EventInsert {
  taskId: string
  /** The version of the task that this made. */
  version: number
  kind: TaskEventKind
  fromState: TaskState | null
  toState: TaskState
  fromOwnerId: string | null
  toOwnerId: string | null
  reason: string
  reasonCode: string | null
}

export async function insertEvents(
  tx: Transaction,
  organizationId: string,
  events: readonly EventInsert[],
  by: { id: string | null; name: string },
  now: Date,
): Promise<void> {
  if (events.length === 0) return
  await sql`
    insert into task_event (organization_id, task_id, version, kind, from_state, to_state, from_owner_id, to_owner_id, reason, reason_code, by_id, by_name, at)
    select ${organizationId}::uuid, "taskId", version, kind, "fromState", "toState", "fromOwnerId", "toOwnerId", reason, "reasonCode",
      ${by.id}::uuid, ${by.name}, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(events)}::json) as n ("taskId" uuid, version int, kind text, "fromState" text, "toState" text,
      "fromOwnerId" uuid, "toOwnerId" uuid, reason text, "reasonCode" text)`.execute(tx)
}

/** Closes open tasks, whatever they are, in one statement. @returns them as they were, but for what the statement set */
export async function closeOpen(
  tx: Transaction,
  organizationId: string,
  taskIds: readonly string[],
  close: { state: 'completed' | 'cancelled'; reason: string; reasonCode: string | null; outcome: unknown },
  by: { id: string | null; name: string },
  now: Date,
): Promise<(TaskRow & { was: TaskState })[]> {
  if (taskIds.length === 0) return []
  const { rows } = await sql<TaskRow & { was: TaskState }>`
    update task t set state = ${close.state}, reason = ${close.reason}, reason_code = ${close.reasonCode},
      outcome = ${close.outcome === null ? null : JSON.stringify(close.outcome)}::jsonb,
      closed_by = ${by.id}::uuid, closed_by_name = ${by.name}, closed_at = ${now}, version = t.version + 1
    from (select id, state from task where organization_id = ${organizationId} and id = any(${[...taskIds]}::uuid[])
      and state in ('requested', 'accepted', 'in-progress') order by id for update) o
    where t.organization_id = ${organizationId} and t.id = o.id
    returning t.*, o.state was`.execute(tx)
  return rows
}
