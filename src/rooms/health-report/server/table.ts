import type { Generated } from 'kysely'

export interface HealthReportTable {
  organization_id: string
  id: string
  patient_id: string
  number: string
  state: 'waiting' | 'ready' | 'failed' | 'withdrawn'
  language: 'zh-CN' | 'en'
  exam_report_id: string
  exam_on: string
  conclusions: unknown
  signed_by: string | null
  signed_on: string | null
  verify_hash: Buffer
  batch_id: string | null
  template: string | null
  file_key: string | null
  page_count: number | null
  warnings: Generated<unknown>
  reason: string | null
  created_by: string | null
  created_at: Date
  ready_at: Date | null
  withdrawn_by: string | null
  withdrawn_because: string | null
}

export interface HealthReportBatchTable {
  organization_id: string
  id: string
  title: string
  total: number
  created_by: string | null
  created_at: Date
}

export interface HealthReportCounterTable {
  organization_id: string
  day: string
  last: number
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    health_report: HealthReportTable
    health_report_batch: HealthReportBatchTable
    health_report_counter: HealthReportCounterTable
  }
}
