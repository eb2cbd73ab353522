import content from '../../content/smtp-replies.json' with { type: 'json' }

export type ReplyClass = 'temporary' | 'unknown-address' | 'refused-by-recipient' | 'refused-content' | 'refused'

interface Rule {
  class: string
  pattern: string
  retryMinutes?: number
}

const rules = (content.replies as Rule[]).map((rule) => ({ ...rule, pattern: new RegExp(rule.pattern, 'i') }))

/** What a server's refusal means, and how long to wait at least where waiting helps. */
export function classify(reply: string): { class: ReplyClass; retryMinutes: number } {
  const rule = rules.find(({ pattern }) => pattern.test(reply))
  return { class: (rule?.class as ReplyClass | undefined) ?? 'refused', retryMinutes: rule?.retryMinutes ?? 5 }
}

export const ATTEMPTS_MAX = 8

/** When to try next: 5, 10, 20 … minutes, at most six hours, never sooner than the server's own span. */
export function retryAt(now: Date, attempts: number, retryMinutes: number): Date {
  const minutes = Math.max(retryMinutes, Math.min(360, 5 * 2 ** (attempts - 1)))
  return new Date(now.getTime() + minutes * 60_000)
}
