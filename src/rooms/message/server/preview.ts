import type { ReadContext } from '../../../platform/context/context.ts'
import { settingsOf } from '../../organization/server/index.ts'
import type { MessagePolicy } from '../contract/rule.ts'
import type { Purpose } from '../contract/words.ts'
import { findGone, type GoneRow } from './preview-store.ts'
import { readSendRules } from './rule.ts'
import { isHeldOut } from './rules/holdout.ts'
import { fullCap, overShare, RATION_DAYS, type Sent } from './rules/ration.ts'
import { sendDaysOf, shutUntil, type Holidays } from './rules/send-window.ts'

const LOOK_BACK_DAYS = 30
const DAY_MS = 86_400_000
/** So many rows are read at most, the newest: a preview is not worth more of the database. */
export const PREVIEW_ROWS_MAX = 60_000

/**
 * What rules would have held back of what went out in the last 30 days, by hours, days off, limits, share and
 * comparison: what the ledger knows. Consents and addresses are as they were, since those messages passed them.
 */
export async function previewRules(ctx: ReadContext, policy: MessagePolicy) {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - (LOOK_BACK_DAYS + RATION_DAYS) * DAY_MS)
  const { general } = await settingsOf(ctx)
  const { holidays } = await readSendRules(ctx, general)
  const rows = await findGone(ctx.db, ctx.organizationId, since, PREVIEW_ROWS_MAX + 1)
  const read = rows.slice(0, PREVIEW_ROWS_MAX)
  const looked = read.filter(({ at }) => at.getTime() > now.getTime() - LOOK_BACK_DAYS * DAY_MS)
  const held =
    looked.length > 0
      ? heldOf(read, { policy, holidays, timeZone: ctx.tenant.timeZone, from: now.getTime() - LOOK_BACK_DAYS * DAY_MS })
      : []
  return { looked: looked.length, capped: rows.length > PREVIEW_ROWS_MAX, held }
}

interface Rules {
  policy: MessagePolicy
  holidays: Holidays
  timeZone: string
  /** Only what went out after this instant is judged; what is older counts. */
  from: number
}

/** Goes through each person's messages in their order; what would have waited counts as sent, what would have ended does not. */
export function heldOf(rows: readonly GoneRow[], rules: Rules) {
  const found = new Map<
    string,
    { purpose: Purpose; reason: string; later: boolean; count: number; people: Set<string> }
  >()
  for (const [person, list] of Map.groupBy(rows, ({ patientId }) => patientId)) {
    const sent: Sent[] = []
    for (const row of list.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      const objection = row.at.getTime() > rules.from ? objectionTo(row, sent, rules) : undefined
      if (objection) {
        const key = `${row.purpose} ${objection.reason}`
        const line = found.get(key) ?? { purpose: row.purpose, ...objection, count: 0, people: new Set() }
        found.set(key, { ...line, count: line.count + 1, people: line.people.add(person) })
      }
      if (!objection || objection.later) sent.push(row)
    }
  }
  return [...found.values()]
    .map(({ people, ...line }) => ({ ...line, people: people.size }))
    .toSorted((a, b) => b.count - a.count)
}

function objectionTo(row: GoneRow, sent: readonly Sent[], { policy, holidays, timeZone }: Rules) {
  const shut = row.urgent ? null : shutUntil(row.at, timeZone, sendDaysOf(policy, row.purpose, row.channel), holidays)
  if (shut) return { reason: shut.reason, later: true }
  if (row.rationed && fullCap(row, sent, policy.caps, row.at)) return { reason: 'daily-limit', later: true }
  if (row.purpose !== 'promotion') return undefined
  if (overShare(row, sent, policy.share, row.at)) return { reason: 'promotion-share', later: true }
  return isHeldOut(row.campaign, row.patientId, policy.holdoutPercent) ? { reason: 'holdout', later: false } : undefined
}
