import { z } from 'zod'
import { calendarDate, endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { conclusion } from '../../health-report/contract/words.ts'
import { gate, ofOrder, orderView } from './order.ts'
import { because, outcome } from './words.ts'

const flag = z.enum(['↑', '↓', '异常', ''])

/** An important abnormal result that nobody has told the person of. */
const untold = z.object({
  id: z.uuid(),
  class: z.enum(['A', 'B']),
  title: pii('health', z.string()),
  /** As it is printed; empty where a person raised it without a value. */
  value: pii('health', z.string()),
})

/** Told in the talk, and what they read back. */
export const told = z.strictObject({
  alertId: z.uuid(),
  readBack: pii('free-text', z.string().trim().min(2).max(500)),
})

export const openTalk = endpoint({
  name: 'interpretation.openTalk',
  method: 'GET',
  path: '/interpretations/:orderId/talk',
  summary:
    'What the doctor has before them in the talk: the question, marked results in plain words, against last time',
  gate: gate('interpretation.do', 'open-talk'),
  params: ofOrder,
  output: z.object({
    order: orderView,
    /** Null when the report was recalled. */
    content: z
      .object({
        conclusions: z.array(conclusion),
        marked: z.array(
          z.object({
            name: z.string(),
            value: pii('health', z.string()),
            unit: z.string(),
            rangeText: z.string(),
            flag,
            previous: z.object({ date: calendarDate, value: z.string() }).nullable(),
            about: z.string(),
            standing: z.string(),
            advice: z.string(),
          }),
        ),
      })
      .nullable(),
    untold: z.array(untold),
    /** What came of the interpretation before this one. */
    last: z.object({ signedAt: instant, signedBy: z.string(), outcome }).nullable(),
  }),
})

export const signOutcome = endpoint({
  name: 'interpretation.sign',
  method: 'POST',
  path: '/interpretations/:orderId/outcome',
  summary: 'Sign what came of the talk in one’s own name; from then on it does not change',
  gate: gate('interpretation.do', 'sign'),
  params: ofOrder,
  body: z.object({ outcome, told: z.array(told).max(20).default([]) }),
  output: orderView,
  problems: [
    'InterpretationNotYet',
    'InterpretationSigned',
    'InterpretationTooEarly',
    'InterpretationUntold',
    'InterpretationWithoutNext',
    'InterpretationHepatitisBApart',
    'InterpretationPromise',
    'InterpretationReportUnfit',
  ],
})

export const correctOutcome = endpoint({
  name: 'interpretation.correct',
  method: 'POST',
  path: '/interpretations/:orderId/corrections',
  summary: 'Sign a new version of an outcome; the old one is kept',
  gate: gate('interpretation.do', 'correct'),
  params: ofOrder,
  body: z.object({ outcome, because, version: z.number().int().positive() }),
  output: orderView,
  problems: [
    'InterpretationNotYet',
    'ChangedMeanwhile',
    'InterpretationWithoutNext',
    'InterpretationHepatitisBApart',
    'InterpretationPromise',
  ],
})
