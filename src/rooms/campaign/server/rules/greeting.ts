import type { Condition } from '../../../../platform/condition/index.ts'
import type { CampaignDefinition } from '../../contract/definition.ts'

/**
 * Whether a campaign wishes people well on a day: one of the calendar, or their birthday. Such a message is held back from
 * whoever it would hurt or trouble at the moment of sending, whatever its template says of itself (S0-42).
 */
export function isGreeting({ trigger, audience }: Pick<CampaignDefinition, 'trigger' | 'audience'>): boolean {
  return trigger.kind === 'calendar' || asksForBirthday(audience)
}

function asksForBirthday(condition: Condition | null): boolean {
  if (condition === null) return false
  if ('all' in condition) return condition.all.some(asksForBirthday)
  if ('any' in condition) return condition.any.some(asksForBirthday)
  return 'birthday' in condition
}
