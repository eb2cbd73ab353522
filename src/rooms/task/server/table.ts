import type { Generated, GeneratedAlways } from 'kysely'
import type { Priority, TaskState, TaskType } from '../contract/words.ts'

export interface TaskTable {
  organization_id: string
  id: string
  type: TaskType
  title: Generated<string>
  title_en: Generated<string>
  note: Generated<string>
  patient_id: string | null
  state: TaskState
  pool_role: string | null
  owner_id: string | null
  owned_since: Date | null
  priority: Generated<Priority>
  rank: GeneratedAlways<number>
  due_on: string
  planned_on: Generated<string | null>
  due_at: Date | null
  remind_before: Generated<number[]>
  alert: string | null
  source: string
  source_key: string | null
  concern: Generated<string | null>
  outcome: unknown
  reason: Generated<string>
  reason_code: string | null
  access_granted: Generated<boolean>
  created_by: string | null
  created_by_name: string
  created_at: Date
  closed_by: string | null
  closed_by_name: string | null
  closed_at: Date | null
  version: Generated<number>
}

export type TaskEventKind =
  | 'created'
  | 'joined'
  | 'claimed'
  | 'released'
  | 'started'
  | 'completed'
  | 'cancelled'
  | 'changed'
  | 'handed-over'
  | 'hand-over-undone'
  | 'merged'
  | 'unmerged'

export interface TaskAskerTable {
  organization_id: string
  source: string
  source_key: string
  task_id: string
}

export interface TaskEventTable {
  organization_id: string
  task_id: string
  /** The version of the task that this made. */
  version: number
  kind: TaskEventKind
  from_state: string | null
  to_state: string
  from_owner_id: string | null
  to_owner_id: string | null
  reason: Generated<string>
  reason_code: string | null
  by_id: string | null
  by_name: string
  at: Date
}

export interface TaskReminderTable {
  organization_id: string
  task_id: string
  offset_minutes: number
  at: Date
  state: Generated<'waiting' | 'sent' | 'dropped'>
  settled_at: Date | null
}

export interface TaskDigestRunTable {
  organization_id: string
  day: string
  at: Date
}

export interface TaskDigestTable {
  organization_id: string
  staff_id: string
  day: string
  open_count: number
  overdue_count: number
  at: Date
}

export interface TaskFilterTable {
  organization_id: string
  staff_id: string
  id: string
  name: string
  filter: unknown
  created_at: Date
}

export interface HandOverBatchTable {
  organization_id: string
  id: string
  to_id: string
  reason: string
  task_count: number
  by_id: string
  by_name: string
  at: Date
  undone_at: Date | null
  undone_by: string | null
  undone_count: number | null
}

export interface HandOverItemTable {
  organization_id: string
  batch_id: string
  task_id: string
  from_state: string
  from_owner_id: string | null
  from_owned_since: Date | null
  from_access_granted: boolean
  version_after: number
}

export interface TaskMoveTable {
  organization_id: string
  merge_id: string
  task_id: string
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    task: TaskTable
    task_event: TaskEventTable
    task_asker: TaskAskerTable
    task_reminder: TaskReminderTable
    task_digest_run: TaskDigestRunTable
    task_digest: TaskDigestTable
    task_filter: TaskFilterTable
    hand_over_batch: HandOverBatchTable
    hand_over_item: HandOverItemTable
    task_move: TaskMoveTable
  }
}
