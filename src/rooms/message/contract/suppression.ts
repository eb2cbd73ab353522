import { z } from 'zod'
import { calendarDate, endpoint, id, pageOf, pageQuery, pii } from '../../../platform/contract/index.ts'
import { channel, CHANNELS, SUPPRESSION_REASONS } from './words.ts'

export const suppressionId = id('message-suppression')
export const suppressionReason = z.enum(SUPPRESSION_REASONS)
/** What people may enter; the others come from receiving servers. */
export const enteredReason = z.enum(['bounced', 'complained', 'asked', 'wrong-person', 'other'])

/** Accounts with WeChat and WeCom are nobody's to type in: there the person takes their right back themselves. */
const outward = channel.refine((one) => one === 'email' || one === 'sms')
const note = pii('free-text', z.string().trim().max(300)).default('')
/** An address or number of the channel, such as an e-mail address. It is kept as a blind index and masked. */
const address = pii('email', z.string().trim().min(3).max(200))

export const suppression = z.object({
  id: suppressionId,
  channel,
  addressMasked: z.string(),
  reason: suppressionReason,
  source: z.enum(['delivery', 'staff', 'import']),
  note: pii('free-text', z.string()),
  since: z.string(),
  /** Counts until then; null: until somebody lifts it. */
  until: z.string().nullable(),
  by: z.string(),
  state: z.enum(['standing', 'expired', 'lifted']),
  lifted: z.object({ at: z.string(), by: z.string(), because: z.string() }).nullable(),
})
export type SuppressionLine = z.infer<typeof suppression>

export const listSuppressions = endpoint({
  name: 'message.listSuppressions',
  method: 'GET',
  path: '/message-suppressions',
  summary: 'Addresses to which nothing goes, with reason, source and expiry, newest first',
  gate: { permission: 'message.rule.read', audit: { action: 'message.suppressions' } },
  query: pageQuery.extend({
    channel: z.enum(CHANNELS).optional(),
    reason: suppressionReason.optional(),
    state: z.enum(['standing', 'all']).default('standing'),
    /** The whole address: lists hold none to search in. */
    address: address.optional(),
  }),
  output: pageOf(suppression).extend({ can: z.object({ write: z.boolean() }) }),
})

export const addSuppression = endpoint({
  name: 'message.addSuppression',
  method: 'POST',
  path: '/message-suppressions',
  summary: 'Send nothing more to an address, by any purpose',
  gate: { permission: 'message.rule.write', audit: { action: 'message.suppress' } },
  body: z.object({
    channel: outward,
    address,
    reason: enteredReason,
    note,
    untilOn: calendarDate.nullable().default(null),
  }),
  output: suppression,
  problems: ['AddressUnfit', 'SuppressedAlready'],
})

export const importSuppressions = endpoint({
  name: 'message.importSuppressions',
  method: 'POST',
  path: '/message-suppressions/imports',
  summary: 'Take over a list from another system: one address a line, with reason and note behind commas',
  gate: { permission: 'message.rule.write', audit: { action: 'message.suppressions-import' } },
  body: z.object({
    channel: outward,
    text: pii('free-text', z.string().min(1).max(600_000)),
    reason: enteredReason.default('other'),
  }),
  output: z.object({
    added: z.number().int(),
    known: z.number().int(),
    /** Numbers of the lines that hold no address, the first twenty. */
    unfit: z.array(z.number().int()),
  }),
})

export const liftSuppression = endpoint({
  name: 'message.liftSuppression',
  method: 'POST',
  path: '/message-suppressions/:suppressionId/end',
  summary: 'Send to an address again, with the reason why',
  gate: { permission: 'message.rule.write', audit: { action: 'message.unsuppress', subject: 'suppressionId' } },
  params: z.object({ suppressionId }),
  body: z.object({ because: pii('free-text', z.string().trim().min(1).max(300)) }),
  output: suppression,
  problems: ['SuppressionOver'],
})
