import { sql } from 'kysely'
import { instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Refusal } from '../../../platform/wechat/answer.ts'
import {
  addressOf,
  applyChange,
  correctRight,
  endUse,
  ensureAccount,
  findRights,
  findUse,
  insertAct,
  insertUse,
  lockAccount,
  takeOne,
} from './right-store.ts'
import { rungVerdict, type PushChannel, type Reach, type RightChange, type WhyNot } from './rules/channel-right.ts'
import './right-table.ts'

/** Where a person is known: one of the hospital's accounts, and their address there. */
export interface KnownAs {
  /** `wechat:<appid>` or `wecom:<corpid>`. */
  app: string
  /** Openid or external userid. */
  address: string
}

export interface RightAct extends KnownAs {
  /** The same for each time it is told. */
  key: string
  at: Date
  changes: readonly RightChange[]
  /** Done by the person, not reported by the platform of its own accord. */
  own: boolean
}

function accountOf(ctx: WriteContext, { app, address }: KnownAs): Promise<string> {
  return ensureAccount(ctx.tx, {
    organizationId: ctx.organizationId,
    id: ctx.ids.next(),
    app,
    sealed: ctx.sealer.seal(ctx.organizationId, address),
    index: ctx.sealer.index(ctx.organizationId, `message/account/${app}`, address),
    now: ctx.clock.now(),
  })
}

