import { z } from 'zod'
import { calendarDate, endpoint, instant, pii, type ProxyScope } from '../../../platform/contract/index.ts'
import { compositionId } from '../../health-report/contract/words.ts'
import {
  because,
  grade,
  nextStep,
  option,
  ORDER_STATES,
  orderId,
  outcome,
  question,
  questionView,
  slotId,
  way,
} from './words.ts'

const ofOne = z.object({ orderId })
const gate = (act: string, proxy?: ProxyScope) => ({
  permission: 'patient' as const,
  ...(proxy ? { proxy } : {}),
  audit: { action: `my.interpretation-${act}`, subject: 'orderId' },
})

const mySlot = z.object({
  id: slotId,
  doctorName: z.string(),
  on: calendarDate,
  /** `10:00`, in the organization's time zone. */
  from: z.string(),
  until: z.string(),
  way,
  place: z.string(),
})
export type MySlot = z.output<typeof mySlot>

const myLine = z.object({
  id: orderId,
  state: z.enum(ORDER_STATES),
  /** Null while a result has to be told by a human first. */
  examTitle: z.string().nullable(),
  examOn: calendarDate,
  slot: mySlot.nullable(),
  /** The day on which the doctor wrote down what came of it. */
  signedOn: calendarDate.nullable(),
  unread: z.boolean(),
})

export const listMine = endpoint({
  name: 'interpretation.listMine',
  method: 'GET',
  path: '/my/interpretations',
  summary: 'One’s own interpretations of reports, newest first',
  gate: { permission: 'patient', proxy: 'view', audit: { action: 'my.interpretations' } },
  output: z.object({ rows: z.array(myLine) }),
})

/** For the report’s own page: whether one can ask, or has asked. */
export const mineOfReport = endpoint({
  name: 'interpretation.mineOfReport',
  method: 'GET',
  path: '/my/reports/:compositionId/interpretation',
  summary: 'Whether an interpretation of one of one’s own reports is asked for already',
  gate: {
    permission: 'patient',
    proxy: 'view',
    audit: { action: 'my.report-interpretation', subject: 'compositionId' },
  },
  params: z.object({ compositionId }),
  output: z.object({ canAsk: z.boolean(), newest: myLine.nullable() }),
})

export const askForOne = endpoint({
  name: 'interpretation.ask',
  method: 'POST',
  path: '/my/interpretations',
  summary: 'Ask a doctor to explain one’s report, with what one wants to understand most',
  gate: { permission: 'patient', proxy: 'ask', audit: { action: 'my.interpretation-ask' } },
  body: z.object({ reportId: compositionId, question }),
  output: z.object({ id: orderId }),
  problems: ['InterpretationReportUnfit', 'InterpretationPatientNotActive'],
})

export const readMine = endpoint({
  name: 'interpretation.readMine',
  method: 'GET',
  path: '/my/interpretations/:orderId',
  summary: 'One of one’s own interpretations: times to choose from, what was agreed on, what the doctor wrote',
  gate: gate('open', 'view'),
  params: ofOne,
  output: myLine.extend({
    question: pii('free-text', z.string()),
    reportId: compositionId.nullable(),
    offers: z.array(mySlot),
    /** Until when one can choose another time or cancel. */
    changeable: z.boolean(),
    phoneMasked: z.string().nullable(),
    outcome: z
      .object({
        grade,
        meaning: pii('free-text', z.string()),
        options: z.array(option),
        ifNothing: z.string(),
        next: z.array(nextStep),
        recheck: outcome.shape.recheck.unwrap(),
        recheckReminder: z.boolean(),
        monthly: z.object({ months: z.number().int(), nextOn: calendarDate.nullable() }).nullable(),
        corrects: z.boolean(),
        because: z.string(),
        signedBy: z.string(),
        signedOn: calendarDate,
      })
      .nullable(),
    questions: z.array(questionView),
    cancelledBecause: z.string(),
    cancelledByMe: z.boolean(),
  }),
})

export const bookMine = endpoint({
  name: 'interpretation.bookMine',
  method: 'POST',
  path: '/my/interpretations/:orderId/booking',
  summary: 'Choose one of the offered times, or another one than before',
  gate: gate('book', 'book'),
  params: ofOne,
  body: z.object({ slotId }),
  output: z.object({}),
  problems: [
    'InterpretationNotYet',
    'InterpretationSlotTaken',
    'InterpretationSlotPast',
    'InterpretationSlotNotOffered',
    'InterpretationTooLate',
  ],
})

export const cancelMine = endpoint({
  name: 'interpretation.cancelMine',
  method: 'POST',
  path: '/my/interpretations/:orderId/cancellation',
  summary: 'Cancel one’s own',
  gate: gate('cancel', 'book'),
  params: ofOne,
  body: z.object({ because: because.or(z.literal('')).default('') }),
  output: z.object({}),
  problems: ['InterpretationNotYet', 'InterpretationTooLate'],
})

export const askMore = endpoint({
  name: 'interpretation.askMore',
  method: 'POST',
  path: '/my/interpretations/:orderId/questions',
  summary: 'Say what is still not clear; the doctor gets it as a task',
  gate: gate('question', 'ask'),
  params: ofOne,
  body: z.object({
    text: question,
    /** Made up by the page, so that sending twice asks once. */
    key: z.uuid(),
  }),
  output: z.object({}),
  problems: ['InterpretationNotYet', 'InterpretationTooManyQuestions'],
})

export const wishMine = endpoint({
  name: 'interpretation.wish',
  method: 'POST',
  path: '/my/interpretations/:orderId/wishes',
  summary: 'Say whether one wants to be reminded of a voluntary recheck; end the monthly contact',
  gate: gate('wish'),
  params: ofOne,
  body: z.union([z.strictObject({ recheckReminder: z.boolean() }), z.strictObject({ monthly: z.literal(false) })]),
  output: z.object({ at: instant }),
  problems: ['InterpretationNotYet', 'InterpretationTrackingEnded'],
})
