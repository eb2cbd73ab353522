import { z } from 'zod'
import { calendarDate, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { compositionId } from '../../health-report/contract/words.ts'
import { sex } from '../../patient/contract/person.ts'

export const ORDER_STATES = ['asked', 'offered', 'booked', 'done', 'missed', 'cancelled'] as const
export const OPEN_STATES = ['asked', 'offered', 'booked'] as const
/** How the doctor speaks: by telephone, over a video system of the hospital, at the hospital, or leaves a voice message. */
export const WAYS = ['phone', 'video', 'in-person', 'voice'] as const
/** What it comes to, from nothing to do to see a doctor at once; the words that patients read stand in `my.grade`. */
export const GRADES = ['none', 'watch', 'recheck', 'specialist', 'urgent'] as const
/** Why monthly contact ended: by wish, since a result has come, since all months were done, by death. */
export const TRACKING_ENDS = ['wish', 'result', 'complete', 'deceased'] as const
export const EVENT_KINDS = [
  'asked',
  'offered',
  'booked',
  'moved',
  'missed',
  'cancelled',
  'signed',
  'corrected',
  'question',
  'answered',
  'tracking-ended',
] as const
export const ORDER_ACTS = ['offer', 'book', 'cancel', 'miss', 'talk', 'correct', 'end-tracking'] as const

export const orderId = id('interpretation')
export const slotId = id('interpretation-slot')
export const questionId = id('interpretation-question')
export type OrderId = z.output<typeof orderId>
export type SlotId = z.output<typeof slotId>
export type QuestionId = z.output<typeof questionId>
export type OrderState = (typeof ORDER_STATES)[number]
export type Way = (typeof WAYS)[number]
export type Grade = (typeof GRADES)[number]
export type TrackingEnd = (typeof TRACKING_ENDS)[number]
export type EventKind = (typeof EVENT_KINDS)[number]
export type OrderAct = (typeof ORDER_ACTS)[number]

export const way = z.enum(WAYS)
export const grade = z.enum(GRADES)
/** In the words of whoever asks. */
export const question = pii('free-text', z.string().trim().min(2).max(500))
export const because = pii('free-text', z.string().trim().min(2).max(300))
const said = (most: number) => pii('free-text', z.string().trim().max(most))

/** A time at which a doctor explains reports. */
export const slotView = z.object({
  id: slotId,
  doctor: z.object({ id: staffId, name: z.string() }),
  startsAt: instant,
  endsAt: instant,
  way,
  /** Of a video talk the address in the hospital's own system, at the hospital the room; empty otherwise. */
  place: z.string(),
})
export type SlotView = z.output<typeof slotView>

/** One thing that can be done, weighed. `ifNothing` is what is to be expected without it. */
export const option = z.strictObject({
  title: pii('free-text', z.string().trim().min(1).max(80)),
  pros: said(300).default(''),
  cons: said(300).default(''),
})

/** What happens next: what, until when, who sees to it. */
export const nextStep = z.strictObject({
  what: pii('free-text', z.string().trim().min(1).max(200)),
  by: said(60).default(''),
  who: z.enum(['patient', 'doctor', 'manager']),
})

/** What the doctor writes down of the talk; the person reads it afterwards. */
export const outcome = z.strictObject({
  grade,
  meaning: pii('free-text', z.string().trim().min(4).max(1200)),
  options: z.array(option).max(5).default([]),
  /** What is to be expected when nothing is done. */
  ifNothing: said(400).default(''),
  next: z.array(nextStep).max(6).default([]),
  /** 自愿复查: an offer with its span of days, never a duty. */
  recheck: z
    .strictObject({
      what: pii('free-text', z.string().trim().min(1).max(120)),
      from: calendarDate,
      until: calendarDate,
    })
    .refine((span) => span.from <= span.until, { path: ['until'], message: 'endAfterBegin' })
    .nullable()
    .default(null),
  /** Once a month the manager asks how it goes, so often and for this reason. */
  monthly: z
    .strictObject({
      months: z.number().int().min(1).max(12),
      reason: pii('free-text', z.string().trim().min(2).max(200)),
    })
    .nullable()
    .default(null),
  /** 请客户用自己的话说一遍: whether they could, and what they said or still mix up. */
  teachBack: z.strictObject({ done: z.boolean(), note: said(500).default('') }),
})
export type Outcome = z.output<typeof outcome>

export const outcomeView = outcome.extend({
  version: z.number().int(),
  /** What this version corrects. */
  because: z.string(),
  signedBy: z.string(),
  signedTitle: z.string(),
  signedAt: instant,
})
export type OutcomeView = z.output<typeof outcomeView>

export const questionView = z.object({
  id: questionId,
  text: question,
  askedAt: instant,
  answer: said(1000),
  answeredBy: z.string(),
  answeredAt: instant.nullable(),
})

export const trackingView = z.object({
  months: z.number().int(),
  reason: said(200),
  /** Months that have come so far. */
  asked: z.number().int(),
  nextOn: calendarDate.nullable(),
  endedBecause: z.enum(TRACKING_ENDS).nullable(),
  endedOn: calendarDate.nullable(),
})

export const reportLine = z.object({
  /** The version that stands. */
  id: compositionId,
  title: z.string(),
  examOn: calendarDate,
  issuedOn: calendarDate,
  marked: z.number().int(),
})
export type ReportLine = z.output<typeof reportLine>

export const orderLine = z.object({
  id: orderId,
  state: z.enum(ORDER_STATES),
  patient: z.object({
    id: patientId,
    name: pii('name', z.string()),
    sex,
    ageYears: z.number().int().nullable(),
    phoneMasked: z.string().nullable(),
  }),
  examTitle: z.string(),
  examOn: calendarDate,
  question: said(500),
  askedBy: z.enum(['patient', 'staff']),
  askedAt: instant,
  slot: slotView.nullable(),
  /** Times that were offered and can still be taken. */
  offered: z.number().int(),
  /** The time has passed and nothing was written down. */
  overdue: z.boolean(),
  grade: grade.nullable(),
  /** Questions after the talk that nobody has answered. */
  unanswered: z.number().int(),
  signedBy: z.string().nullable(),
  version: z.number().int(),
  can: z.array(z.enum(ORDER_ACTS)),
})
export type OrderLine = z.output<typeof orderLine>
