import { Status, type T, type Tone } from '../../../platform/web/index.ts'
import type { MessageLine } from '../contract/message.ts'
import type { MessageState } from '../contract/words.ts'

/** Red only for what did not arrive and should have; what was held on purpose is no fault. */
export const STATE_TONES: Record<MessageState, Tone> = {
  planned: 'low',
  claimed: 'low',
  accepted: 'good',
  deferred: 'due',
  failed: 'danger',
  suppressed: 'plain',
  blocked: 'danger',
  expired: 'plain',
  cancelled: 'plain',
}

/** The state in a word, with the reason where there is one. */
export function MessageStateText({ line, t }: { line: Pick<MessageLine, 'state' | 'reason' | 'channel'>; t: T }) {
  const word = line.state === 'accepted' && line.channel === 'in-app' ? 'state.delivered' : `state.${line.state}`
  return (
    <span>
      <Status tone={STATE_TONES[line.state]}>{t(word)}</Status>
      {line.reason && <span className="pb-hint"> {t(`reason.${line.reason}`)}</span>}
    </span>
  )
}
