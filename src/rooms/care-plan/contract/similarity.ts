import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { planKind } from './words.ts'

export const SIMILARITY_DAYS = [90, 365] as const

/** How alike the plans of a template are (S1-14): counts alone, of plans that a doctor has signed. */
export const similarityLine = z.object({
  code: planKind,
  title: bilingual,
  /** How many plans. */
  count: z.number().int(),
  /** Of these, as the template proposes, with nothing changed for the person. */
  unchanged: z.number().int(),
  /** Half of the plans keep so much of the template, of 100, or less. */
  medianPercent: z.number().int().nullable(),
  /** The largest number of plans that say the same, word for word; dates left out. */
  alike: z.number().int(),
})

export const planSimilarity = endpoint({
  name: 'carePlan.similarity',
  method: 'GET',
  path: '/care-plan-templates/similarity',
  summary: 'How much the signed plans of each template are alike, with their number',
  gate: { permission: 'care-plan.template.read', audit: { none: 'counts, nothing of a patient' } },
  query: z.object({ days: z.coerce.number().int().min(1).max(3650).default(90) }),
  output: z.object({ rows: z.array(similarityLine) }),
})
