import { z } from 'zod'
import { cardState } from './card.ts'

/** Whether the person has a card in one of these states. */
export const cardTest = z.strictObject({ states: z.array(cardState).min(1).max(4) })

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    card: z.input<typeof cardTest>
  }
}
