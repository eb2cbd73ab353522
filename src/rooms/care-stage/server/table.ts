import type { Generated } from 'kysely'
import type { Stage } from '../contract/words.ts'

export interface PatientStageTable {
  organization_id: string
  id: string
  patient_id: string
  stage: Stage
  content_version: number
  entered_on: string
  entered_at: Date
  entered_by: string | null
  entered_by_name: string
  because: string
  left_on: string | null
  left_at: Date | null
  left_open: Generated<string[]>
  moved: Generated<unknown>
}

export interface PatientStageTickTable {
  organization_id: string
  stage_id: string
  id: string
  item: string
  done: boolean
  note: string
  by_id: string | null
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    patient_stage: PatientStageTable
    patient_stage_tick: PatientStageTickTable
  }
}
