import type { Generated } from 'kysely'

export interface OutboxEventTable {
  organization_id: string
  id: string
  name: string
  payload: unknown
  created_at: Date
  next_at: Date
  attempts: Generated<number>
  delivered_at: Date | null
}

export interface OutboxReceiptTable {
  organization_id: string
  event_id: string
  listener: string
  handled_at: Date
}

export interface OutboxRetryTable {
  organization_id: string
  event_id: string
  listener: string
  attempts: number
  next_at: Date
  last_error: string
}

declare module '../database/schema.ts' {
  interface Database {
    outbox_event: OutboxEventTable
    outbox_receipt: OutboxReceiptTable
    outbox_retry: OutboxRetryTable
  }
}
