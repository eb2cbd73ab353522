import type { Generated } from 'kysely'
import type { LeftBecause } from './roll.ts'

export interface SegmentTable {
  organization_id: string
  id: string
  state: 'draft' | 'active' | 'retired'
  version: number | null
  owner_id: string | null
  shipped_code: Generated<string | null>
  created_at: Date
  retired_at: Date | null
}

export interface SegmentVersionTable {
  organization_id: string
  segment_id: string
  version: number
  state: 'draft' | 'saved'
  definition: unknown
  author_id: string | null
  created_at: Date
  saved_by: string | null
  saved_at: Date | null
}

interface Stay {
  organization_id: string
  patient_id: string
  since_at: Date
  left_at: Date | null
  left_because: LeftBecause | null
  merge_id: string | null
}

export interface SegmentMemberTable extends Stay {
  segment_id: string
}

export interface SegmentSizeTable {
  organization_id: string
  segment_id: string
  day: string
  members: number
  counted_at: Date
}

export interface SegmentFillTable {
  organization_id: string
  id: string
  list_kind: 'segment' | 'worklist'
  list_id: string
  version: number
  because: 'saved' | 'refreshed' | 'restored'
  by_id: string | null
  asked_at: Date
  filled_at: Date | null
  entered: number | null
  left_count: number | null
  swept_to: string | null
  finished_at: Date | null
}

export interface WorklistTable {
  organization_id: string
  id: string
  name: string
  purpose: string
  condition: unknown
  sort: 'due' | 'since' | 'oldest' | 'youngest'
  target_days: number
  owner_id: string | null
  shipped_code: Generated<string | null>
  state: Generated<'active' | 'retired'>
  version: Generated<number>
  created_at: Date
  changed_at: Date
}

export interface WorklistItemTable extends Stay {
  worklist_id: string
  state: Generated<'open' | 'done'>
  note: Generated<string>
  done_by: string | null
  done_by_name: string | null
  done_at: Date | null
  task_id: string | null
}

export interface WorklistActTable {
  organization_id: string
  id: string
  worklist_id: string
  patient_id: string
  act: 'done' | 'put-back' | 'task'
  note: string
  by_id: string | null
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    segment: SegmentTable
    segment_version: SegmentVersionTable
    segment_member: SegmentMemberTable
    segment_size: SegmentSizeTable
    segment_fill: SegmentFillTable
    worklist: WorklistTable
    worklist_item: WorklistItemTable
    worklist_act: WorklistActTable
  }
}
