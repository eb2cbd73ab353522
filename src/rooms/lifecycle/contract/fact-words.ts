import { z } from 'zod'
import { span } from '../../../platform/condition/grammar.ts'
import { stage } from './words.ts'

/** How far the person and the house have come together (关系阶段), and for how long already. `stage` is the stage of care. */
export const relationshipTest = z.strictObject({
  in: z.array(stage).min(1).max(5),
  since: z.strictObject({ op: z.enum(['<', '>=']), span }).optional(),
})

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    relationship: z.input<typeof relationshipTest>
  }
}
