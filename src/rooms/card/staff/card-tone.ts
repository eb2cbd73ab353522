import type { Tone } from '../../../platform/web/index.ts'
import type { CardState } from '../contract/card.ts'

export const CARD_TONES: Record<CardState, Tone> = { pending: 'due', active: 'good', frozen: 'low', closed: 'plain' }

/** The card that matters at a glance: one in use before one that waits, before one that is closed. */
export function foremost<C extends { state: CardState }>(cards: readonly C[]): C | undefined {
  const rank: CardState[] = ['active', 'frozen', 'pending', 'closed']
  return cards.toSorted((a, b) => rank.indexOf(a.state) - rank.indexOf(b.state))[0]
}
