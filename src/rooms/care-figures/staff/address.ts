import { z } from 'zod'
import { CARE_FIGURES, PARTS, SCOPES } from '../contract/care-figures.ts'

/** What the page shows stands in its address: a number can be sent to a colleague. */
export const addressSchema = z.object({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  scope: z.enum(SCOPES).optional(),
  figure: z.enum(CARE_FIGURES).optional(),
  pathway: z.string().optional(),
  part: z.enum(PARTS).optional(),
})
export type Address = z.output<typeof addressSchema>
