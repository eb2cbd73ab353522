import type { TemplateDefinition } from '../../contract/template.ts'
import { TO_RELATIVES, type RelativesReached } from '../../contract/words.ts'
import type { SmsSender } from './compose-sms.ts'

/**
 * Whether relatives get a template that is theirs. Without words that the house's own provider has approved nothing is
 * sent, and nothing of it stands among the messages: so that is said beforehand.
 * @param inForce undefined: nothing of it is in force
 */
export function relativesReachedBy(
  code: string,
  inForce: Pick<TemplateDefinition, 'sms'> | undefined,
  account: Pick<SmsSender, 'provider'> | null,
): RelativesReached | null {
  if (!TO_RELATIVES.includes(code)) return null
  if (!account) return 'no-account'
  return inForce?.sms.some(({ provider }) => provider === account.provider) ? 'reached' : 'no-words'
}
