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
  last_error: string | null
}

export interface OutboxReceiptTable {
  organization_id: string
  event_id: string
  listener: string
  handled_at: Date
}

declare module '../database/schema.ts' {
  interface Database {
    outbox_event: OutboxEventTable
    outbox_receipt: OutboxReceiptTable
  }
}
