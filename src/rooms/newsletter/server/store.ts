import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { NewsletterIssueTable } from './table.ts'
import './table.ts'

export type IssueRow = Selectable<NewsletterIssueTable>

/** Newest month first: ten years of them at most. */
export function findIssues(db: Db, organizationId: string): Promise<IssueRow[]> {
  return db
    .selectFrom('newsletter_issue')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('month', 'desc')
    .limit(120)
    .execute()
}

export function findIssue(db: Db, organizationId: string, id: string): Promise<IssueRow | undefined> {
  return db
    .selectFrom('newsletter_issue')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Everybody who changes an issue waits here. */
export async function lockIssue(tx: Transaction, organizationId: string, id: string): Promise<IssueRow | undefined> {
  const { rows } = await sql<IssueRow>`
    select * from newsletter_issue where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows[0]
}

/** @returns false where the month or the number is taken already */
export async function insertIssue(
  tx: Transaction,
  row: Pick<
    IssueRow,
    'organization_id' | 'id' | 'month' | 'number' | 'edited_by' | 'changed_at' | 'changed_by_name'
  > & {
    definition: string
  },
): Promise<boolean> {
  const added = await tx
    .insertInto('newsletter_issue')
    .values({
      ...row,
      state: 'draft',
      decided_at: null,
      decided_by: null,
      decided_by_name: null,
      campaign_id: null,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return added.length > 0
}

export async function setIssue(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Partial<Omit<IssueRow, 'organization_id' | 'id' | 'definition'>> & { definition?: string },
): Promise<void> {
  await tx
    .updateTable('newsletter_issue')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

export async function deleteIssue(tx: Transaction, organizationId: string, id: string): Promise<void> {
  await tx.deleteFrom('newsletter_issue').where('organization_id', '=', organizationId).where('id', '=', id).execute()
}
