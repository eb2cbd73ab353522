import type { Generated } from 'kysely'

export interface AgendaTable {
  organization_id: string
  patient_id: string
  due_at: Date | null
  reason: string
  attempts: Generated<number>
  last_error: string | null
  evaluated_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    agenda: AgendaTable
  }
}
