import { z } from 'zod'
import { span } from '../../../platform/condition/grammar.ts'
import { channel, family, purpose, templateCode } from './words.ts'

/** What became of messages to the person. */
export const messageTest = z.strictObject({
  templates: z.array(templateCode).min(1).max(50).optional(),
  purposes: z.array(purpose).min(1).max(3).optional(),
  channels: z.array(channel).min(1).max(10).optional(),
  outcome: z.enum(['sent', 'failed', 'suppressed']),
  within: span.optional(),
  atLeast: z.number().int().min(1).max(100).default(1),
})
/** Whether the person refuses messages of a purpose, by any channel or by one of these. */
export const refusesTest = z.strictObject({ purpose, channels: z.array(family).min(1).max(10).optional() })

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    message: z.input<typeof messageTest>
    refuses: z.input<typeof refusesTest>
  }
}
