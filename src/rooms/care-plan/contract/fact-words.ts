import { z } from 'zod'

/** Whether the person has a care plan that runs, rests, or has ended. */
export const carePlanTest = z.strictObject({ state: z.enum(['active', 'paused', 'ended']) })

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    carePlan: z.input<typeof carePlanTest>
  }
}
