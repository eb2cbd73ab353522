import { z } from 'zod'
import { conditionSchema } from '../../../platform/condition/grammar.ts'
import { recordFactWords } from '../../observation/contract/fact-words.ts'
import { patientFactWords } from '../../patient/contract/fact-words.ts'

/**
 * The condition language as rules use it (`src/platform/condition`): what is asked of the person, the record and tags is
 * held to its form here; kinds of facts that later rooms declare pass, and the server's register holds them.
 */
export {
  comparison,
  CONDITION_DEPTH_MAX,
  CONDITION_LEAVES_MAX,
  span,
  type Comparison,
  type Condition,
  type Span,
} from '../../../platform/condition/grammar.ts'
export { codes } from '../../../platform/condition/grammar.ts'
export type { Limit } from '../../observation/contract/fact-words.ts'

/** Whether the person carries another tag; circles between rules are refused. */
export const tagTest = z.strictObject({ code: z.string().min(1).max(60) })

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    tag: z.input<typeof tagTest>
  }
}

export const condition = conditionSchema([...patientFactWords, ...recordFactWords, { code: 'tag', test: tagTest }])
