import type { Generated } from 'kysely'

export interface AccessTokenTable {
  organization_id: string
  holder: string
  token_sealed: Generated<Buffer | null>
  expires_at: Generated<Date | null>
  fetched_at: Generated<Date | null>
  fetches: Generated<number>
  retry_at: Generated<Date | null>
  last_refusal: Generated<string | null>
}

declare module '../database/schema.ts' {
  interface Database {
    access_token: AccessTokenTable
  }
}
