import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { WeChatAccountTable } from './table.ts'
import './table.ts'
import '../../staff/server/table.ts'

export type AccountRow = Selectable<WeChatAccountTable>

export function findAccounts(db: Db, organizationId: string): Promise<AccountRow[]> {
  return db
    .selectFrom('wechat_account')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('kind')
    .orderBy('id')
    .execute()
}

export async function findAccount(
  db: Db,
  organizationId: string,
  by: { id: string } | { appId: string } | { callbackHash: Buffer },
  { lock = false }: { lock?: boolean } = {},
): Promise<AccountRow | undefined> {
  const all = db.selectFrom('wechat_account').selectAll().where('organization_id', '=', organizationId)
  const query =
    'id' in by
      ? all.where('id', '=', by.id)
      : 'appId' in by
        ? all.where('app_id', '=', by.appId)
        : all.where('callback_hash', '=', by.callbackHash)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function putAccount(tx: Transaction, row: AccountRow): Promise<void> {
  const { organization_id: _organization, id: _id, ...rest } = row
  await tx
    .insertInto('wechat_account')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organization_id', 'id']).doUpdateSet(rest))
    .execute()
}

/** Notes why the platform refuses the account; null: it has taken something. @returns whether that is news */
export async function noteFault(
  tx: Transaction,
  organizationId: string,
  accountId: string,
  fault: { code: string; text: string } | null,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update wechat_account set fault_code = ${fault?.code ?? null}, fault_text = ${fault?.text.slice(0, 200) ?? null},
      fault_at = ${fault ? now : null}::timestamptz
    where organization_id = ${organizationId} and id = ${accountId} and fault_code is distinct from ${fault?.code ?? null}::text
    returning id`.execute(tx)
  return rows.length > 0
}

export async function findStaffOf(
  db: Db,
  organizationId: string,
): Promise<{ accountId: string; userId: string; staffId: string; name: string }[]> {
  const { rows } = await sql<{ accountId: string; userId: string; staffId: string; name: string }>`
    select w.account_id "accountId", w.user_id "userId", w.staff_id "staffId", s.name from wechat_staff w
    join staff s on s.organization_id = w.organization_id and s.id = w.staff_id
    where w.organization_id = ${organizationId} order by s.name, w.user_id`.execute(db)
  return rows
}

export async function putStaff(
  tx: Transaction,
  organizationId: string,
  accountId: string,
  rows: readonly { userId: string; staffId: string }[],
): Promise<void> {
  await tx
    .deleteFrom('wechat_staff')
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .execute()
  if (rows.length === 0) return
  await tx
    .insertInto('wechat_staff')
    .values(
      rows.map(({ userId, staffId }) => ({
        organization_id: organizationId,
        account_id: accountId,
        user_id: userId,
        staff_id: staffId,
      })),
    )
    .execute()
}

export interface AccountFigures {
  accountId: string
  accepted: number
  delivered: number
  refused: number
  inDoubt: number
  waiting: number
  lastEventAt: Date | null
}

/** What went out by each account and what became of it, and when the platform last told something. */
export async function figuresSince(db: Db, organizationId: string, since: Date): Promise<AccountFigures[]> {
  const { rows } = await sql<AccountFigures>`
    select a.id "accountId",
      count(s.id) filter (where s.state in ('accepted', 'delivered', 'undelivered'))::int accepted,
      count(s.id) filter (where s.state = 'delivered')::int delivered,
      count(s.id) filter (where s.state in ('refused', 'undelivered'))::int refused,
      count(s.id) filter (where s.state = 'in-doubt')::int "inDoubt",
      count(s.id) filter (where s.state = 'tasked')::int waiting,
      (select max(t.received_at) from wechat_act t where t.organization_id = a.organization_id and t.account_id = a.id) "lastEventAt"
    from wechat_account a
    left join wechat_sending s on s.organization_id = a.organization_id and s.account_id = a.id and s.handed_at >= ${since}
    where a.organization_id = ${organizationId} group by a.organization_id, a.id`.execute(db)
  return rows
}
