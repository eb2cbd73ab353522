import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { PushChannel, Right, RightChange } from './rules/channel-right.ts'
import './right-table.ts'

export interface NewAccount {
  organizationId: string
  id: string
  app: string
  sealed: Buffer
  index: Buffer
  now: Date
}

/** The account with this address; made when nobody has met it yet. */
export async function ensureAccount(tx: Transaction, account: NewAccount): Promise<string> {
  const { organizationId, id, app, sealed, index, now } = account
  await tx
    .insertInto('channel_account')
    .values({
      organization_id: organizationId,
      id,
      app,
      address_sealed: sealed,
      address_index: index,
      first_seen_at: now,
      last_act_at: null,
    })
    .onConflict((conflict) => conflict.constraint('channel_account_once').doNothing())
    .execute()
  const found = await tx
    .selectFrom('channel_account')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('app', '=', app)
    .where('address_index', '=', index)
    .executeTakeFirstOrThrow()
  return found.id
}

/** @returns false when this event has been told before */
export async function insertAct(
  tx: Transaction,
  organizationId: string,
  act: { accountId: string; key: string; changes: readonly RightChange[]; at: Date; now: Date; own: boolean },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('channel_right_act')
    .values({
      organization_id: organizationId,
      account_id: act.accountId,
      event_key: act.key,
      changes: JSON.stringify(act.changes) as never,
      at: act.at,
      received_at: act.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_key')
    .execute()
  if (inserted.length > 0 && act.own)
    await sql`
      update channel_account set last_act_at = greatest(last_act_at, ${act.at}::timestamptz)
      where organization_id = ${organizationId} and id = ${act.accountId}`.execute(tx)
  return inserted.length > 0
}

/** Events may come in another order than they happened: what is older than what stands changes nothing. */
export async function applyChange(
  tx: Transaction,
  organizationId: string,
  accountId: string,
  change: RightChange,
  at: Date,
): Promise<void> {
  const { channel } = change
  if (change.change === 'grant')
    await sql`
      insert into channel_right as r (organization_id, account_id, channel, template, basis, left_count, changed_at)
      values (${organizationId}, ${accountId}, ${channel}, ${change.template}, ${change.basis}, ${change.count}, ${at})
      on conflict (organization_id, account_id, channel, template, basis) do update set
        left_count = case when excluded.left_count is null then null
          when r.withdrawn_at is not null then excluded.left_count
          else r.left_count + excluded.left_count end,
        withdrawn_at = null, changed_at = greatest(r.changed_at, excluded.changed_at)
      where r.withdrawn_at is null or r.withdrawn_at <= excluded.changed_at`.execute(tx)
  else if (change.change === 'open')
    await sql`
      insert into channel_right as r (organization_id, account_id, channel, basis, left_count, closes_at, changed_at)
      values (${organizationId}, ${accountId}, ${channel}, ${change.basis}, ${change.count}, ${change.closesAt}::timestamptz, ${at})
      on conflict (organization_id, account_id, channel, template, basis) do update set
        left_count = excluded.left_count, closes_at = excluded.closes_at, withdrawn_at = null, changed_at = excluded.changed_at
      where r.changed_at <= excluded.changed_at`.execute(tx)
  else
    await sql`
      update channel_right set withdrawn_at = ${at}, changed_at = ${at}
      where organization_id = ${organizationId} and account_id = ${accountId} and channel = ${channel}
        and (${change.template ?? null}::text is null or template = ${change.template ?? null}::text)
        and (${change.basis ?? null}::text is null or basis = ${change.basis ?? null}::text)
        and withdrawn_at is null and changed_at <= ${at}`.execute(tx)
}

export interface RightRow extends Right {
  patientId: string
  relation: 'self' | 'guardian'
  /** Mass messages that the account has taken since `since`. */
  mass: number
}

/** All rights of these people's accounts, in one statement. */
export async function findRights(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
  monthFrom: Date,
): Promise<RightRow[]> {
  if (patientIds.length === 0) return []
  const { rows } = await sql<RightRow>`
    select p.patient_id "patientId", p.relation, r.account_id "accountId", a.app, r.channel, r.template, r.basis,
      r.left_count "left", r.closes_at "closesAt", r.withdrawn_at "withdrawnAt",
      case when r.channel = 'wecom-mass' then (
        select count(*)::int from channel_right_use u
        where u.organization_id = r.organization_id and u.account_id = r.account_id and u.channel = r.channel
          and u.at >= ${monthFrom} and u.state <> 'given-back') else 0 end mass
    from channel_account_patient p
    join channel_right r on r.organization_id = p.organization_id and r.account_id = p.account_id
    join channel_account a on a.organization_id = p.organization_id and a.id = p.account_id
    where p.organization_id = ${organizationId} and p.patient_id = any(${[...patientIds]}::uuid[])`.execute(db)
  return rows
}

/** Holds the account until the transaction ends, against others who count what it has got. */
export async function lockAccount(tx: Transaction, organizationId: string, accountId: string): Promise<void> {
  await sql`select from channel_account where organization_id = ${organizationId} and id = ${accountId} for update`.execute(
    tx,
  )
}

/** Takes one of what is left, if anything still is: of two who come at once the second sees what the first has left. */
export async function takeOne(tx: Transaction, organizationId: string, right: Right, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update channel_right set left_count = left_count - 1
    where organization_id = ${organizationId} and account_id = ${right.accountId} and channel = ${right.channel}
      and template = ${right.template} and basis = ${right.basis} and withdrawn_at is null
      and (left_count is null or left_count > 0) and (closes_at is null or closes_at > ${now})
    returning 1`.execute(tx)
  return rows.length > 0
}

export interface UseRow {
  account_id: string
  channel: PushChannel
  template: string
  basis: string
  state: 'held' | 'used' | 'given-back'
  at: Date
}

export function findUse(tx: Db | Transaction, organizationId: string, messageId: string): Promise<UseRow | undefined> {
  return tx
    .selectFrom('channel_right_use')
    .select(['account_id', 'channel', 'template', 'basis', 'state', 'at'])
    .where('organization_id', '=', organizationId)
    .where('message_id', '=', messageId)
    .executeTakeFirst()
}

/** Writes which right a message holds. One row per message: the key refuses a second. */
export async function insertUse(
  tx: Transaction,
  organizationId: string,
  messageId: string,
  { accountId, channel, template, basis }: Right,
  now: Date,
): Promise<void> {
  const use = { account_id: accountId, channel, template, basis, state: 'held' as const, at: now }
  await tx
    .insertInto('channel_right_use')
    .values({ organization_id: organizationId, message_id: messageId, ...use })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'message_id'])
        .doUpdateSet(use)
        .where('channel_right_use.state', '=', 'given-back'),
    )
    .returning('message_id')
    .executeTakeFirstOrThrow()
}

/** Ends what a message holds. @returns what it held; undefined when nothing is held (any more) */
export async function endUse(
  tx: Transaction,
  organizationId: string,
  messageId: string,
  state: 'used' | 'given-back',
): Promise<UseRow | undefined> {
  const { rows } = await sql<UseRow>`
    update channel_right_use set state = ${state}
    where organization_id = ${organizationId} and message_id = ${messageId} and state = 'held'
    returning account_id, channel, template, basis, state, at`.execute(tx)
  return rows[0]
}

/** What the platform says it knows better: nothing left, closed, or taken back. */
export async function correctRight(
  tx: Transaction,
  organizationId: string,
  use: UseRow,
  to: { left?: 'one-more' | 0; closesAt?: Date; withdrawnAt?: Date },
): Promise<void> {
  await sql`
    update channel_right set
      left_count = case
        -- A window that was opened anew meanwhile is whole already.
        when ${to.left === 'one-more'} then left_count + case when closes_at is null or changed_at <= ${use.at} then 1 else 0 end
        when ${to.left === 0} and left_count is not null then 0
        else left_count end,
      closes_at = coalesce(${to.closesAt ?? null}::timestamptz, closes_at),
      withdrawn_at = coalesce(withdrawn_at, ${to.withdrawnAt ?? null}::timestamptz)
    where organization_id = ${organizationId} and account_id = ${use.account_id} and channel = ${use.channel}
      and template = ${use.template} and basis = ${use.basis}`.execute(tx)
}

export async function addressOf(
  db: Db,
  organizationId: string,
  accountId: string,
): Promise<{ app: string; sealed: Buffer }> {
  const row = await db
    .selectFrom('channel_account')
    .select(['app', 'address_sealed'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return { app: row.app, sealed: row.address_sealed }
}
