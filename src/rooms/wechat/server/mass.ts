import { sql, type Selectable } from 'kysely'
import type { ReadContext, Tenant, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { MassOutcome, MassResult } from '../../../platform/wecom/mass-message.ts'
import type { NotOk } from '../../../platform/wechat/answer.ts'
import type { WeCom } from '../../../platform/wecom/index.ts'
import { massOver, wechatSettled } from '../contract/events.ts'
import { findAccount } from './account-store.ts'
import { openOf } from './open-account.ts'
import { noteAccountFault } from './outcome.ts'
import { inHouse } from './send.ts'
import type { WeChatMassTable } from './table.ts'
import './table.ts'

type MassRow = Selectable<WeChatMassTable>

const HOUR_MS = 3_600_000
/** So long after it was made a question that nobody has answered is given up. */
const OVER_AFTER_MS = 30 * 24 * HOUR_MS
/** Whoever has not confirmed by then is reminded by WeCom itself, at most three times. */
const REMIND_AFTER_MS = 24 * HOUR_MS
const REMINDERS_MAX = 3
const TURN = 50

const REFUSALS: Record<Exclude<MassOutcome, 'waiting' | 'delivered'>, string> = {
  'no-contact': 'not-following',
  limit: 'limit-reached',
}

/** Asks what has become of mass messages that lie with staff. @returns how many were looked at */
export async function lookAtMasses(house: House, tenant: Tenant): Promise<number> {
  const due = await inHouse(house, tenant, (ctx) => takeDue(ctx))
  for (const mass of due) await lookAt(house, tenant, mass)
  return due.length
}

/** Due ones; each is put off at once, so that two rounds do not ask for the same. */
async function takeDue(ctx: WriteContext): Promise<MassRow[]> {
  const now = ctx.clock.now()
  const { rows } = await sql<MassRow>`
    with due as (
      select id from wechat_mass where organization_id = ${ctx.organizationId} and state = 'waiting' and next_at <= ${now}
      order by next_at limit ${TURN} for update skip locked)
    update wechat_mass m set next_at = ${now}::timestamptz + least(interval '1 hour', greatest(interval '2 minutes', (${now}::timestamptz - made_at) / 4))
    from due where m.organization_id = ${ctx.organizationId} and m.id = due.id returning m.*`.execute(ctx.tx)
  return rows
}

async function lookAt(house: House, tenant: Tenant, mass: MassRow): Promise<void> {
  const corp = await corpOf(house, tenant, mass)
  if (!corp) return
  const confirmed = await isConfirmed(corp, mass)
  const now = house.clock.now()
  const isOld = now.getTime() - mass.made_at.getTime() > OVER_AFTER_MS
  const results = confirmed === true ? await allResults(corp, mass) : confirmed
  if (Array.isArray(results)) {
    await inHouse(house, tenant, (ctx) => settle(ctx, mass, results))
    return
  }
  if (results !== false) {
    await inHouse(house, tenant, (ctx) => cannotAsk(ctx, mass, results, isOld))
    return
  }
  if (isOld) {
    await withdraw(house, tenant, corp, mass, [])
    return
  }
  const last = mass.reminded_at.at(-1) ?? mass.made_at
  if (mass.reminded_at.length >= REMINDERS_MAX || now.getTime() - last.getTime() < REMIND_AFTER_MS) return
  const answer = await corp.mass.remind(mass.provider_id, mass.reminded_at, now)
  if (answer.kind === 'ok')
    await inHouse(house, tenant, (ctx) =>
      ctx.tx
        .updateTable('wechat_mass')
        .set({ reminded_at: sql`reminded_at || ${now}::timestamptz` })
        .where('organization_id', '=', tenant.id)
        .where('id', '=', mass.id)
        .execute(),
    )
}

async function corpOf(house: House, tenant: Tenant, mass: MassRow): Promise<WeCom | undefined> {
  const row = await findAccount(house.databases.of(tenant.id), tenant.id, { id: mass.account_id })
  if (!row) return undefined
  const { appId, agentId, secret } = openOf({ organizationId: tenant.id, sealer: house.sealer }, row)
  return house.wechat.corp(tenant.id, { corpId: appId, agentId: agentId!, secret })
}

async function isConfirmed(corp: WeCom, mass: MassRow): Promise<boolean | NotOk> {
  for (let cursor: string | undefined; ;) {
    const answer = await corp.mass.confirmations(mass.provider_id, cursor)
    if (answer.kind !== 'ok') return answer
    const own = answer.value.rows.find(({ staffUserId }) => staffUserId === mass.user_id)
    if (own || !answer.value.next) return own?.confirmed ?? false
    cursor = answer.value.next
  }
}

async function allResults(corp: WeCom, mass: MassRow): Promise<MassResult[] | NotOk> {
  const rows: MassResult[] = []
  for (let cursor: string | undefined; ;) {
    const answer = await corp.mass.results(mass.provider_id, mass.user_id, cursor)
    if (answer.kind !== 'ok') return answer
    rows.push(...answer.value.rows)
    if (!answer.value.next) return rows
    cursor = answer.value.next
  }
}

/** Writes what each customer got; the question is over once all is known. */
async function settle(ctx: WriteContext, mass: MassRow, results: readonly MassResult[]): Promise<void> {
  const now = ctx.clock.now()
  const open = await sendingsOf(ctx, mass.id)
  let waiting = 0
  for (const { id, address } of open) {
    const outcome = results.find(({ externalId }) => externalId === address)?.outcome ?? 'waiting'
    if (outcome === 'waiting') {
      waiting++
      continue
    }
    const refusal = outcome === 'delivered' ? null : REFUSALS[outcome]
    const state = refusal ? ('undelivered' as const) : ('delivered' as const)
    await setSending(ctx, id, { state, refusal, now })
    await ctx.emit(wechatSettled, { sendingId: id as never, state, refusal })
  }
  if (waiting === 0) await end(ctx, mass, 'confirmed')
}

/** It is asked again at the next look, unless the platform has forgotten it, or it has been so for a month. */
async function cannotAsk(ctx: WriteContext, mass: MassRow, answer: NotOk, isOld: boolean): Promise<void> {
  await noteAccountFault(ctx, mass.account_id, answer)
  if (isOld || (answer.kind === 'refused' && answer.refusal === 'gone')) await giveUp(ctx, mass)
}

/** What became of it will not be learned any more. Nobody is asked anew: some may have got it. */
async function giveUp(ctx: WriteContext, mass: MassRow): Promise<void> {
  const now = ctx.clock.now()
  for (const { id } of await sendingsOf(ctx, mass.id)) {
    await setSending(ctx, id, { state: 'undelivered', refusal: 'gone', now })
    await ctx.emit(wechatSettled, { sendingId: id as never, state: 'undelivered', refusal: 'gone' })
  }
  await end(ctx, mass, 'over')
}

async function sendingsOf(ctx: ReadContext, massId: string): Promise<{ id: string; address: string }[]> {
  const rows = await ctx.db
    .selectFrom('wechat_sending')
    .select(['id', 'address_sealed'])
    .where('organization_id', '=', ctx.organizationId)
    .where('mass_id', '=', massId)
    .where('state', '=', 'tasked')
    .orderBy('id')
    .execute()
  return rows.map(({ id, address_sealed: sealed }) => ({ id, address: ctx.sealer.open(ctx.organizationId, sealed) }))
}

async function setSending(
  ctx: WriteContext,
  id: string,
  {
    state,
    refusal,
    now,
  }: { state: 'delivered' | 'undelivered' | 'withdrawn' | 'refused'; refusal: string | null; now: Date },
): Promise<void> {
  await ctx.tx
    .updateTable('wechat_sending')
    .set({ state, refusal, settled_at: now })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute()
}

async function end(ctx: WriteContext, mass: MassRow, state: 'confirmed' | 'withdrawn' | 'over'): Promise<void> {
  await ctx.tx
    .updateTable('wechat_mass')
    .set({ state, next_at: null, ended_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', mass.id)
    .execute()
  await ctx.emit(massOver, { massId: mass.id as never, confirmed: state === 'confirmed' })
}

/** Which messages lie with staff and are not sent yet. */
export async function messagesWithStaff(ctx: Pick<ReadContext, 'db' | 'organizationId'>): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('wechat_sending')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('state', '=', 'tasked')
    .where('mass_id', 'is not', null)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Calls messages back that lie with staff. The platform knows only whole questions: the others in the same one are asked
 * for anew. What was confirmed meanwhile is on its way, and its result comes as usual.
 */
export async function withdrawFromStaff(house: House, tenant: Tenant, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<MassRow>`
    select distinct m.* from wechat_mass m
    join wechat_sending s on s.organization_id = m.organization_id and s.mass_id = m.id
    where m.organization_id = ${tenant.id} and m.state = 'waiting' and s.state = 'tasked' and s.id = any(${[...ids]}::uuid[])`.execute(
    house.databases.of(tenant.id),
  )
  for (const mass of rows) {
    const corp = await corpOf(house, tenant, mass)
    if (corp && (await isConfirmed(corp, mass)) === false) await withdraw(house, tenant, corp, mass, ids)
  }
}

/** @param ids those that are not wanted any more; the others of it go out again in a question of their own */
async function withdraw(
  house: House,
  tenant: Tenant,
  corp: WeCom,
  mass: MassRow,
  ids: readonly string[],
): Promise<void> {
  if ((await corp.mass.cancel(mass.provider_id)).kind !== 'ok') return
  await inHouse(house, tenant, async (ctx) => {
    const now = ctx.clock.now()
    const isOver = ids.length === 0
    for (const { id } of await sendingsOf(ctx, mass.id)) {
      const gone = ids.includes(id)
      await setSending(ctx, id, { state: gone || isOver ? 'withdrawn' : 'refused', refusal: null, now })
      const refusal = isOver ? 'window-closed' : 'busy'
      if (!gone) await ctx.emit(wechatSettled, { sendingId: id as never, state: 'undelivered', refusal })
    }
    await end(ctx, mass, isOver ? 'over' : 'withdrawn')
  })
}
