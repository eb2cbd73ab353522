import { systemActor, type ReadContext, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { isLater, KEPT_DAYS, type Place, type SentTail } from '../../../platform/sent/tail.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { messageSent } from '../contract/events.ts'
import { endGap, findSentBefore, hasMarks, keepMarks } from './gap-store.ts'
import { notifyStaff } from './notice.ts'
import { advancePlace, beginEpoch, lockPlace } from './place-store.ts'
import { findOpenStops, findUntold, insertStop, noteTold, type StopRow } from './stop-store.ts'
import { insertEvents, type MessageRow } from './store.ts'
import './table.ts'

/** The ledger lies before what this process has already seen of it: it was changed for an older one underneath us. */
export class OlderLedger extends Error {
  override readonly name = 'OlderLedger'
}

/** Of which organizations this process has compared the ledger with its data folder. */
const compared = new WeakMap<SentTail, Set<string>>()

/**
 * Whether anything may leave the house for an organization. Before the first hand-over of a process the ledger is compared
 * with what the data folder remembers; one that is older stops everything until a person has spoken.
 */
export async function mayHandOver(house: House, tenant: Tenant): Promise<boolean> {
  const { sent } = house
  if (sent && !compared.get(sent)?.has(tenant.id)) {
    await inHouse(house, tenant, (ctx) => compare(ctx, sent))
    compared.set(sent, (compared.get(sent) ?? new Set()).add(tenant.id))
  }
  return (await openFence({ db: house.databases.of(tenant.id), organizationId: tenant.id })) === undefined
}

export async function openFence({ db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>) {
  return (await findOpenStops(db, organizationId)).find(({ kind }) => kind === 'restored')
}

/** As the last step of a claim. @throws OlderLedger, and nothing of the claim is kept */
export async function claimPlace(ctx: WriteContext, house: House): Promise<Place> {
  const place = await advancePlace(ctx.tx, ctx.organizationId)
  const newest = house.sent?.newest(ctx.organizationId)
  if (newest && !isLater(place, newest)) throw new OlderLedger('the ledger is older than what went out')
  return place
}

/** The next turn compares anew. */
export function compareAgain(house: House, tenant: Tenant): void {
  if (house.sent) compared.get(house.sent)?.delete(tenant.id)
}

async function compare(ctx: WriteContext, tail: SentTail): Promise<void> {
  const { organizationId } = ctx
  const place = await lockPlace(ctx.tx, organizationId)
  const newest = tail.newest(organizationId)
  if (newest && isLater(newest, place)) {
    const [first] = tail.since(organizationId, place).toSorted((a, b) => a.at.getTime() - b.at.getTime())
    await insertStop(ctx, {
      kind: 'restored',
      scope: '',
      why: 'older',
      before: place,
      ...(first ? { knowsUntil: first.at } : {}),
    })
    await keepMarks(ctx.tx, organizationId, tail.since(organizationId, place))
    await beginEpoch(ctx.tx, organizationId, newest.epoch + 1)
  }
  const since = new Date(ctx.clock.now().getTime() - KEPT_DAYS * 86_400_000)
  for (const stop of await findUntold(ctx.tx, organizationId, tail.id, since)) {
    const before = { epoch: stop.before_epoch!, position: stop.before_position! }
    await keepMarks(ctx.tx, organizationId, tail.since(organizationId, before))
    await noteTold(ctx.tx, organizationId, { stopId: stop.id, tailId: tail.id, knows: newest !== undefined })
    if (!stop.lifted_at) await tell(ctx, stop)
  }
  await settleGap(ctx)
}

/** Ends at once what surely went out and what is too late; all else waits for a person. */
export async function settleGap(ctx: WriteContext): Promise<{ sent: number; late: number }> {
  if (!(await openFence(ctx))) return { sent: 0, late: 0 }
  const sent = await endGap(ctx, 'sent')
  await ctx.emitMany(messageSent, sent.map(aboutOf))
  const late = await endGap(ctx, 'late')
  return { sent: sent.length, late: late.length }
}

async function tell(ctx: WriteContext, stop: StopRow): Promise<void> {
  ctx.log.error(
    { stopId: stop.id },
    'this database is older than what went out: nothing is sent until a person says so',
  )
  for (const staff of await staffInRole(ctx, 'quality-lead'))
    await notifyStaff(ctx, staff.id, {
      kind: 'sending-restored',
      link: '/message-rules?tab=stops',
      sourceKey: `sending-stop:${stop.id}`,
    })
}

/**
 * Of messages that are due those that went out in a life of this database which a restore has undone: they end as sent,
 * whenever they are planned again. @returns the rows that go on
 */
export async function endSentBefore(ctx: WriteContext, rows: readonly MessageRow[]): Promise<readonly MessageRow[]> {
  if (rows.length === 0 || !(await hasMarks(ctx.db, ctx.organizationId))) return rows
  const known = await findSentBefore(
    ctx.db,
    ctx.organizationId,
    rows.map(({ id }) => id),
  )
  // What was tried in this life is of this life.
  const ended = rows.filter((row) => known.has(row.id) && row.attempts === 0)
  for (const { id } of ended)
    await ctx.tx
      .updateTable('message')
      .set({
        state: 'accepted',
        reason: 'sent-before-restore',
        next_at: null,
        claimed_by: null,
        sent_at: known.get(id)!,
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute()
  await insertEvents(
    ctx,
    ended.map(({ id }) => ({ messageId: id, kind: 'accepted', detail: { reason: 'sent-before-restore' } })),
  )
  await ctx.emitMany(messageSent, ended.map(aboutOf))
  return rows.filter((row) => !ended.includes(row))
}

const aboutOf = (row: Pick<MessageRow, 'id' | 'patient_id' | 'template' | 'touch' | 'channel'>) => ({
  messageId: row.id as never,
  patientId: row.patient_id as PatientId,
  template: row.template,
  touch: row.touch,
  channel: row.channel,
})

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'message/fence') }, use)
}
