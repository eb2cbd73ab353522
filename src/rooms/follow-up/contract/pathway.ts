import { z } from 'zod'
import { comparison, span } from '../../../platform/condition/grammar.ts'
import { bilingual } from '../../../platform/contract/index.ts'
import { condition } from '../../tag/contract/condition.ts'
import { spreadRule } from './spread.ts'
import { interval, patientWords } from './step.ts'
import { protocolCode } from './words.ts'

/** What a definition says beyond its steps once it is a pathway (服务路径). All of it is optional. */

/** 阶段. Steps name theirs; the order is that of the list. */
export const phase = z.strictObject({ code: protocolCode, name: bilingual, forPatient: patientWords.optional() })
export type Phase = z.infer<typeof phase>

/** What a goal is measured by: the newest value of an indicator, or of a questionnaire's score; or any condition. */
export const goalMeasure = z.union([
  z.strictObject({ indicator: z.strictObject({ code: z.string().min(1).max(80), within: span.optional() }) }),
  z.strictObject({
    score: z.strictObject({
      questionnaire: z.string().min(1).max(120),
      score: z.string().min(1).max(120).optional(),
      within: span.optional(),
    }),
  }),
  z.strictObject({ condition }),
])

/** A goal with its measure, its target and by when, counted from the anchor. FHIR Goal.target. */
export const goal = z
  .strictObject({
    code: protocolCode,
    name: bilingual,
    measure: goalMeasure,
    /** In the indicator's own unit, or in points; absent where the measure is a condition. */
    target: z.strictObject({ op: comparison, value: z.number() }).optional(),
    due: interval.optional(),
    forPatient: bilingual.optional(),
    source: z.string().min(2).optional(),
  })
  .refine(({ measure, target }) => 'condition' in measure === (target === undefined), {
    message: 'a number needs a target, a condition has none',
  })
export type Goal = z.infer<typeof goal>

/** How a plan ends before its steps do; looked at whenever something that is asked here changes. The first that fits ends it. */
export const exitRule = z.strictObject({
  code: protocolCode,
  name: bilingual,
  when: z.union([
    z.strictObject({ condition }),
    /** All of these goals are reached. */
    z.strictObject({ goals: z.array(protocolCode).min(1).max(10) }),
    /** So many steps of a track in a row were missed (失访). */
    z.strictObject({ missedInRow: z.number().int().min(1).max(12), track: protocolCode.optional() }),
    /** So long after the anchor, whatever is open. */
    z.strictObject({ after: interval }),
  ]),
  /** Not before this long after the anchor. */
  notBefore: interval.optional(),
  /** graduated: 结案, the plan is completed; the others end it with this reason. */
  as: z.enum(['graduated', 'not-applicable', 'lost', 'switched']),
  /** Template that tells the person. */
  message: protocolCode.optional(),
  /** What the person reads on their own page when it has ended so. */
  forPatient: patientWords.optional(),
})
export type ExitRule = z.infer<typeof exitRule>

/** How much of a person's time it may take: what the walk and the check hold it against. Absent: 2 a week, 180 days, 09:00–20:00. */
export const contactRule = z.strictObject({
  perWeek: z.number().int().min(1).max(21).optional(),
  gapDays: z.number().int().min(7).max(732).optional(),
  from: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  until: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
})
export type ContactRule = z.infer<typeof contactRule>
/** Where a definition says nothing. */
export const CONTACT_HOURS = { from: '09:00', until: '20:00' } as const
export const CONTACTS = { perWeek: 2, gapDays: 180, ...CONTACT_HOURS } as const

/** Goal, phases and the rest, as fields of `protocolDefinition`. */
export const pathwayFields = {
  goals: z.array(goal).max(10).optional(),
  phases: z.array(phase).max(12).optional(),
  exits: z.array(exitRule).max(12).optional(),
  contacts: contactRule.optional(),
  /** How it begins for many who come in at once; only where nothing has to be done at once (`spread.ts`). */
  spread: spreadRule.optional(),
  /** To the person: what it is called, what it is for, and how to leave (absent: they may say so to whoever looks after them). */
  forPatient: patientWords.extend({ leave: bilingual.optional() }).optional(),
}
