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
  kind: Generated<'report' | 'sealed'>
  composition_id: string | null
  content_hash: string | null
  code_sealed: Buffer | null
  moved: Generated<unknown>
}

export interface HealthReportBatchTable {
  organization_id: string
  id: string
  title: string
  total: number
  created_by: string | null
  created_at: Date
  language: Generated<'zh-CN' | 'en'>
  drafts: Generated<boolean>
  created_by_name: Generated<string>
  cancelled_at: Date | null
  cancelled_by_name: string | null
  finished_at: Date | null
}

export interface HealthReportBatchItemTable {
  organization_id: string
  batch_id: string
  place: number
  patient_id: string
  state: 'waiting' | 'done' | 'refused' | 'failed' | 'cancelled'
  claimed_until: Date | null
  attempts: Generated<number>
  report_id: string | null
  reason: string | null
  done_at: Date | null
}

export interface HealthReportCounterTable {
  organization_id: string
  day: string
  last: number
}

export interface ReportCompositionTable {
  organization_id: string
  id: string
  patient_id: string
  exam_report_id: string
  exam_on: string
  exam_title: string
  version: number
  state: 'draft' | 'signed' | 'issued' | 'amended' | 'recalled'
  conclusions: unknown
  not_done: unknown
  parts: unknown
  edition: Generated<number>
  started_by: string | null
  started_by_name: string
  started_at: Date
  changed_at: Date
  issued_by: string | null
  issued_by_name: string | null
  issued_by_title: string | null
  issued_at: Date | null
  issued_on: string | null
  content_key: string | null
  because: Generated<string>
  before_id: string | null
  recalled_by_name: string | null
  recalled_at: Date | null
  recalled_because: string | null
  notified_by_name: string | null
  notified_at: Date | null
  moved: Generated<unknown>
}

export interface ReportSignatureTable {
  organization_id: string
  composition_id: string
  number: number
  part: string
  act: 'signed' | 'taken-back'
  content_hash: string
  by_id: string
  by_name: string
  by_title: string
  at: Date
}

export interface ReportWishTable {
  organization_id: string
  id: string
  patient_id: string
  exam_report_id: string
  wished_on: string
  kept_where: string
  recorded_by: string | null
  recorded_by_name: string
  recorded_at: Date
  withdrawn_by_name: string | null
  withdrawn_at: Date | null
  moved: Generated<unknown>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    health_report: HealthReportTable
    health_report_batch: HealthReportBatchTable
    health_report_batch_item: HealthReportBatchItemTable
    health_report_counter: HealthReportCounterTable
    report_composition: ReportCompositionTable
    report_signature: ReportSignatureTable
    report_wish: ReportWishTable
  }
}
