import type { Tone } from '../../../platform/web/index.ts'
import type { SummaryState } from '../contract/words.ts'

export const STATE_TONES: Record<SummaryState, Tone> = {
  draft: 'due',
  submitted: 'due',
  signed: 'good',
  corrected: 'plain',
}
