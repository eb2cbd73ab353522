import type { Generated, JSONColumnType } from 'kysely'
import type { Because, ClientFamily, HitKind, ReadingVerdict, Sign } from '../contract/words.ts'
import type { Counts } from './rules/figures.ts'

export interface MessageHitTable {
  organization_id: string
  message_id: string
  id: string
  kind: HitKind
  link: number
  at: Date
  sign: Sign
  client: ClientFamily
  verdict: ReadingVerdict
  because: Because
}

export interface MessageReadingTable {
  organization_id: string
  message_id: string
  raw: boolean
  seen: boolean
  clicked: boolean
  surplus: Generated<number>
  first_at: Date
  changed_at: Date
}

export interface ReadingReportTable {
  organization_id: string
  month: string
  lines: JSONColumnType<Counts[]>
  made_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    message_hit: MessageHitTable
    message_reading: MessageReadingTable
    reading_report: ReadingReportTable
  }
}
