import { z } from 'zod'
import { measure, span } from '../../../platform/condition/grammar.ts'

/** The newest result of an instrument that counts: released by a clinician, or of one whose card asks for none. */
export const riskTest = z
  .strictObject({
    instrument: z.string().min(1).max(80),
    bands: z.array(z.string().min(1).max(80)).min(1).max(20).optional(),
    value: measure.optional(),
    within: span.optional(),
  })
  .refine(({ bands, value }) => bands !== undefined || value !== undefined, { message: 'bands or value' })

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    risk: z.input<typeof riskTest>
  }
}
