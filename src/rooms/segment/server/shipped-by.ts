import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'
import content from '../content/shipped-lists.json' with { type: 'json' }
import type { Shipped } from '../contract/shipped.ts'
import { segmentDefinition } from '../contract/words.ts'
import { worklistDefinition } from '../contract/worklist.ts'

const shippedOf = <T extends z.ZodType>(definition: T) =>
  z.array(z.strictObject({ code: z.string(), source: bilingual, definition }))

/** What comes with Peiban; nobody has signed for it as long as there is no reviewer. */
export const shippedLists = {
  reviewer: z.string().nullable().parse(content.reviewer),
  segments: shippedOf(segmentDefinition).parse(content.segments),
  worklists: shippedOf(worklistDefinition).parse(content.worklists),
}

const sources = new Map(
  [...shippedLists.segments, ...shippedLists.worklists].map(({ code, source }) => [code, source] as const),
)

/** Where a list comes from, and who has read it; null for one of the house's own. */
export function shippedBy(code: string | null): Shipped | null {
  const source = code === null ? undefined : sources.get(code)
  return source ? { source, reviewer: shippedLists.reviewer } : null
}
