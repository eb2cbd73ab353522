import { z } from 'zod'
import { endpoint, pageOf, pageQuery, pii } from '../../../platform/contract/index.ts'
import { AS_NOTED, GOOD_HOURS_CHOICES, type GoodHoursChoice } from '../../patient/contract/good-hours.ts'
import { topic } from './topic.ts'
import { channel, family, messageId, purpose } from './words.ts'

const line = z.object({
  id: messageId,
  subject: pii('free-text', z.string()),
  purpose,
  channel,
  at: z.string(),
  isNew: z.boolean(),
})
export type OwnMessageLine = z.infer<typeof line>

export const listMyMessages = endpoint({
  name: 'message.mine',
  method: 'GET',
  path: '/my/messages',
  summary: 'What the person was sent, newest first; what went several ways stands once',
  gate: { permission: 'patient', audit: { none: 'one’s own messages, read by oneself' } },
  query: pageQuery,
  output: pageOf(line),
})

const ofMessage = z.object({ messageId })

export const readMyMessage = endpoint({
  name: 'message.myMessage',
  method: 'GET',
  path: '/my/messages/:messageId',
  summary: 'One message as it was sent; looking at it changes nothing',
  gate: { permission: 'patient', audit: { action: 'my.message.open', subject: 'messageId' } },
  params: ofMessage,
  output: line.extend({ text: pii('free-text', z.string()) }),
})

export const noteMyReading = endpoint({
  name: 'message.noteMyReading',
  method: 'POST',
  path: '/my/messages/:messageId/reading',
  summary: 'It has been opened and is not new any more',
  gate: { permission: 'patient', audit: { none: 'the opening of it is what the log says' } },
  params: ofMessage,
  output: z.object({}),
})

const goodHoursChoice = z.enum(Object.keys(GOOD_HOURS_CHOICES) as [GoodHoursChoice, ...GoodHoursChoice[]])

const wishes = z.object({
  topics: z.array(z.object({ topic, channel: family, optedOut: z.boolean(), partly: z.boolean() })),
  /** They have agreed to be told of activities; without it nothing of those goes, whatever they tick. */
  promotionAgreed: z.boolean(),
  /** Whether it is counted that somebody read a mail. */
  countsReading: z.boolean(),
  /** When they like to be reached. */
  goodHours: z.object({
    /** Null: words of another kind, as staff have written them down. */
    choice: goodHoursChoice.nullable(),
    words: pii('free-text', z.string()),
    /** What staff have written down, in force or set aside by a choice; empty where they have not. */
    noted: pii('free-text', z.string()),
    /** What we read in them, `HH:MM`; null where that cannot be said for certain. */
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
})
export type Wishes = z.infer<typeof wishes>

export const readMyWishes = endpoint({
  name: 'message.myWishes',
  method: 'GET',
  path: '/my/message-wishes',
  summary: 'What the person wants to be sent, by topic and way',
  gate: { permission: 'patient', audit: { none: 'one’s own wishes, read by oneself' } },
  output: wishes,
})

export const setMyWish = endpoint({
  name: 'message.setMyWish',
  method: 'PUT',
  path: '/my/message-wishes',
  summary: 'Stop, or take up again, messages of some topics by one way or by several; at once',
  gate: { permission: 'patient', audit: { action: 'my.message.wish' } },
  body: z.object({
    topics: z.array(topic).min(1).max(20),
    channels: z.array(family).min(1).max(5),
    optedOut: z.boolean(),
  }),
  output: wishes,
})

export const setMyReading = endpoint({
  name: 'message.setMyReading',
  method: 'PUT',
  path: '/my/message-wishes/reading',
  summary: 'Whether reading of mails is counted; taking it back also forgets what was counted',
  gate: { permission: 'patient', audit: { action: 'my.message.reading' } },
  body: z.object({ countsReading: z.boolean() }),
  output: wishes,
})

export const setMyGoodHours = endpoint({
  name: 'message.setMyGoodHours',
  method: 'PUT',
  path: '/my/message-wishes/hours',
  summary: 'When the person likes to be reached: for calls, and for messages that may wait',
  gate: { permission: 'patient', audit: { action: 'my.message.hours' } },
  body: z.object({ hours: goodHoursChoice.or(z.literal(AS_NOTED)) }),
  output: wishes,
})
