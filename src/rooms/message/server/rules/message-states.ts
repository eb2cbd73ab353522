import type { MessagePolicy } from '../../contract/rule.ts'
import { APPROVABLE, type Channel, type MessageState } from '../../contract/words.ts'

/** What is claimed may be on its way this very second; everything else that waits can be withdrawn. */
export function mayCancel(state: MessageState): boolean {
  return state === 'planned' || state === 'deferred'
}

/** What the person refused, what must not be said and what came too late is not tried again. */
export function mayTryAgain(state: MessageState, reason: string | null, channel: Channel): boolean {
  if (channel === 'in-app') return false
  return (state === 'deferred' || state === 'failed') && reason !== 'refused-by-recipient'
}

/** Held back for its words, of a kind that the rules leave to a second person, who can read what it says. */
export function mayApprove(
  row: { state: MessageState; reason: string | null; content_sealed: Buffer | null },
  { secondApproval }: Pick<MessagePolicy, 'secondApproval'>,
): boolean {
  const leak = APPROVABLE.find((one) => one === row.reason)
  return row.state === 'blocked' && row.content_sealed !== null && leak !== undefined && secondApproval.includes(leak)
}
