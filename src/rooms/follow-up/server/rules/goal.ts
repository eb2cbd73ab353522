import type { Condition } from '../../../tag/contract/condition.ts'
import type { ExitRule, Goal } from '../../contract/pathway.ts'
import type { ProtocolDefinition } from '../../contract/protocol.ts'

/** A goal as a condition: the newest value, or the newest score, on the right side of its target. */
export function goalCondition({ measure, target }: Goal): Condition | undefined {
  if ('condition' in measure) return measure.condition
  if (!target) return undefined
  if ('indicator' in measure) {
    const { code, within } = measure.indicator
    return { indicator: { code, pick: 'newest', is: target, ...(within ? { within } : {}) } } as Condition
  }
  return { score: { ...measure.score, value: target } } as unknown as Condition
}

/** What a rule of leaving asks of the person; undefined where it counts days or what was missed. */
export function exitCondition(
  definition: Pick<ProtocolDefinition, 'goals'>,
  { when }: ExitRule,
): Condition | undefined {
  if ('condition' in when) return when.condition
  if (!('goals' in when)) return undefined
  const asked = (definition.goals ?? []).filter(({ code }) => when.goals.includes(code))
  const all = asked.flatMap((goal) => goalCondition(goal) ?? [])
  return all.length === when.goals.length ? { all } : undefined
}
