import { z } from 'zod'
import { ACTIVITIES, ENERGY_GOALS, RED_FLAGS } from '../../../clinical/advice/index.ts'
import { bilingual, calendarDate, endpoint, patientId, pii } from '../../../platform/contract/index.ts'
import { ASKS, cardCode, FORMS, givenAdvice, givenId, givenText, KINDS, reason } from './words.ts'

export * from './cards.ts'
export * from './words.ts'

const ofPatient = z.object({ patientId })

export const proposal = z.object({
  code: cardCode,
  version: z.number().int(),
  kind: z.enum(KINDS),
  form: z.enum(FORMS).nullable(),
  title: bilingual,
  summary: bilingual,
  points: z.array(bilingual),
  avoid: z.array(bilingual),
  source: z.string(),
  reviewer: z.string().nullable(),
  expiresOn: calendarDate,
  reasons: z.array(reason),
  /** To be asked before it is given: the record is silent. */
  ask: z.array(z.enum(ASKS)),
  /** What leaves it out; empty for a proposal. */
  obstacles: z.array(z.object({ because: bilingual, fact: reason })),
  /** The day on which the person was given it last, as long as that stands. */
  givenOn: calendarDate.nullable(),
})
export type Proposal = z.infer<typeof proposal>

export const listProposals = endpoint({
  name: 'advice.proposals',
  method: 'GET',
  path: '/patients/:patientId/advice/proposals',
  summary: 'Cards chosen by rule, each with its reasons, and those left out, each with what stands against it',
  gate: { permission: 'advice.read', audit: { action: 'advice.read', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    proposed: z.array(proposal),
    leftOut: z.array(proposal),
    /** Others in force that may be given with a reason of one's own. */
    others: z.array(proposal),
    /** In what language the person reads. */
    locale: z.enum(['zh-CN', 'en']),
    solarTerm: z.string(),
    can: z.object({ give: z.boolean(), giveMind: z.boolean(), override: z.boolean() }),
  }),
})

export const listGiven = endpoint({
  name: 'advice.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/advice',
  summary: 'What the person was given, newest first; advice on mood and mind for who may give it',
  gate: { permission: 'advice.read', audit: { action: 'advice.read', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    rows: z.array(givenAdvice),
    /** Given by a doctor or counsellor on mood and mind, which the reader does not see. */
    hidden: z.number().int(),
    can: z.object({ give: z.boolean(), giveMind: z.boolean() }),
  }),
})

const cardBody = z.object({
  card: z.object({ code: cardCode, version: z.number().int().positive() }),
  locale: z.enum(['zh-CN', 'en']),
  text: pii('free-text', givenText),
  /** What was asked of the person where the record is silent. */
  asked: z.array(z.enum(ASKS)).max(3).default([]),
  /** One's own reason, where no rule has chosen the card. */
  because: pii('free-text', z.string().trim().max(300)).default(''),
  /** A doctor's reason to give it although something stands against it. */
  despite: pii('free-text', z.string().trim().max(300)).default(''),
  /** Made by the page: handed in twice it counts once. */
  submission: z.uuid(),
})

const giveProblems = [
  'AdviceCardOver',
  'AdviceOtherKind',
  'AdviceNotSuitable',
  'AdviceNeedsDoctor',
  'AdviceAskFirst',
  'AdviceNeedsReason',
  'AdviceWordsRefused',
] as const

export const giveAdvice = endpoint({
  name: 'advice.give',
  method: 'POST',
  path: '/patients/:patientId/advice',
  summary: 'Give a card on diet, exercise or wellness, as edited; the copy never changes',
  gate: { permission: 'advice.give', audit: { action: 'advice.give', patient: 'patientId' } },
  params: ofPatient,
  body: cardBody,
  output: givenAdvice,
  problems: giveProblems,
})

export const giveMindAdvice = endpoint({
  name: 'advice.giveMind',
  method: 'POST',
  path: '/patients/:patientId/mind-advice',
  summary: 'Give a card on mood and mind: a doctor or counsellor only',
  gate: { permission: 'advice.give-mind', audit: { action: 'advice.give-mind', patient: 'patientId' } },
  params: ofPatient,
  body: cardBody,
  output: givenAdvice,
  problems: giveProblems,
})

