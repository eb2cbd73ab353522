import { z } from 'zod'
import { calendarDate, endpoint, locale, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { timelineEndpoint } from '../../observation/contract/timeline.ts'
import { topic } from './topic.ts'
import { channel, family, messageId, messageState, purpose, templateCode, type MessageState } from './words.ts'

/** Several values in one parameter, joined by commas. */
const states = z
  .string()
  .max(200)
  .transform((text) => text.split(',').filter(Boolean) as MessageState[])
  .pipe(z.array(messageState))

export const messageLine = z.object({
  id: messageId,
  patientId,
  patientName: pii('name', z.string()),
  channel,
  template: z.string(),
  templateName: z.string(),
  purpose,
  state: messageState,
  reason: z.string().nullable(),
  toMasked: z.string().nullable(),
  /** Said to a relative whom they have let in to be reminded, in their stead. */
  toRelative: z.boolean(),
  attempts: z.number().int(),
  possibleDoubles: z.number().int(),
  nextAt: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  /** Where the channel tells it. */
  deliveredAt: z.string().nullable(),
  readAt: z.string().nullable(),
  /** They wrote back: their words stand in a task. */
  replied: z.boolean(),
})
export type MessageLine = z.infer<typeof messageLine>

export const listMessages = endpoint({
  name: 'message.listMessages',
  method: 'GET',
  path: '/messages',
  summary: 'The ledger of messages to the people one looks after, newest first',
  gate: { permission: 'message.read', audit: { action: 'message.list' } },
  query: pageQuery.extend({
    state: states.optional(),
    channel: channel.optional(),
    family: family.optional(),
    template: z.string().max(60).optional(),
    purpose: purpose.optional(),
    patientId: patientId.optional(),
    from: calendarDate.optional(),
    to: calendarDate.optional(),
    /** Only those of which somebody may have got a second copy. */
    doubled: z.stringbool().optional(),
  }),
  output: pageOf(messageLine),
})

export const summarizeMessages = endpoint({
  name: 'message.summary',
  method: 'GET',
  path: '/messages/summary',
  summary: 'How the last 30 days went, and how mail leaves the house',
  gate: { permission: 'message.read', audit: { none: 'counts only' } },
  output: z.object({
    /** Capped at 10,000 each. */
    sent: z.number().int(),
    waiting: z.number().int(),
    failed: z.number().int(),
    held: z.number().int(),
    possibleDoubles: z.number().int(),
    mail: z.enum(['smtp', 'outbox']),
    /** Ways that end at a stand-in of the demonstration: what goes by them stays on this machine. */
    standIns: z.array(family),
    templates: z.array(z.object({ code: templateCode, name: z.string() })),
  }),
})

export const messageCopy = messageLine.extend({
  touch: z.string(),
  templateVersion: z.number().int().nullable(),
  locale,
  urgent: z.boolean(),
  viaGuardian: z.boolean(),
  notAfter: z.string().nullable(),
  source: z.string(),
  reply: z.string().nullable(),
  /** As sent; null before it is rendered. */
  content: z
    .object({
      subject: pii('free-text', z.string()),
      text: pii('free-text', z.string()),
      html: pii('free-text', z.string()),
    })
    .nullable(),
  events: z.array(
    z.object({
      kind: z.string(),
      reason: z.string().nullable(),
      by: z.string(),
      at: z.string(),
      /** What the check that held it looked at: numbers, codes, dates and times of the organization's clock. */
      saw: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
      /** When it is looked at next. */
      until: z.string().nullable(),
      /** The version of the rules of sending it was judged by; null where it was not. */
      rule: z.number().int().nullable(),
      /** Why a second person let it go. */
      because: pii('free-text', z.string()).nullable(),
    }),
  ),
  can: z.object({ cancel: z.boolean(), tryAgain: z.boolean(), approve: z.boolean() }),
})
export type MessageCopy = z.infer<typeof messageCopy>

const ofMessage = z.object({ messageId })

export const getMessage = endpoint({
  name: 'message.get',
  method: 'GET',
  path: '/messages/:messageId',
  summary: 'The copy of one message as sent, and what became of it',
  gate: { permission: 'message.read', audit: { action: 'message.open', subject: 'messageId' } },
  params: ofMessage,
  output: messageCopy,
})

export const cancelMessage = endpoint({
  name: 'message.cancel',
  method: 'POST',
  path: '/messages/:messageId/cancellation',
  summary: 'Withdraw a message that has not gone out',
  gate: { permission: 'message.send', audit: { action: 'message.cancel', subject: 'messageId' } },
  params: ofMessage,
  output: messageCopy,
  problems: ['MessageNotWaiting'],
})

export const tryAgain = endpoint({
  name: 'message.tryAgain',
  method: 'POST',
  path: '/messages/:messageId/retry',
  summary: 'Try a failed or waiting message again now; all checks are made anew',
  gate: { permission: 'message.send', audit: { action: 'message.try-again', subject: 'messageId' } },
  params: ofMessage,
  output: messageCopy,
  problems: ['MessageNotFailed'],
})

export const approveMessage = endpoint({
  name: 'message.approve',
  method: 'POST',
  path: '/messages/:messageId/approval',
  summary:
    'Let a message go that the reading of its words had held back, as a second person; all other checks are made anew',
  gate: { permission: 'message.send', audit: { action: 'message.approve', subject: 'messageId' } },
  params: ofMessage,
  body: z.object({ because: pii('free-text', z.string().trim().min(1).max(300)) }),
  output: messageCopy,
  problems: ['MessageNotApprovable', 'ApprovalOwnHand'],
})

const ofPatient = z.object({ patientId })

export const sendByHand = endpoint({
  name: 'message.sendByHand',
  method: 'POST',
  path: '/patients/:patientId/messages',
  summary: 'Send one of the templates for sending by hand; the same one once a day',
  gate: { permission: 'message.send', audit: { action: 'message.send', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    template: templateCode,
    values: z.record(z.string().max(40), z.string().trim().max(200)).default({}),
  }),
  output: z.object({ rows: z.array(messageLine) }),
  problems: ['TemplateUnknown', 'TemplateNotByHand', 'TemplateUnfit', 'SentTodayAlready'],
})

export const preference = z.object({
  purpose,
  channel: family,
  optedOut: z.boolean(),
  /** Who changed it, how and when; null while nobody has said anything. */
  by: z.string().nullable(),
  how: z.string().nullable(),
  at: z.string().nullable(),
})

const topicWish = z.object({
  topic,
  channel: family,
  optedOut: z.boolean(),
  /** Refused for some of its purposes only, by a refusal of a whole purpose. */
  partly: z.boolean(),
  by: z.string().nullable(),
  how: z.string().nullable(),
  at: z.string().nullable(),
})
export type TopicWishLine = z.infer<typeof topicWish>

export const patientMessages = endpoint({
  name: 'message.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/messages',
  summary: 'What a person was sent and what they do not want; what may be sent by hand',
  gate: { permission: 'message.read', audit: { action: 'message.of-patient', patient: 'patientId' } },
  params: ofPatient,
  query: pageQuery,
  output: z.object({
    rows: z.array(messageLine),
    next: z.string().nullable(),
    total: z.number().int().nullable(),
    preferences: z.array(preference),
    topics: z.array(topicWish),
    /** What the person ticked when the card was opened. */
    consents: z.object({ service: z.boolean().nullable(), promotion: z.boolean().nullable() }),
    byHand: z.array(
      z.object({
        code: templateCode,
        name: z.string(),
        occasion: z.string(),
        variables: z.array(
          z.object({ name: z.string(), label: z.string(), example: z.string(), optional: z.boolean() }),
        ),
      }),
    ),
    can: z.object({ send: z.boolean(), setPreference: z.boolean() }),
  }),
})

export const setPreference = endpoint({
  name: 'message.setPreference',
  method: 'PUT',
  path: '/patients/:patientId/message-preferences',
  summary: "On the person's word: stop or take up again messages of one purpose by one channel; at once",
  gate: { permission: 'message.send', audit: { action: 'message.preference', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    purpose,
    channel: family,
    optedOut: z.boolean(),
    note: pii('free-text', z.string().trim().max(300)).default(''),
  }),
  output: z.object({ preferences: z.array(preference) }),
})

export const setTopic = endpoint({
  name: 'message.setTopic',
  method: 'PUT',
  path: '/patients/:patientId/message-topics',
  summary: "On the person's word: stop or take up again messages of one topic by one way; at once",
  gate: { permission: 'message.send', audit: { action: 'message.topic', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ topic, channel: family, optedOut: z.boolean() }),
  output: z.object({ topics: z.array(topicWish) }),
})

export const messageTimeline = timelineEndpoint('message', 'message.read')
