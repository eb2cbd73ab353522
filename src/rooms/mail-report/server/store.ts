import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { MailReportTable } from './table.ts'
import './table.ts'

export type MailReportRow = Selectable<MailReportTable>

/** @returns undefined where it is known already */
export function insertReport(tx: Transaction, row: Insertable<MailReportTable>): Promise<{ id: string } | undefined> {
  return tx
    .insertInto('mail_report')
    .values(row)
    .onConflict((conflict) => conflict.constraint('mail_report_once').doNothing())
    .returning('id')
    .executeTakeFirst()
}

export function findByKey(db: Db, organizationId: string, key: Buffer): Promise<MailReportRow | undefined> {
  return db
    .selectFrom('mail_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('report_key', '=', key)
    .executeTakeFirst()
}

export function findReport(
  db: Db,
  organizationId: string,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<MailReportRow | undefined> {
  const query = db
    .selectFrom('mail_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function changeReport(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Updateable<MailReportTable>,
): Promise<void> {
  await tx
    .updateTable('mail_report')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** One page, newest first; what waits for its mail to be sent stands with what is settled. */
export function findReports(
  db: Db,
  organizationId: string,
  list: 'open' | 'settled' | 'aside',
  page: { after?: string | undefined; limit: number },
): Promise<MailReportRow[]> {
  let query = db
    .selectFrom('mail_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('state', 'in', list === 'settled' ? ['settled', 'waiting'] : [list])
  if (page.after) query = query.where('id', '<', page.after)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

export function claimWaiting(tx: Transaction, organizationId: string, limit: number): Promise<MailReportRow[]> {
  return tx
    .selectFrom('mail_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
}

export interface ReportFigures {
  open: number
  gone: number
  later: number
  refused: number
  complaints: number
}

export async function figuresSince(db: Db, organizationId: string, since: Date): Promise<ReportFigures> {
  const { rows } = await sql<ReportFigures>`
    select count(*) filter (where state = 'open')::int open,
      count(*) filter (where state = 'settled' and received_at >= ${since} and meaning = 'gone')::int gone,
      count(*) filter (where state = 'settled' and received_at >= ${since} and meaning = 'later')::int later,
      count(*) filter (where state = 'settled' and received_at >= ${since} and meaning in ('refused', 'unwanted', 'content'))::int refused,
      count(distinct message_id) filter (where state = 'settled' and received_at >= ${since} and meaning = 'complaint')::int complaints
    from mail_report where organization_id = ${organizationId} and (state = 'open' or received_at >= ${since})`.execute(
    db,
  )
  return rows[0]!
}

export async function countOpenUnproven(db: Db, organizationId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from mail_report
    where organization_id = ${organizationId} and state = 'open' and proven_id is null`.execute(db)
  return rows[0]!.n
}
