import { minuteOfDay } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { eachAtMost } from '../../../platform/sms/exchange.ts'
import { outsideAddressOf, settingsOf } from '../../organization/server/index.ts'
import { staffSummaries } from '../../staff/server/index.ts'
import type { StaffTopic } from '../contract/staff-notice.ts'
import { findAccounts, noteFault } from './account-store.ts'
import { openOf, type OpenAccount } from './open-account.ts'
import { noteAccountFault } from './outcome.ts'
import { isGathered, SAME_MESSAGE_MS, settledOf, whenToTell } from './rules/staff-notice.ts'
import {
  claimStaffNotices,
  deleteOldStaffNotices,
  dropPlanned,
  findStaffWays,
  insertStaffNotice,
  keepBatch,
  lockBatches,
  settleStaffNotices,
  type StaffNoticeRow,
} from './staff-notice-store.ts'

const BATCH = 100
const AT_ONCE = 8
/** Longer than all of a batch may take, each given up after ten seconds. */
const LEASE_MS = 3 * 60_000
const KEPT_DAYS = 180

const outcomes = counter('peiban_wecom_staff_notices_total', 'What staff were told in WeCom, by what came of it', [
  'topic',
  'outcome',
])

export interface NewStaffNotice {
  id: string
  topic: StaffTopic
  /** Numbers alone: nothing that could name anybody. */
  values?: Record<string, number>
  /** An address of the staff web. */
  link: string
  /** The same key is told once per person. */
  sourceKey: string
}

/**
 * Puts down what a member of staff is to be told in WeCom, where the organization has it, their user id is known and
 * they have not chosen otherwise. It leaves with the round, after this transaction. @returns whether it was put down
 */
export async function planStaffNotice(ctx: WriteContext, staffId: string, notice: NewStaffNotice): Promise<boolean> {
  const way = (await findStaffWays(ctx.tx, ctx.organizationId, [staffId])).get(staffId)
  if (!way || way.declined.includes(notice.topic)) return false
  const now = ctx.clock.now()
  const { at, notAfter } = whenToTell(notice.topic, now, ctx.tenant.timeZone)
  // The digest of an evening hour would come after its day.
  if (at >= notAfter) return false
  return insertStaffNotice(ctx.tx, ctx.organizationId, { values: {}, ...notice, staffId, at, notAfter, now })
}

/** What of it has not left yet is not needed: somebody has read or done it meanwhile. */
export function dropStaffNotices(
  ctx: WriteContext,
  which: { ids: readonly string[] } | { sourceKey: string } | 'all',
): Promise<void> {
  return dropPlanned(ctx.tx, ctx.organizationId, which, ctx.clock.now())
}

interface ToSay {
  rows: StaffNoticeRow[]
  account: OpenAccount
  userId: string
  text: string
}

/**
 * Tells staff what is due. It says `claimed` in a commit of its own before anything leaves; what a killed sender held is
 * said again in the very same words, which WeCom takes for one message within half an hour. Safe beside itself.
 */
export async function sendStaffNotices(house: House, tenant: Tenant): Promise<number> {
  const { claimed, toSay } = await inHouse(house, tenant, (ctx) => claim(ctx, house))
  await eachAtMost(AT_ONCE, toSay, (one) => say(house, tenant, one))
  return claimed
}

async function claim(ctx: WriteContext, house: House): Promise<{ claimed: number; toSay: ToSay[] }> {
  const now = ctx.clock.now()
  const sameSince = new Date(now.getTime() - SAME_MESSAGE_MS)
  const rows = await claimStaffNotices(ctx.tx, ctx.organizationId, {
    now,
    until: new Date(now.getTime() + LEASE_MS),
    sameSince,
    limit: BATCH,
  })
  if (rows.length === 0) return { claimed: 0, toSay: [] }
  const staffIds = [...new Set(rows.map((row) => row.staff_id))]
  const [ways, people, accounts, address] = [
    await findStaffWays(ctx.tx, ctx.organizationId, staffIds),
    await staffSummaries(ctx, staffIds),
    new Map((await findAccounts(ctx.tx, ctx.organizationId)).map((row) => [row.id, openOf(ctx, row)])),
    outsideAddressOf((await settingsOf(ctx)).general, ctx.publicUrl),
  ]
  const toSay: ToSay[] = []
  for (const group of await gather(ctx, rows, sameSince)) {
    const [{ staff_id: staffId, topic }] = group as [StaffNoticeRow, ...StaffNoticeRow[]]
    const way = ways.get(staffId)
    const nothing = { nextAt: null, providerId: null, code: null, reply: '', accountId: null, userId: null }
    if (!way || way.declined.includes(topic)) {
      // Since it was planned they have said no, or they are not known in WeCom any more.
      const outcome = way
        ? { ...nothing, state: 'unneeded' as const, refusal: null }
        : { ...nothing, state: 'undelivered' as const, refusal: 'no-way' }
      await settleStaffNotices(ctx.tx, ctx.organizationId, group, outcome, now)
      continue
    }
    const { locale } = people.get(staffId)!
    toSay.push({
      rows: group,
      account: accounts.get(way.accountId)!,
      userId: way.userId,
      text: textOf(ctx, house, { group, locale, address }),
    })
  }
  return { claimed: rows.length, toSay }
}

