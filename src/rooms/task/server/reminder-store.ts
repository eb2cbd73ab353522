import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import './table.ts'

export interface ReminderTime {
  taskId: string
  offsetMinutes: number
  at: Date
}

/** Adds reminders, or moves those that still wait; one that has gone out stays gone out. */
export async function putReminders(
  tx: Transaction,
  organizationId: string,
  times: readonly ReminderTime[],
): Promise<void> {
  if (times.length === 0) return
  await sql`
    insert into task_reminder as r (organization_id, task_id, offset_minutes, at)
    select ${organizationId}::uuid, "taskId", "offsetMinutes", at
    from json_to_recordset(${JSON.stringify(times)}::json) as n ("taskId" uuid, "offsetMinutes" int, at timestamptz)
    on conflict (organization_id, task_id, offset_minutes) do update
    set at = excluded.at, state = 'waiting', settled_at = null where r.state <> 'sent'`.execute(tx)
}

/** What still waits is not sent any more: the task is closed, or its moment passed before somebody had it. */
export async function dropReminders(
  tx: Transaction,
  organizationId: string,
  taskIds: readonly string[],
  now: Date,
  only: 'all' | 'passed' = 'all',
): Promise<void> {
  if (taskIds.length === 0) return
  await sql`
    update task_reminder set state = 'dropped', settled_at = ${now}
    where organization_id = ${organizationId} and task_id = any(${[...taskIds]}::uuid[]) and state = 'waiting'
      and (${only === 'all'} or at <= ${now})`.execute(tx)
}

export interface DueReminder {
  task_id: string
  offset_minutes: number
  owner_id: string
}

/** Takes due reminders of tasks that somebody has, and marks them sent; rows another worker holds are passed over. */
export async function takeDueReminders(
  tx: Transaction,
  organizationId: string,
  now: Date,
  limit: number,
): Promise<DueReminder[]> {
  const { rows } = await sql<DueReminder>`
    with due as materialized (select d.task_id, d.offset_minutes, t.owner_id
      from task_reminder d join task t on t.organization_id = d.organization_id and t.id = d.task_id
      where d.organization_id = ${organizationId} and d.state = 'waiting' and d.at <= ${now}
        and t.state in ('accepted', 'in-progress')
      order by d.at, d.task_id, d.offset_minutes limit ${limit} for update of d skip locked)
    update task_reminder r set state = 'sent', settled_at = ${now} from due
    where r.organization_id = ${organizationId} and r.task_id = due.task_id and r.offset_minutes = due.offset_minutes
      and r.state = 'waiting'
    returning r.task_id, r.offset_minutes, due.owner_id`.execute(tx)
  return rows
}
