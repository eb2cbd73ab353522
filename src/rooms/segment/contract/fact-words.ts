import { z } from 'zod'
import { span, type FactWord } from '../../../platform/condition/grammar.ts'

/**
 * Whether the person is in a segment: `{ "segment": { "segment": "…" } }`. With `within`, whether they came into it so
 * recently.
 */
export const segmentTest = z.strictObject({ segment: z.uuid(), within: span.optional() })

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    segment: z.input<typeof segmentTest>
  }
}

export const segmentFactWords: readonly FactWord[] = [{ code: 'segment', test: segmentTest }]
