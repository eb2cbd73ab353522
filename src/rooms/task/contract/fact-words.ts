import { z } from 'zod'
import { span } from '../../../platform/condition/grammar.ts'
import { taskType } from './words.ts'

/** Whether there is a task about the person: open, past its day, done or cancelled (lately). */
export const taskTest = z.strictObject({
  types: z.array(taskType).min(1).max(10).optional(),
  state: z.enum(['open', 'overdue', 'done', 'cancelled']),
  /** For done and cancelled: when it was closed. */
  within: span.optional(),
})

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    task: z.input<typeof taskTest>
  }
}
