import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { StaffTopic } from '../contract/staff-notice.ts'
import type { Settled } from './rules/staff-notice.ts'
import type { WeChatStaffNoticeTable } from './table.ts'
import '../../staff/server/table.ts'
import './table.ts'

export type StaffNoticeRow = Selectable<WeChatStaffNoticeTable>

export interface StaffWay {
  accountId: string
  userId: string
  declined: StaffTopic[]
}

/** By which account and user id each of these is reached, and what they do not want; whoever has none is left out. */
export async function findStaffWays(
  db: Db,
  organizationId: string,
  staffIds: readonly string[],
): Promise<Map<string, StaffWay>> {
  const { rows } = await sql<StaffWay & { staffId: string }>`
    select distinct on (w.staff_id) w.staff_id "staffId", w.account_id "accountId", w.user_id "userId", coalesce(x.declined, '{}') declined
    from wechat_staff w
    join wechat_account a on a.organization_id = w.organization_id and a.id = w.account_id and a.active
    join staff s on s.organization_id = w.organization_id and s.id = w.staff_id and s.state = 'active'
    left join wechat_staff_wish x on x.organization_id = w.organization_id and x.staff_id = w.staff_id
    where w.organization_id = ${organizationId} and w.staff_id = any(${[...staffIds]}::uuid[])
    order by w.staff_id, w.account_id, w.user_id`.execute(db)
  return new Map(rows.map(({ staffId, ...way }) => [staffId, way]))
}