/** Ties an account to a patient, as by the page they opened in WeChat; said twice it is tied once. */
export async function linkAccount(
  ctx: WriteContext,
  known: KnownAs & { patientId: string; relation: 'self' | 'guardian' },
): Promise<void> {
  const accountId = await accountOf(ctx, known)
  await ctx.tx
    .insertInto('channel_account_patient')
    .values({
      organization_id: ctx.organizationId,
      account_id: accountId,
      patient_id: known.patientId,
      relation: known.relation,
      since: ctx.clock.now(),
      merge_id: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** With which of the hospital's accounts this person, or whoever speaks for them, is known. */
export async function linkedApps(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientId: string,
): Promise<string[]> {
  const { rows } = await sql<{ app: string }>`
    select distinct a.app from channel_account_patient p
    join channel_account a on a.organization_id = p.organization_id and a.id = p.account_id
    where p.organization_id = ${organizationId} and p.patient_id = ${patientId}`.execute(db)
  return rows.map(({ app }) => app)
}

/** Everybody who is known by one of the hospital's accounts, whoever was tied first coming first. */
export async function linkedAccounts(
  { db, organizationId, sealer }: Pick<ReadContext, 'db' | 'organizationId' | 'sealer'>,
  app: string,
): Promise<{ address: string; patientId: string; hasActed: boolean }[]> {
  const { rows } = await sql<{ sealed: Buffer; patientId: string; hasActed: boolean }>`
    select a.address_sealed sealed, p.patient_id "patientId",
      exists (select from channel_right_act t where t.organization_id = a.organization_id and t.account_id = a.id) "hasActed"
    from channel_account a
    join channel_account_patient p on p.organization_id = a.organization_id and p.account_id = a.id
    where a.organization_id = ${organizationId} and a.app = ${app} order by p.since, p.patient_id`.execute(db)
  return rows.map(({ sealed, ...row }) => ({ ...row, address: sealer.open(organizationId, sealed) }))
}

/** Whose account it is, or for whom its owner speaks; whoever was tied first comes first. */
export async function patientsOf(ctx: WriteContext, { app, address }: KnownAs): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.patient_id id from channel_account a
    join channel_account_patient p on p.organization_id = a.organization_id and p.account_id = a.id
    where a.organization_id = ${ctx.organizationId} and a.app = ${app}
      and a.address_index = ${ctx.sealer.index(ctx.organizationId, `message/account/${app}`, address)}
    order by p.since, p.patient_id`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}

/** Takes up what somebody did, whether or not it is known whose account it is. @returns false when it was told before */
export async function noteAct(ctx: WriteContext, act: RightAct): Promise<boolean> {
  const accountId = await accountOf(ctx, act)
  const isNew = await insertAct(ctx.tx, ctx.organizationId, { ...act, accountId, now: ctx.clock.now() })
  if (isNew) for (const change of act.changes) await applyChange(ctx.tx, ctx.organizationId, accountId, change, act.at)
  return isNew
}

/** When this calendar month began, by the organization's clock. */
function monthFrom({ today, tenant }: Pick<ReadContext, 'today' | 'tenant'>): Date {
  return instantAt(`${today.slice(0, 7)}-01`, 0, tenant.timeZone)
}

type RightReader = Pick<ReadContext, 'db' | 'organizationId' | 'today' | 'tenant'>

/**
 * What these people's accounts allow, in one statement. Of a child's, only those of whoever speaks for it count, of
 * anybody else's only their own.
 * @param hasAddress for channels that need nothing but an address
 */
export async function reachOf(
  ctx: RightReader,
  people: readonly { patientId: string; viaGuardian: boolean }[],
  hasAddress: (patientId: string, channel: string) => boolean = () => false,
): Promise<Map<string, Reach>> {
  const ids = people.map(({ patientId }) => patientId)
  const rows = await findRights(ctx.db, ctx.organizationId, ids, monthFrom(ctx))
  return new Map(
    people.map(({ patientId, viaGuardian }) => {
      const relation = viaGuardian ? 'guardian' : 'self'
      const mine = rows.filter((row) => row.patientId === patientId && row.relation === relation)
      const massThisMonth = new Map(
        mine.filter(({ channel }) => channel === 'wecom-mass').map(({ accountId, mass }) => [accountId, mass]),
      )
      return [patientId, { rights: mine, massThisMonth, hasAddress: (channel) => hasAddress(patientId, channel) }]
    }),
  )
}

export interface WantedRight {
  messageId: string
  patientId: string
  viaGuardian: boolean
  channel: PushChannel
  template: string
  /** Only rights with these of the hospital's accounts; undefined: with any. */
  apps?: readonly string[]
}

export type TakenRight =
  /** @property basis what it rests on: with WeCom the member of staff whose contact it is */
  | { kind: 'taken'; accountId: string; app: string; address: string; basis: string; needsStaff: boolean }
  | { kind: 'none'; because: WhyNot }

/**
 * Takes the right that a message needs, in the transaction that marks it as claimed. A message that holds one already, as
 * after a crash, gets that one again. Safe beside itself: what is left is counted in the row that it changes.
 */
export async function takeRight(ctx: WriteContext, wanted: WantedRight): Promise<TakenRight> {
  const before = await findUse(ctx.tx, ctx.organizationId, wanted.messageId)
  const needsStaff = wanted.channel === 'wecom-mass'
  if (before && before.state !== 'given-back') return taken(ctx, before.account_id, before.basis, needsStaff)
  const now = ctx.clock.now()
  const locked = new Set<string>()
  for (;;) {
    const reach = onlyOf((await reachOf(ctx, [wanted])).get(wanted.patientId)!, wanted.apps)
    const verdict = rungVerdict(wanted, reach, now)
    if (!verdict.ok) return { kind: 'none', because: verdict.because }
    const right = verdict.right!
    if (needsStaff && !locked.has(right.accountId)) {
      // The month is counted over many rows: whoever counts holds the account, and counts again.
      await lockAccount(ctx.tx, ctx.organizationId, right.accountId)
      locked.add(right.accountId)
      continue
    }
    if (!(await takeOne(ctx.tx, ctx.organizationId, right, now))) continue
    await insertUse(ctx.tx, ctx.organizationId, wanted.messageId, right, now)
    return taken(ctx, right.accountId, right.basis, needsStaff)
  }
}

/** The same with what these of the hospital's accounts allow. */
export function onlyOf(reach: Reach, apps: readonly string[] | undefined): Reach {
  return apps ? { ...reach, rights: reach.rights.filter(({ app }) => apps.includes(app)) } : reach
}

async function taken(ctx: WriteContext, accountId: string, basis: string, needsStaff: boolean): Promise<TakenRight> {
  const { app, sealed } = await addressOf(ctx.db, ctx.organizationId, accountId)
  const address = ctx.sealer.open(ctx.organizationId, sealed)
  return { kind: 'taken', accountId, app, address, basis, needsStaff }
}

/** The message went out, or it is sure that it did not and will not be tried again this way. Twice is once. */
export async function settleRight(ctx: WriteContext, messageId: string, outcome: 'used' | 'given-back'): Promise<void> {
  const use = await endUse(ctx.tx, ctx.organizationId, messageId, outcome)
  if (use && outcome === 'given-back') await correctRight(ctx.tx, ctx.organizationId, use, { left: 'one-more' })
}

/** The platform refused: what it knows better about the right is taken over; for any other reason the right is given back. */
export async function refuseRight(ctx: WriteContext, messageId: string, refusal: Refusal): Promise<void> {
  // Events tell their time in seconds: what somebody agrees to within this one comes after it.
  const second = new Date(Math.floor(ctx.clock.now().getTime() / 1000) * 1000)
  const correction = CORRECTIONS[refusal]?.(second)
  if (!correction) return settleRight(ctx, messageId, 'given-back')
  const use = await endUse(ctx.tx, ctx.organizationId, messageId, 'given-back')
  if (use) await correctRight(ctx.tx, ctx.organizationId, use, correction)
}

const CORRECTIONS: Partial<Record<Refusal, (now: Date) => Parameters<typeof correctRight>[3]>> = {
  'refused-by-recipient': (now) => ({ left: 0, withdrawnAt: now }),
  'not-following': (now) => ({ left: 0, withdrawnAt: now }),
  'unknown-recipient': (now) => ({ left: 0, withdrawnAt: now }),
  'window-closed': (now) => ({ left: 0, closesAt: now }),
  'window-used': () => ({ left: 0 }),
}

/** Accounts are known for the whole person after a merge; the rows of the file that was merged stay as they are. */
export async function linkMerged(
  ctx: WriteContext,
  merge: { fromId: string; intoId: string; mergeId: string },
): Promise<void> {
  await sql`
    insert into channel_account_patient (organization_id, account_id, patient_id, relation, since, merge_id)
    select organization_id, account_id, ${merge.intoId}::uuid, relation, since, ${merge.mergeId}::uuid
    from channel_account_patient where organization_id = ${ctx.organizationId} and patient_id = ${merge.fromId}
    on conflict do nothing`.execute(ctx.tx)
}

export async function unlinkMerged(ctx: WriteContext, mergeId: string): Promise<void> {
  await ctx.tx
    .deleteFrom('channel_account_patient')
    .where('organization_id', '=', ctx.organizationId)
    .where('merge_id', '=', mergeId)
    .execute()
}
