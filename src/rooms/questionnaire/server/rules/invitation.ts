import type { InvitationState } from '../../contract/words.ts'

/** A date of birth has few values: after so many wrong ones the link is locked, and staff send another. */
export const TRIES = 5

export interface Standing {
  state: InvitationState
  closesAt: Date | null
  quota: number | null
  answers: number
}

/** Whether a link may be answered now, and if not, why: what its page says. */
export function standingOf(
  { state, closesAt, quota, answers }: Standing,
  now: Date,
): InvitationState | 'closed' | 'full' {
  if (state !== 'open') return state
  if (closesAt !== null && closesAt <= now) return 'closed'
  if (quota !== null && answers >= quota) return 'full'
  return 'open'
}
