import { z } from 'zod'
import { codes, span } from '../../../platform/condition/grammar.ts'

/** What has become of appointments: still to come, kept, not kept, or called off. */
export const APPOINTMENT_STATES = ['coming', 'kept', 'missed', 'cancelled'] as const

export const appointmentTest = z.strictObject({
  state: z.enum(APPOINTMENT_STATES),
  /** Words of the department's name. */
  departments: codes.optional(),
  /** How far ahead at most for those to come; how long ago at most for the others. */
  within: span.optional(),
  atLeast: z.number().int().min(1).max(20).default(1),
})

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    appointment: z.input<typeof appointmentTest>
  }
}
