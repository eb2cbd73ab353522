import type { Generated } from 'kysely'
import type { KeyFinding, KeyKind } from '../contract/words.ts'

export interface MailDomainTable {
  organization_id: string
  return_pattern: string | null
  version: Generated<number>
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface MailKeyTable {
  organization_id: string
  id: string
  kind: KeyKind
  domain: string
  selector: string
  public_key: string
  private_sealed: Buffer | null
  state: 'made' | 'signing' | 'retired'
  made_by: string | null
  made_by_name: string
  made_at: Date
  signing_since: Date | null
  retired_at: Date | null
  checked_at: Date | null
  finding: KeyFinding | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    mail_domain: MailDomainTable
    mail_key: MailKeyTable
  }
}
