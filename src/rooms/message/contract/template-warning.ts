import { z } from 'zod'
import { channel } from './words.ts'

/** What becomes too long for some people once it is filled; it forbids nothing. */
export const templateWarning = z.object({
  channel,
  language: z.enum(['zh', 'en']),
  /** `sms-segments`: paid as `over` short messages. */
  kind: z.enum(['too-long', 'sms-segments']),
  /** The platform's field or variable; empty: the whole. */
  what: z.string(),
  /** Characters too many. */
  over: z.number().int(),
  /** With the examples already, so for everybody. */
  always: z.boolean(),
  /** No other way takes over. */
  alone: z.boolean(),
})
export type TemplateWarning = z.infer<typeof templateWarning>
