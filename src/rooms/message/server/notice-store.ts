import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { StaffNoticeTable } from './table.ts'
import './table.ts'

export type NoticeRow = Selectable<StaffNoticeTable>

export interface NewNoticeRow {
  id: string
  staffId: string
  kind: string
  values: Record<string, string | number | null>
  link: string | null
  sourceKey: string
  mail: boolean
  mailSealed: Buffer | null
  now: Date
}

/** @returns false when the same was told before */
export async function insertNotice(tx: Transaction, organizationId: string, notice: NewNoticeRow): Promise<boolean> {
  const result = await tx
    .insertInto('staff_notice')
    .values({
      organization_id: organizationId,
      id: notice.id,
      staff_id: notice.staffId,
      kind: notice.kind,
      values: JSON.stringify(notice.values),
      link: notice.link,
      source_key: notice.sourceKey,
      mail_state: notice.mail ? 'planned' : 'none',
      mail_sealed: notice.mailSealed,
      mail_next_at: notice.mail ? notice.now : null,
      mail_reply: null,
      created_at: notice.now,
      read_at: null,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'staff_id', 'source_key']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export function findNotices(db: Db, organizationId: string, staffId: string, limit: number): Promise<NoticeRow[]> {
  return db
    .selectFrom('staff_notice')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('staff_id', '=', staffId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Counted to 99: the bell shows no more. */
export async function countUnread(db: Db, organizationId: string, staffId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from (
      select from staff_notice where organization_id = ${organizationId} and staff_id = ${staffId} and read_at is null limit 99) unread`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** @returns which of them were unread */
export async function markRead(
  tx: Transaction,
  organizationId: string,
  staffId: string,
  ids: readonly string[] | undefined,
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update staff_notice set read_at = ${now}
    where organization_id = ${organizationId} and staff_id = ${staffId} and read_at is null
      and (${ids === undefined} or id = any(${[...(ids ?? [])]}::uuid[]))
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Takes due mails to staff and marks them claimed, with a lease. `mayDouble`: the former claim ran out. */
export async function claimNoticeMails(
  tx: Transaction,
  organizationId: string,
  now: Date,
  until: Date,
  limit: number,
  only: string | null,
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    with due as materialized (select id from staff_notice
      where organization_id = ${organizationId} and mail_state in ('planned', 'claimed') and mail_next_at <= ${now} and (${only}::text is null or kind = ${only})
      order by mail_next_at limit ${limit} for update skip locked)
    update staff_notice n set mail_attempts = n.mail_attempts + 1, mail_next_at = ${until}, mail_state = 'claimed',
      mail_possible_doubles = n.mail_possible_doubles + case when n.mail_state = 'claimed' then 1 else 0 end
    from due where n.organization_id = ${organizationId} and n.id = due.id returning n.*`.execute(tx)
  return rows
}

export async function settleNoticeMail(
  db: Db | Transaction,
  organizationId: string,
  mail: { id: string; attempt: number; state: 'planned' | 'accepted' | 'failed'; reply: string; nextAt: Date | null },
): Promise<void> {
  await db
    .updateTable('staff_notice')
    .set({ mail_state: mail.state, mail_reply: mail.reply.slice(0, 300), mail_next_at: mail.nextAt })
    .where('organization_id', '=', organizationId)
    .where('id', '=', mail.id)
    .where('mail_state', '=', 'claimed')
    .where('mail_attempts', '=', mail.attempt)
    .execute()
}

/** What waits to be mailed stands in the bell and is not mailed any more. */
export async function endWaitingNoticeMails(tx: Transaction, organizationId: string): Promise<void> {
  await tx
    .updateTable('staff_notice')
    .set({ mail_state: 'failed', mail_reply: 'waited behind a restore', mail_next_at: null })
    .where('organization_id', '=', organizationId)
    .where('mail_state', 'in', ['planned', 'claimed'])
    .execute()
}

/** Notices that nobody needs any more. */
export async function deleteOldNotices(db: Db, organizationId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('staff_notice')
    .where('organization_id', '=', organizationId)
    .where('created_at', '<', before)
    .where('mail_next_at', 'is', null)
    .execute()
}
