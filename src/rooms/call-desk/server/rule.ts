import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { workingDays } from '../../message/server/index.ts'
import { settingsOf } from '../../organization/server/index.ts'
import shipped from '../content/call-rules.json' with { type: 'json' }
import { callProblem } from '../contract/problems.ts'
import { callPolicy, type CallPolicy, type CallRules } from '../contract/rule.ts'
import { findRuleVersions, insertRules, type RuleRow } from './rule-store.ts'
import { minutesOf, type Hours } from './rules/again.ts'

const SHIPPED = callPolicy.parse(shipped.policy)
const HISTORY = 20

/** The rules in force, and the hours and days that follow from them. */
export async function rulesInForce(ctx: ReadContext): Promise<{ policy: CallPolicy; hours: Hours }> {
  const [row] = await findRuleVersions(ctx.db, ctx.organizationId, 1)
  const policy = row ? callPolicy.parse(row.policy) : SHIPPED
  const { general } = await settingsOf(ctx)
  const { from, to } = policy.hours ?? general.callHours
  const isOpenDay = await workingDays(ctx, policy.days)
  return { policy, hours: { timeZone: ctx.tenant.timeZone, from: minutesOf(from), to: minutesOf(to), isOpenDay } }
}

export async function showRules(ctx: ReadContext) {
  const { general } = await settingsOf(ctx)
  const versions = (await findRuleVersions(ctx.db, ctx.organizationId, HISTORY + 1)).map(rulesOf)
  const first: CallRules = { version: 0, policy: SHIPPED, because: '', by: null, at: null }
  return {
    current: versions[0] ?? first,
    organizationHours: general.callHours,
    shipped: { policy: SHIPPED, reasons: shipped.reasons },
    history: versions.slice(1),
    can: { write: ctx.actor.permissions.has('call.rule.write') },
  }
}

/** They count from the next call on. @throws Problem CallRulesChanged */
export async function changeRules(
  ctx: WriteContext,
  { policy, version, because }: { policy: CallPolicy; version: number; because: string },
): Promise<CallRules> {
  const added = await insertRules(ctx, { version: version + 1, policy, because })
  if (!added) throw callProblem('CallRulesChanged')
  ctx.audit.detail = { version: version + 1 }
  return rulesOf(added)
}

function rulesOf(row: RuleRow): CallRules {
  const { version, because, changed_by_name: by, changed_at: at } = row
  return { version, policy: callPolicy.parse(row.policy), because, by, at: at.toISOString() }
}
