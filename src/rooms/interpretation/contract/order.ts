import { z } from 'zod'
import { endpoint, instant, pageOf, pageQuery, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { compositionId } from '../../health-report/contract/words.ts'
import { timelineEndpoint } from '../../observation/contract/timeline.ts'
import {
  because,
  EVENT_KINDS,
  orderId,
  orderLine,
  outcomeView,
  question,
  questionId,
  questionView,
  reportLine,
  slotId,
  slotView,
  trackingView,
} from './words.ts'

const ofPatient = z.object({ patientId })
export const ofOrder = z.object({ orderId })
export const gate = (permission: 'interpretation.book' | 'interpretation.do' | 'interpretation.read', act: string) => ({
  permission,
  audit: { action: `interpretation.${act}`, subject: 'orderId' },
})

/**
 * today: talks of today and what was not written down; waiting: no time yet, or no offered time is left; offered: the
 * person has not chosen yet; questions: something is still not clear after the talk.
 */
export const LISTS = ['today', 'waiting', 'offered', 'booked', 'questions', 'missed', 'done'] as const

export const orderView = orderLine.extend({
  /** The version of the report that stands; null when it was recalled. */
  report: reportLine.nullable(),
  offers: z.array(slotView),
  outcome: outcomeView.nullable(),
  /** Versions before it, the newest first. */
  formerOutcomes: z.array(outcomeView),
  questions: z.array(questionView),
  tracking: trackingView.nullable(),
  log: z.array(
    z.object({
      kind: z.enum(EVENT_KINDS),
      at: instant,
      /** Empty: the house itself. */
      byName: z.string(),
      byPatient: z.boolean(),
      note: pii('free-text', z.string()),
    }),
  ),
})
export type OrderView = z.output<typeof orderView>

export const listOrders = endpoint({
  name: 'interpretation.list',
  method: 'GET',
  path: '/interpretations',
  summary: 'Interpretations of reports: of today, waiting for a time, booked, missed, done, with open questions',
  gate: { permission: 'interpretation.read', audit: { action: 'interpretation.list' } },
  query: pageQuery.extend({ list: z.enum(LISTS).default('today'), doctorId: staffId.optional() }),
  output: pageOf(orderLine),
})

export const listDoctors = endpoint({
  name: 'interpretation.listDoctors',
  method: 'GET',
  path: '/interpretation-doctors',
  summary: 'Who has offered times, for the filter',
  gate: { permission: 'interpretation.read', audit: { none: 'it names staff only' } },
  output: z.object({ rows: z.array(z.object({ id: staffId, name: z.string() })) }),
})

export const ordersOfPatient = endpoint({
  name: 'interpretation.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/interpretations',
  summary: 'Interpretations of one person, and the reports that another one can be made for',
  gate: {
    permission: 'interpretation.read',
    audit: { action: 'interpretation.list-of-patient', patient: 'patientId' },
  },
  params: ofPatient,
  output: z.object({ rows: z.array(orderLine), reports: z.array(reportLine), can: z.object({ make: z.boolean() }) }),
})

export const makeOrder = endpoint({
  name: 'interpretation.make',
  method: 'POST',
  path: '/patients/:patientId/interpretations',
  summary: 'Ask for an interpretation in the person’s name',
  gate: { permission: 'interpretation.book', audit: { action: 'interpretation.make', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ reportId: compositionId, question }),
  output: orderView,
  problems: ['InterpretationOpen', 'InterpretationReportUnfit', 'InterpretationPatientNotActive'],
})

export const getOrder = endpoint({
  name: 'interpretation.get',
  method: 'GET',
  path: '/interpretations/:orderId',
  summary: 'One interpretation with its times, its outcome and its log',
  gate: gate('interpretation.read', 'open'),
  params: ofOrder,
  output: orderView,
})

export const offerSlots = endpoint({
  name: 'interpretation.offer',
  method: 'POST',
  path: '/interpretations/:orderId/offers',
  summary: 'Offer the person times to choose from; takes the place of what was offered before',
  gate: gate('interpretation.book', 'offer'),
  params: ofOrder,
  body: z.object({ slotIds: z.array(slotId).min(1).max(12) }),
  output: orderView,
  problems: ['InterpretationNotYet', 'InterpretationSlotTaken', 'InterpretationSlotPast', 'InterpretationOpen'],
})

export const bookSlot = endpoint({
  name: 'interpretation.book',
  method: 'POST',
  path: '/interpretations/:orderId/booking',
  summary: 'Book a time for the person, or move the one that is booked',
  gate: gate('interpretation.book', 'book'),
  params: ofOrder,
  body: z.object({ slotId }),
  output: orderView,
  problems: ['InterpretationNotYet', 'InterpretationSlotTaken', 'InterpretationSlotPast', 'InterpretationOpen'],
})

export const cancelOrder = endpoint({
  name: 'interpretation.cancel',
  method: 'POST',
  path: '/interpretations/:orderId/cancellation',
  summary: 'Cancel it, with a reason; the time is free again',
  gate: gate('interpretation.book', 'cancel'),
  params: ofOrder,
  body: z.object({ because }),
  output: orderView,
  problems: ['InterpretationNotYet'],
})

export const missOrder = endpoint({
  name: 'interpretation.miss',
  method: 'POST',
  path: '/interpretations/:orderId/missed',
  summary: 'The person was not reached or did not come',
  gate: gate('interpretation.book', 'miss'),
  params: ofOrder,
  body: z.object({ note: pii('free-text', z.string().trim().max(300)).default('') }),
  output: orderView,
  problems: ['InterpretationNotYet', 'InterpretationTooEarly'],
})

export const endTracking = endpoint({
  name: 'interpretation.endTracking',
  method: 'POST',
  path: '/interpretations/:orderId/tracking/end',
  summary: 'End the monthly contact: the person wishes it, or a result has come',
  gate: gate('interpretation.book', 'end-tracking'),
  params: ofOrder,
  body: z.object({
    because: z.enum(['wish', 'result']),
    note: pii('free-text', z.string().trim().max(300)).default(''),
  }),
  output: orderView,
  problems: ['InterpretationTrackingEnded'],
})

export const answerQuestion = endpoint({
  name: 'interpretation.answer',
  method: 'POST',
  path: '/interpretations/:orderId/questions/:questionId/answer',
  summary: 'Answer what the person still asks; they read it on their own page',
  gate: gate('interpretation.do', 'answer'),
  params: ofOrder.extend({ questionId }),
  body: z.object({ text: pii('free-text', z.string().trim().min(2).max(1000)) }),
  output: orderView,
  problems: ['InterpretationAnswered', 'InterpretationHepatitisBApart', 'InterpretationPromise'],
})

export const interpretationTimeline = timelineEndpoint('interpretation', 'interpretation.read')
