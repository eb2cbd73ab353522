import type { Channel, MessageState } from '../../contract/words.ts'

/** What is claimed may be on its way this very second; everything else that waits can be withdrawn. */
export function mayCancel(state: MessageState): boolean {
  return state === 'planned' || state === 'deferred'
}

/** What the person refused, what must not be said and what came too late is not tried again. */
export function mayTryAgain(state: MessageState, reason: string | null, channel: Channel): boolean {
  if (channel === 'in-app') return false
  return (state === 'deferred' || state === 'failed') && reason !== 'refused-by-recipient'
}