export async function insertStaffNotice(
  tx: Transaction,
  organizationId: string,
  notice: {
    id: string
    staffId: string
    topic: StaffTopic
    sourceKey: string
    values: Record<string, number>
    link: string
    at: Date
    notAfter: Date
    now: Date
  },
): Promise<boolean> {
  const result = await tx
    .insertInto('wechat_staff_notice')
    .values({
      organization_id: organizationId,
      id: notice.id,
      staff_id: notice.staffId,
      topic: notice.topic,
      source_key: notice.sourceKey,
      values: JSON.stringify(notice.values),
      link: notice.link,
      state: 'planned',
      next_at: notice.at,
      not_after: notice.notAfter,
      created_at: notice.now,
      batch_id: null,
      batch_count: null,
      batch_at: null,
      first_try_at: null,
      account_id: null,
      user_id: null,
      provider_id: null,
      refusal: null,
      code: null,
      reply: null,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'staff_id', 'source_key']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Takes what is due and marks it claimed, with a lease; what has become useless ends. */
export async function claimStaffNotices(
  tx: Transaction,
  organizationId: string,
  { now, until, sameSince, limit }: { now: Date; until: Date; sameSince: Date; limit: number },
): Promise<StaffNoticeRow[]> {
  await sql`
    update wechat_staff_notice set state = 'expired', next_at = null, settled_at = ${now}
    where (organization_id, id) in (select organization_id, id from wechat_staff_notice
      where organization_id = ${organizationId} and state in ('planned', 'claimed') and next_at <= ${now} and not_after <= ${now}
      for update skip locked)`.execute(tx)
  const { rows } = await sql<StaffNoticeRow>`
    with due as materialized (select id from wechat_staff_notice
      where organization_id = ${organizationId} and state in ('planned', 'claimed') and next_at <= ${now}
      order by next_at, id limit ${limit} for update skip locked)
    update wechat_staff_notice n set state = 'claimed', attempts = n.attempts + 1, next_at = ${until},
      first_try_at = coalesce(n.first_try_at, ${now}::timestamptz),
      possible_doubles = n.possible_doubles + case when n.state = 'claimed' and n.first_try_at < ${sameSince} then 1 else 0 end
    from due where n.organization_id = ${organizationId} and n.id = due.id returning n.*`.execute(tx)
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** One sender at a time gives out numbers: two at once would give the same. */
export async function lockBatches(tx: Transaction, organizationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`wechat/staff-notice ${organizationId}`}, 0))`.execute(tx)
}

/**
 * What is told in one message from now on, however often it has to be tried. Its number is the first that no message of the
 * same staff member, topic and minute has which is still to be said or was said since `sameSince`.
 */
export async function keepBatch(
  tx: Transaction,
  organizationId: string,
  group: readonly StaffNoticeRow[],
  about: { count: number; at: Date; timeZone: string; sameSince: Date },
): Promise<Pick<StaffNoticeRow, 'batch_id' | 'batch_count' | 'batch_at' | 'batch_number'>> {
  const [{ id, staff_id: staffId, topic }] = group as [StaffNoticeRow, ...StaffNoticeRow[]]
  const { count, at, timeZone, sameSince } = about
  const minute = (time: ReturnType<typeof sql>) => sql`to_char(${time} at time zone ${timeZone}, 'HH24:MI')`
  const { rows } = await sql<{ batch_number: number }>`
    update wechat_staff_notice set batch_id = ${id}, batch_count = ${count}, batch_at = ${at}, batch_number = (
      select coalesce(max(o.batch_number), 0) + 1 from wechat_staff_notice o
      where o.organization_id = ${organizationId} and o.staff_id = ${staffId} and o.topic = ${topic} and o.batch_id is not null
        and ${minute(sql`o.batch_at`)} = ${minute(sql`${at}::timestamptz`)} and (o.next_at is not null or o.settled_at >= ${sameSince}))
    where organization_id = ${organizationId} and id = any(${group.map((row) => row.id)}::uuid[])
    returning batch_number`.execute(tx)
  return { batch_id: id, batch_count: count, batch_at: at, batch_number: rows[0]!.batch_number }
}

/** Only what is still held by this very try is settled. @returns how many that were */
export async function settleStaffNotices(
  tx: Transaction,
  organizationId: string,
  rows: readonly Pick<StaffNoticeRow, 'id' | 'attempts'>[],
  settled: Omit<Settled, 'state'> & {
    state: Settled['state'] | 'unneeded'
    accountId: string | null
    userId: string | null
  },
  now: Date,
): Promise<number> {
  const isOpen = settled.state === 'planned' || settled.state === 'claimed'
  const { rows: done } = await sql`
    update wechat_staff_notice n set state = ${settled.state}, next_at = ${settled.nextAt}, account_id = ${settled.accountId}, user_id = ${settled.userId},
      provider_id = ${settled.providerId}, refusal = ${settled.refusal}, code = ${settled.code}, reply = ${settled.reply.slice(0, 200)},
      settled_at = ${isOpen ? null : now}::timestamptz
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ attempts }) => attempts)}::int[]) as ours (id, attempt)
    where n.organization_id = ${organizationId} and n.id = ours.id and n.state = 'claimed' and n.attempts = ours.attempt
    returning n.id`.execute(tx)
  return done.length
}

/** What has not left the house yet is not needed any more: it was read, done, or waited behind a restore. */
export async function dropPlanned(
  tx: Transaction,
  organizationId: string,
  which: { ids: readonly string[] } | { sourceKey: string } | 'all',
  now: Date,
): Promise<void> {
  const some =
    which === 'all'
      ? sql`state in ('planned', 'claimed')`
      : 'ids' in which
        ? sql`state = 'planned' and id = any(${[...which.ids]}::uuid[])`
        : sql`state = 'planned' and source_key = ${which.sourceKey}`
  await sql`
    update wechat_staff_notice set state = 'unneeded', next_at = null, settled_at = ${now}
    where organization_id = ${organizationId} and ${some}`.execute(tx)
}

export async function deleteOldStaffNotices(db: Db, organizationId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('wechat_staff_notice')
    .where('organization_id', '=', organizationId)
    .where('created_at', '<', before)
    .where('next_at', 'is', null)
    .execute()
}

/** WeCom's code of the last message to each account and user id, where that one did not arrive. */
export async function findRefused(
  db: Db,
  organizationId: string,
): Promise<{ accountId: string; userId: string; staffId: string; code: string }[]> {
  const { rows } = await sql<{ accountId: string; userId: string; staffId: string; state: string; code: string }>`
    select distinct on (account_id, user_id, staff_id) account_id "accountId", user_id "userId", staff_id "staffId", state, coalesce(code, '') code
    from wechat_staff_notice
    where organization_id = ${organizationId} and state in ('accepted', 'undelivered') and user_id is not null
    order by account_id, user_id, staff_id, settled_at desc, id desc`.execute(db)
  return rows.filter(({ state }) => state === 'undelivered')
}

/** What staff were told by each account since then, and what did not arrive. */
export async function staffFiguresSince(
  db: Db,
  organizationId: string,
  since: Date,
): Promise<Map<string, { told: number; missed: number }>> {
  const { rows } = await sql<{ accountId: string; told: number; missed: number }>`
    select account_id "accountId", count(*) filter (where state = 'accepted')::int told, count(*) filter (where state in ('undelivered', 'expired'))::int missed
    from wechat_staff_notice
    where organization_id = ${organizationId} and created_at >= ${since} and account_id is not null group by account_id`.execute(
    db,
  )
  return new Map(rows.map(({ accountId, ...counts }) => [accountId, counts]))
}

export async function putWish(
  tx: Transaction,
  organizationId: string,
  staffId: string,
  declined: readonly StaffTopic[],
  now: Date,
): Promise<void> {
  await sql`
    insert into wechat_staff_wish (organization_id, staff_id, declined, changed_at)
    values (${organizationId}, ${staffId}, ${[...declined]}::text[], ${now})
    on conflict (organization_id, staff_id) do update set declined = excluded.declined, changed_at = excluded.changed_at`.execute(
    tx,
  )
}

export async function findDeclined(db: Db, organizationId: string, staffId: string): Promise<StaffTopic[]> {
  const row = await db
    .selectFrom('wechat_staff_wish')
    .select('declined')
    .where('organization_id', '=', organizationId)
    .where('staff_id', '=', staffId)
    .executeTakeFirst()
  return row?.declined ?? []
}