/** Rows that are one message: those that were one before, and new ones of a kind that is told of together. */
async function gather(
  ctx: WriteContext,
  rows: readonly StaffNoticeRow[],
  sameSince: Date,
): Promise<StaffNoticeRow[][]> {
  const groups = [
    ...Map.groupBy(
      rows,
      (row) => row.batch_id ?? (isGathered(row.topic) ? `${row.staff_id} ${row.topic}` : row.id),
    ).values(),
  ]
  if (rows.some((row) => row.batch_id === null)) await lockBatches(ctx.tx, ctx.organizationId)
  for (const group of groups) {
    const [first] = group as [StaffNoticeRow, ...StaffNoticeRow[]]
    if (first.batch_id) continue
    const at = group.reduce((latest, row) => (row.created_at > latest ? row.created_at : latest), first.created_at)
    const about = { count: group.length, at, timeZone: ctx.tenant.timeZone, sameSince }
    const batch = await keepBatch(ctx.tx, ctx.organizationId, group, about)
    for (const row of group) Object.assign(row, batch)
  }
  return groups
}

/**
 * How many and where: no name, no result. The time tells two occasions of the same words apart, for people and for WeCom, and
 * the number those of one minute: without a web address nothing else would.
 */
function textOf(
  ctx: WriteContext,
  house: House,
  { group, locale, address }: { group: readonly StaffNoticeRow[]; locale: 'zh-CN' | 'en'; address: string },
): string {
  const [{ topic, values, link, batch_count: count, batch_at: at, batch_number: number }] = group as [
    StaffNoticeRow,
    ...StaffNoticeRow[],
  ]
  const minute = minuteOfDay(at!, ctx.tenant.timeZone)
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const time = number > 1 ? house.translate(locale, 'wechat', 'toStaff.nth', { time: clock, number }) : clock
  const words = house.translate(locale, 'wechat', `toStaff.${topic}`, { count, ...values, time })
  return address ? `${words}\n${address}${link}` : words
}

async function say(house: House, tenant: Tenant, { rows, account, userId, text }: ToSay): Promise<void> {
  const { appId: corpId, agentId, secret } = account
  const corp = house.wechat.corp(tenant.id, { corpId, agentId: agentId!, secret })
  const answer = await corp.contacts.notifyStaff({ staffUserIds: [userId], text })
  await inHouse(house, tenant, async (ctx) => {
    const now = ctx.clock.now()
    const [first] = rows as [StaffNoticeRow, ...StaffNoticeRow[]]
    const settled = settledOf(answer, { userId, notAfter: first.not_after, now })
    const done = await settleStaffNotices(
      ctx.tx,
      ctx.organizationId,
      rows,
      { ...settled, accountId: account.id, userId },
      now,
    )
    outcomes.inc({ topic: first.topic, outcome: settled.state }, done)
    if (answer.kind === 'ok') await noteFault(ctx.tx, ctx.organizationId, account.id, null, now)
    else await noteAccountFault(ctx, account.id, answer)
  })
}

/** Half a year is long enough to look up why something did not come. */
export async function forgetStaffNotices(house: House, tenant: Tenant): Promise<void> {
  const before = new Date(house.clock.now().getTime() - KEPT_DAYS * 86_400_000)
  await deleteOldStaffNotices(house.databases.of(tenant.id), tenant.id, before)
}

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'wechat/staff-notices') }, use)
}
