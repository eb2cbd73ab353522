import { z } from 'zod'
import { bilingual, calendarDate, id, patientId, pii } from '../../../platform/contract/index.ts'

export const enrolmentId = id('growth-enrolment')
export const itemId = id('growth-item')
export const boneAgeId = id('growth-bone-age')
export const measurementId = id('fact')
export const ofPatient = z.object({ patientId })

export const MEASURES = ['height', 'weight', 'bmi', 'head'] as const
export type MeasureName = (typeof MEASURES)[number]
export const POSITIONS = ['lying', 'standing'] as const
/** `here`: measured in the house; `told`: by the family or a school, as they said. */
export const MEASURED_BY = ['here', 'told'] as const
/** Atlases and scores in use; `other` names itself in the note. */
export const BONE_AGE_METHODS = ['greulich-pyle', 'tw3', 'chn', 'china-05', 'other'] as const

/** 评估、中医、家庭、运动、心理 (S2-17). */
export const MODULES = ['assessment', 'tcm', 'family', 'exercise', 'psychology'] as const
export type ModuleName = (typeof MODULES)[number]
export const ITEM_STATES = ['open', 'done', 'dropped'] as const
export type ItemState = (typeof ITEM_STATES)[number]

export const ENROLMENT_STATES = ['active', 'ended'] as const
export type EnrolmentState = (typeof ENROLMENT_STATES)[number]
export const END_REASONS = ['withdrawn', 'age-reached', 'completed', 'moved-away', 'merged', 'died', 'other'] as const
export type EndReason = (typeof END_REASONS)[number]

export const CONSENT_RELATIONS = ['father', 'mother', 'grandparent', 'other-guardian', 'self'] as const
export type ConsentRelation = (typeof CONSENT_RELATIONS)[number]
export const CONSENT_WAYS = ['paper', 'in-person', 'phone'] as const
export type ConsentWay = (typeof CONSENT_WAYS)[number]
/** `my-health`: the young person's own tap on their own page. */
export const ALL_CONSENT_WAYS = [...CONSENT_WAYS, 'my-health'] as const

/**
 * Whose consent carries the programme: below 14 a guardian's, from 14 the child's own (PIPL §31). `wanting`: neither, so
 * that nothing more is done until it is there.
 */
export const CONSENT_STANDINGS = ['guardian', 'own', 'wanting'] as const
export type ConsentStanding = (typeof CONSENT_STANDINGS)[number]

/** The programme is for children from 7 to 15, and may go on to 18 where the young person wants it. */
export const PROGRAMME_FROM_YEARS = 7
export const PROGRAMME_UNTIL_YEARS = 15
export const PROGRAMME_LATEST_YEARS = 18
export const OWN_CONSENT_YEARS = 14

export const SIGNS = [
  'crossed-down',
  'crossed-down-infant',
  'crossed-up',
  'slow',
  'maybe-slow',
  'below-lowest',
  'off-target',
  'shrunk',
] as const
export type SignCode = (typeof SIGNS)[number]

/** What a number that was typed may be instead; asked before it is kept, never mended in silence. */
export const QUESTIONS = [
  'swapped',
  'height-in-metres',
  'height-in-inches',
  'height-shrunk',
  'height-jumped',
  'height-far-out',
  'weight-in-jin',
  'weight-in-grams',
  'weight-jumped',
  'weight-far-out',
  'head-shrunk',
  'head-far-out',
  'position-unusual',
  'same-day',
] as const
export type QuestionCode = (typeof QUESTIONS)[number]

export const reason = z.string().trim().min(2).max(300)
const tenth = (low: number, high: number) => z.number().min(low).max(high)

/** Wide, as what is typed may be in metres, grams or 斤: the question asks, and names what it may be. */
export const measured = {
  heightCm: pii('health', tenth(0.2, 3000)),
  weightKg: pii('health', tenth(0.2, 200_000)),
  headCm: pii('health', tenth(0.2, 1000)),
}

export const referenceName = z.object({
  code: z.string(),
  version: z.string(),
  title: bilingual,
  source: z.string(),
  licence: z.string(),
})
export type ReferenceName = z.infer<typeof referenceName>

export const question = z.object({
  code: z.enum(QUESTIONS),
  field: z.enum(['heightCm', 'weightKg', 'headCm', 'position', 'measuredOn']),
  value: pii('health', z.number()).nullable(),
  /** What it may be instead. */
  suggested: pii('health', z.number()).nullable(),
  earlier: pii('health', z.number()).nullable(),
  earlierOn: calendarDate.nullable(),
  /** No child is like this: it cannot be kept as it is. */
  impossible: z.boolean(),
})
export type Question = z.infer<typeof question>
