import type { Generated } from 'kysely'
import type { Meaning, ReportKind, ReportState, Way, Why } from '../contract/words.ts'

export interface MailReportTable {
  organization_id: string
  id: string
  report_key: Buffer
  way: Way
  kind: ReportKind
  meaning: Meaning | null
  words: Generated<string>
  to_masked: string | null
  proven_id: string | null
  candidate_id: string | null
  message_id: string | null
  state: ReportState
  why: Why | null
  raw_sealed: Buffer | null
  received_at: Date
  decided_by: string | null
  decided_by_name: string | null
  decided_at: Date | null
  note: Generated<string>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    mail_report: MailReportTable
  }
}
