import type { Tone } from '../../../platform/web/index.ts'
import type { IntakeState } from '../contract/words.ts'

/** How each state of a message looks. */
export const STATE_TONES: Record<IntakeState, Tone> = {
  received: 'low',
  filed: 'good',
  duplicate: 'plain',
  'needs-person': 'due',
  'set-aside': 'plain',
  refused: 'due',
  failed: 'danger',
}
