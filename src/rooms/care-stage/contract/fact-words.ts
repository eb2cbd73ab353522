import { z } from 'zod'
import { span } from '../../../platform/condition/grammar.ts'
import { stage } from './words.ts'

/** Where the person stands now, and for how long already. */
export const stageTest = z.strictObject({
  in: z.array(stage).min(1).max(4),
  since: z.strictObject({ op: z.enum(['<', '>=']), span }).optional(),
})

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    stage: z.input<typeof stageTest>
  }
}
