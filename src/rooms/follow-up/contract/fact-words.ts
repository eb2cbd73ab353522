import { z } from 'zod'
import { span } from '../../../platform/condition/grammar.ts'
import { attemptChannel, attemptOutcome, protocolCode } from './words.ts'

const protocols = z.array(protocolCode).min(1).max(50).optional()

/** Whether a plan of follow-ups runs, or ended (lately). */
export const followUpTest = z.strictObject({
  protocols,
  state: z.enum(['running', 'completed', 'exited']),
  within: span.optional(),
})
/** Single follow-ups: due now, past their day, missed for good, or done (lately). */
export const followUpVisitTest = z.strictObject({
  protocols,
  state: z.enum(['due', 'overdue', 'missed', 'done']),
  within: span.optional(),
})
/** Tries to reach the person with these outcomes. */
export const attemptTest = z.strictObject({
  outcomes: z.array(attemptOutcome).min(1).max(8),
  channels: z.array(attemptChannel).min(1).max(5).optional(),
  within: span.optional(),
  atLeast: z.number().int().min(1).max(100).default(1),
})

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    followUp: z.input<typeof followUpTest>
    followUpVisit: z.input<typeof followUpVisitTest>
    attempt: z.input<typeof attemptTest>
  }
}