const takeBack = {
  params: ofPatient.extend({ givenId }),
  body: z.object({ because: pii('free-text', z.string().trim().min(2).max(300)) }),
}

export const takeBackAdvice = endpoint({
  name: 'advice.takeBack',
  method: 'POST',
  path: '/patients/:patientId/advice/:givenId/withdrawal',
  summary: 'Take advice back with a reason; it stays in the history',
  gate: { permission: 'advice.give', audit: { action: 'advice.take-back', patient: 'patientId', subject: 'givenId' } },
  ...takeBack,
  output: givenAdvice,
  problems: ['AdviceUnknown', 'AdviceTakenBack', 'AdviceOtherKind'],
})

export const takeBackMindAdvice = endpoint({
  name: 'advice.takeBackMind',
  method: 'POST',
  path: '/patients/:patientId/mind-advice/:givenId/withdrawal',
  summary: 'Take advice on mood and mind back: a doctor or counsellor only',
  gate: {
    permission: 'advice.give-mind',
    audit: { action: 'advice.take-back', patient: 'patientId', subject: 'givenId' },
  },
  ...takeBack,
  output: givenAdvice,
  problems: ['AdviceUnknown', 'AdviceTakenBack', 'AdviceOtherKind'],
})

/** A value of the record with its day; null where the record is silent. */
const known = z.object({ value: pii('health', z.number()), on: calendarDate }).nullable()
const fact = z.object({ name: pii('health', z.string()), on: calendarDate.nullable() }).nullable()

export const bodyView = z.object({
  sex: z.enum(['male', 'female', 'other', 'unknown']),
  ageYears: z.number().int().nullable(),
  heightCm: known,
  weightKg: known,
  bmi: known,
  sbp: known,
  dbp: known,
  restingHr: known,
  glucose: known,
  egfr: known,
  uacr: known,
  pregnant: fact,
  eatingDisorder: fact,
  dialysis: fact,
  betaBlocker: fact,
  hypoglycaemiaDrug: fact,
  diabetes: fact,
  kneeOrHip: fact,
  osteoporosis: fact,
  retinopathy: fact,
  /** Whether any medicine is on record, or that there is none: only then is "no beta-blocker" known. */
  medicinesKnown: z.boolean(),
})
export type BodyView = z.infer<typeof bodyView>

export const readBody = endpoint({
  name: 'advice.body',
  method: 'GET',
  path: '/patients/:patientId/advice/body',
  summary: 'What the record knows of the body, with its days: the calculators begin with it',
  gate: { permission: 'advice.give', audit: { action: 'advice.read', patient: 'patientId' } },
  params: ofPatient,
  output: bodyView,
})

const number = z.number().min(0).max(1000).optional()
const yesNo = z.boolean().optional()
/** What a person entered; age, sex and a yes of the record stand above it. */
export const computeBody = z.union([
  z.object({
    basis: z.literal('energy'),
    heightCm: number,
    weightKg: number,
    activity: z.enum(ACTIVITIES),
    goal: z.enum(ENERGY_GOALS),
    pregnant: yesNo,
    breastfeeding: yesNo,
    egfr: number,
    uacr: z.number().min(0).max(50_000).optional(),
    dialysis: yesNo,
  }),
  z.object({
    basis: z.literal('exercise'),
    sbp: number,
    dbp: number,
    restingHr: number,
    betaBlocker: yesNo,
    active: yesNo,
    redFlags: z.partialRecord(z.enum(RED_FLAGS), z.boolean()),
    pregnant: yesNo,
    glucose: number,
    bmi: number,
    hypoglycaemiaDrug: yesNo,
    kneeOrHip: yesNo,
    osteoporosis: yesNo,
    retinopathy: yesNo,
  }),
])
export type ComputeBody = z.infer<typeof computeBody>

export const giveComputed = endpoint({
  name: 'advice.giveComputed',
  method: 'POST',
  path: '/patients/:patientId/computed-advice',
  summary: 'Give energy and portions, or an exercise prescription; the server computes again what it rests on',
  gate: { permission: 'advice.give', audit: { action: 'advice.give', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    input: pii('health', computeBody),
    locale: z.enum(['zh-CN', 'en']),
    text: pii('free-text', givenText),
    submission: z.uuid(),
  }),
  output: givenAdvice,
  problems: ['AdviceNotComputable', 'AdviceWordsRefused'],
})
