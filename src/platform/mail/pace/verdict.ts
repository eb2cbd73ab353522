import providers from '../content/mail-providers.json' with { type: 'json' }
import { providerByCode, type Provider } from './provider.ts'

/**
 * What a refusal means:
 * `throttle` too much for the provider: everything to it waits · `connection-limit` enough on this connection: on to a new
 * one · `temporary` this mail later · `mailbox-full` later, and seldom · `hard-bounce` no such address · `complaint` these
 * people do not want mail from us · `content` not with this content · `policy` not from us as we stand (SPF, DKIM, DMARC,
 * block lists, login) · `refused` no, for no reason we know: says nothing about the address.
 */
export type VerdictClass =
  | 'throttle'
  | 'connection-limit'
  | 'temporary'
  | 'mailbox-full'
  | 'hard-bounce'
  | 'complaint'
  | 'content'
  | 'policy'
  | 'refused'

export interface Verdict {
  class: VerdictClass
  /** Whether another time it may go: decided by what the answer means, not by its first digit. */
  isTemporary: boolean
  /** Wait at least this long. */
  retryMinutes: number
  /** The provider holds what is being sent to many for unwanted: to go on would make it worse. */
  stopsCampaign: boolean
  /** Too many connections at once: fewer from now on. */
  narrows: boolean
}

interface ReplyRule {
  pattern: string
  class: string
  retryMinutes?: number
  stopsCampaign?: boolean
  narrows?: boolean
}

interface Rule {
  pattern: RegExp
  verdict: Verdict
}

const TEMPORARY: ReadonlySet<string> = new Set(['throttle', 'connection-limit', 'temporary', 'mailbox-full'])

const ruleOf = ({ pattern, retryMinutes, stopsCampaign = false, narrows = false, ...rule }: ReplyRule): Rule => ({
  pattern: new RegExp(pattern, 'i'),
  verdict: {
    class: rule.class as VerdictClass,
    isTemporary: TEMPORARY.has(rule.class),
    retryMinutes: retryMinutes ?? 5,
    stopsCampaign,
    narrows,
  },
})

const general = (providers.replies as ReplyRule[]).map(ruleOf)
const own = new Map(
  (providers.providers as { code: string; replies?: ReplyRule[] }[]).map(({ code, replies = [] }) => [
    code,
    replies.map(ruleOf),
  ]),
)

/**
 * Reads an answer by the provider's own rules, then by the general ones, first match wins; what none knows goes by its
 * first digit.
 * @param reply code and text, such as `550 5.1.1 User unknown`
 */
export function verdictOf(provider: Provider, reply: string): Verdict {
  const rules = [...rulesOf(provider), ...general]
  const found = rules.find(({ pattern }) => pattern.test(reply))
  if (found) return found.verdict
  return ruleOf({ pattern: '', class: reply.startsWith('4') ? 'temporary' : 'refused', retryMinutes: 10 }).verdict
}

function rulesOf(provider: Provider): readonly Rule[] {
  const answersLike = provider.answersLike ? rulesOf(providerByCode(provider.answersLike)) : []
  return [...(own.get(provider.code) ?? []), ...answersLike]
}
