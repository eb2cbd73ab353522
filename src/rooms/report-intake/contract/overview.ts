import { z } from 'zod'
import { endpoint, pageOf, pageQuery, pii } from '../../../platform/contract/index.ts'
import { channel, INTAKE_STATES, intakeId, intakeState, nothing } from './words.ts'

export const sourceDay = z.object({
  source: z.string(),
  channel,
  received: z.number().int(),
  byState: z.partialRecord(intakeState, z.number().int()),
  lastAt: z.string(),
})

export const intakeOverview = endpoint({
  name: 'report-intake.overview',
  method: 'GET',
  path: '/intake/overview',
  summary: 'What came in today by source, and what waits for somebody',
  gate: { permission: 'intake.read', audit: { none: 'counts only' } },
  output: z.object({
    sources: z.array(sourceDay),
    /** Counts stop at 1,000. */
    waiting: z.object({
      toRead: z.number().int(),
      oldestSeconds: z.number(),
      persons: z.number().int(),
      codes: z.number().int(),
      troubled: z.number().int(),
    }),
  }),
})

export const messageRow = z.object({
  id: intakeId,
  channel,
  source: z.string(),
  messageType: z.string(),
  controlId: z.string(),
  answer: z.string(),
  receivedAt: z.string(),
  state: intakeState,
  /** A code with a text under `reason.` in the locales. */
  reason: z.string(),
  /** What is wrong, in the reader's language; quotes no value. */
  text: z.string(),
  reports: z.number().int(),
  results: z.number().int(),
  waiting: z.number().int(),
  unknownCodes: z.number().int(),
  sizeBytes: z.number().int(),
})
export type MessageRow = z.infer<typeof messageRow>

export const listMessages = endpoint({
  name: 'report-intake.listMessages',
  method: 'GET',
  path: '/intake/messages',
  summary: 'What came in, newest first',
  gate: { permission: 'intake.read', audit: { none: 'names senders and states, no patient' } },
  query: pageQuery.extend({
    state: z
      .string()
      .optional()
      .transform((text) => (text ? text.split(',') : []))
      .pipe(z.array(z.enum(INTAKE_STATES))),
    source: z.string().max(200).optional(),
  }),
  output: pageOf(messageRow),
})

export const openMessage = endpoint({
  name: 'report-intake.openMessage',
  method: 'GET',
  path: '/intake/messages/:intakeId',
  summary: 'The original of a message that waits or went wrong, with the place that is wrong',
  gate: { permission: 'record.read', audit: { action: 'intake.open', subject: 'intakeId' } },
  params: z.object({ intakeId }),
  output: z.object({
    message: messageRow,
    /** Lines as sent; of a long one the beginning. `marked` names characters, from and to. */
    lines: z.array(
      z.object({ text: pii('health', z.string()), marked: z.tuple([z.number().int(), z.number().int()]).nullable() }),
    ),
    shortened: z.boolean(),
    charset: z.string(),
    issues: z.array(z.object({ text: z.string(), place: z.string() })),
    can: z.object({ retry: z.boolean() }),
  }),
  problems: ['MessageNotShown'],
})

export const retryMessage = endpoint({
  name: 'report-intake.retryMessage',
  method: 'POST',
  path: '/intake/messages/:intakeId/retry',
  summary: 'Read a message again that went wrong or was set aside',
  gate: { permission: 'intake.match', audit: { action: 'intake.retry', subject: 'intakeId' } },
  params: z.object({ intakeId }),
  output: nothing,
  problems: ['MessageNotTroubled'],
})

export const retryFailed = endpoint({
  name: 'report-intake.retryFailed',
  method: 'POST',
  path: '/intake/messages/retry-failed',
  summary: 'Read all messages again that failed by a fault of ours',
  gate: { permission: 'intake.match', audit: { action: 'intake.retry-failed' } },
  output: z.object({ count: z.number().int() }),
})
