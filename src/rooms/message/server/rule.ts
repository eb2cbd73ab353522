import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { settingsOf } from '../../organization/server/index.ts'
import shipped from '../content/send-rules.json' with { type: 'json' }
import { messageProblem } from '../contract/problems.ts'
import { messagePolicy, type MessagePolicy } from '../contract/rule.ts'
import { findRuleVersions, insertRules, loadRules } from './rule-store.ts'
import type { Holidays } from './rules/send-window.ts'
import { shippedHolidays } from './shipped-holidays.ts'

/** The rules a claim works by. */
export interface SendRules {
  /** 0: as they come with Peiban. */
  version: number
  policy: MessagePolicy
  holidays: Holidays
}

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'today'>
type General = Pick<Awaited<ReturnType<typeof settingsOf>>['general'], 'messageHours' | 'messageLimits'>

/** What comes with Peiban, with the hours and limits that the organization has set for the whole house. */
export function shippedPolicy({ messageHours, messageLimits }: General): MessagePolicy {
  const { promotionHours, caps, ...rest } = shipped.policy
  const later = promotionHours.from > messageHours.from ? promotionHours.from : messageHours.from
  const earlier = promotionHours.to < messageHours.to ? promotionHours.to : messageHours.to
  const promotion = later < earlier ? { from: later, to: earlier } : messageHours
  const all = { day: messageLimits.perPatientPerDay, week: messageLimits.perPatientPerWeek, month: null }
  return messagePolicy.parse({
    ...rest,
    hours: { service: messageHours, care: messageHours, promotion },
    caps: { all, ...caps },
  })
}

export async function readSendRules(ctx: Reader, general: General): Promise<SendRules> {
  const from = `${Number(ctx.today.slice(0, 4)) - 1}-12-01`
  const { rule, years, days } = await loadRules(ctx.db, ctx.organizationId, from)
  const own = new Set(years)
  const missing = [...shippedHolidays].filter(([year]) => !own.has(year))
  const all = [...missing.flatMap(([, list]) => list), ...days]
  return {
    version: rule?.version ?? 0,
    policy: rule ? messagePolicy.parse(rule.policy) : shippedPolicy(general),
    holidays: {
      years: new Set([...own, ...missing.map(([year]) => year)]),
      days: new Map(all.map(({ day, kind, name }) => [day, { kind, name }])),
    },
  }
}

const HISTORY = 20

export async function showRules(ctx: ReadContext) {
  const { general } = await settingsOf(ctx)
  const rows = await findRuleVersions(ctx.db, ctx.organizationId, HISTORY + 1)
  const versions = rows.map((row) => ({
    version: row.version,
    policy: messagePolicy.parse(row.policy),
    because: row.because,
    by: row.changed_by_name,
    at: row.changed_at.toISOString(),
  }))
  const policy = shippedPolicy(general)
  const first = { version: 0, policy, because: '', by: null, at: null }
  return {
    current: versions[0] ?? first,
    shipped: { policy, reasons: shipped.reasons },
    history: versions.slice(1, HISTORY),
    can: { write: ctx.actor.permissions.has('message.rule.write') },
  }
}

/** They count from the next claim on. @throws Problem RulesChangedMeanwhile, RulesTwice */
export async function changeRules(
  ctx: WriteContext,
  { policy, version, because }: { policy: MessagePolicy; version: number; because: string },
) {
  const hours = policy.channelHours.map(({ purpose, channel }) => `${purpose} ${channel}`)
  if (new Set(hours).size < hours.length) throw messageProblem('RulesTwice', {}, 'body.policy.channelHours')
  const { current } = await showRules(ctx)
  const next = version + 1
  if (current.version !== version || !(await insertRules(ctx, { version: next, policy, because })))
    throw messageProblem('RulesChangedMeanwhile', { by: (await showRules(ctx)).current.by ?? '' })
  ctx.audit.detail = { version: next, changed: changedParts(current.policy, policy) }
  return { version: next, policy, because, by: ctx.actor.name, at: ctx.clock.now().toISOString() }
}

/** Which parts of the rules differ, for the audit. */
function changedParts(before: MessagePolicy, after: MessagePolicy): string[] {
  const keys = Object.keys(after) as (keyof MessagePolicy)[]
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
}
