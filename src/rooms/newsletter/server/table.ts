import type { ColumnType, Generated } from 'kysely'
import type { IssueDefinition, IssueState } from '../contract/words.ts'

export interface NewsletterIssueTable {
  organization_id: string
  id: string
  month: string
  number: number
  state: IssueState
  definition: ColumnType<IssueDefinition, string, string>
  revision: Generated<number>
  edited_by: string[]
  changed_at: Date
  changed_by_name: string
  decided_at: Date | null
  decided_by: string | null
  decided_by_name: string | null
  note: Generated<string>
  campaign_id: string | null
  sent_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    newsletter_issue: NewsletterIssueTable
  }
}
