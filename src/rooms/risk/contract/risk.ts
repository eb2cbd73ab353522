import { z } from 'zod'
import { bilingual, endpoint, id, patientId, pii } from '../../../platform/contract/index.ts'

const ofPatient = z.object({ patientId })
const ofAssessment = ofPatient.extend({ assessmentId: id('risk-assessment') })

export const BADGES = ['verified', 'secondary', 'reconstructed'] as const

export const band = z.object({
  code: z.string(),
  title: bilingual,
  meaning: bilingual,
  tone: z.enum(['good', 'watch', 'act', 'urgent']),
})
export type Band = z.infer<typeof band>

/** One value as it was used, with where it is from and of which day. */
export const usedInput = z.object({
  input: z.string(),
  label: bilingual,
  value: pii('health', z.union([z.number(), z.string(), z.boolean()])),
  unit: z.string(),
  from: z.enum(['person', 'observation', 'condition', 'medication', 'family', 'absence', 'answer']),
  ids: z.array(z.string()),
  on: z.string().nullable(),
  /** How many readings it is the mean of; 1 for a pressure that was taken once. */
  count: z.number().int().nullable(),
  by: z.string().nullable(),
})
export type UsedInput = z.infer<typeof usedInput>

/** What is asked and not known; how it can be given. */
export const missingInput = z.object({
  input: z.string(),
  label: bilingual,
  optional: z.boolean(),
  /** A measurement goes to the record, a question is answered here, the person's own data stand in their file. */
  way: z.union([
    z.object({
      measure: z.array(z.object({ code: z.string(), label: bilingual, unit: z.string(), ucum: z.string() })),
    }),
    z.object({
      question: z.string(),
      kind: z.enum(['yes-no', 'choice', 'number']),
      choices: z.array(z.string()),
      min: z.number().nullable(),
      max: z.number().nullable(),
    }),
    z.object({ file: z.literal(true) }),
  ]),
})
export type MissingInput = z.infer<typeof missingInput>

export const outOfRange = z.object({
  input: z.string(),
  label: bilingual,
  value: pii('health', z.union([z.number(), z.string(), z.boolean()])),
  unit: z.string(),
  reason: z.string(),
  limit: z.number().nullable(),
  /** Of the person, such as the age: nothing that could be measured again. */
  ofPerson: z.boolean(),
})

export const RELEASES = ['automatic', 'waiting', 'released', 'withheld'] as const

export const assessment = z.object({
  id: z.string(),
  version: z.string(),
  form: z.string(),
  computedAt: z.string(),
  /** The day of the newest measurement in it: where it stands on a curve. */
  on: z.string(),
  because: z.enum(['facts', 'asked', 'upgrade']),
  askedBy: z.string().nullable(),
  inputs: z.array(usedInput),
  value: pii('health', z.number()).nullable(),
  band: z.string().nullable(),
  caveats: z.array(bilingual),
  expiresOn: z.string().nullable(),
  release: z.object({
    state: z.enum(RELEASES),
    by: z.string().nullable(),
    at: z.string().nullable(),
    note: z.string(),
    /** How many decisions there are: handed back with the next, so that two cannot overtake each other. */
    number: z.number().int(),
  }),
})
export type Assessment = z.infer<typeof assessment>

export const riskLine = z.object({
  instrument: z.string(),
  version: z.string(),
  title: bilingual,
  about: bilingual,
  population: bilingual,
  badge: z.enum(BADGES),
  value: bilingual.extend({ unit: z.string().optional(), decimals: z.number().int() }).nullable(),
  bands: z.array(band),
  /** What the record allows today. */
  state: z.enum(['computed', 'missing', 'out-of-range', 'not-applicable']),
  /** Whether some value of the newest result may be moved in a what-if. */
  movable: z.boolean(),
  /** The record has changed since the newest result. */
  changed: z.boolean(),
  known: z.array(usedInput),
  missing: z.array(missingInput),
  outOfRange: z.array(outOfRange),
  notApplicable: bilingual.nullable(),
  newest: assessment.nullable(),
  /** Older results of the same instrument, newest first. */
  former: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      computedAt: z.string(),
      on: z.string(),
      value: pii('health', z.number()).nullable(),
      band: z.string().nullable(),
      /** What was measured for it, by input. */
      inputs: z.record(z.string(), pii('health', z.number())),
    }),
  ),
})
export type RiskLine = z.infer<typeof riskLine>

export const listRisks = endpoint({
  name: 'risk.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/risks',
  summary: 'What instruments say about a patient, from which values, and what they miss; nobody under 18',
  gate: { permission: 'risk.read', audit: { action: 'risk.read', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    /** Whether the person may be assessed at all. */
    who: z.enum(['adult', 'minor', 'age-unknown', 'deceased']),
    risks: z.array(riskLine),
    can: z.object({ assess: z.boolean(), release: z.boolean(), measure: z.boolean() }),
  }),
})

export const assessRisks = endpoint({
  name: 'risk.assess',
  method: 'POST',
  path: '/patients/:patientId/risks',
  summary: 'Compute anew from what the record says now; the same facts give no second result',
  gate: { permission: 'risk.assess', audit: { action: 'risk.assess', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ added: z.number().int() }),
  problems: ['NotForMinors'],
})

export const answerRisks = endpoint({
  name: 'risk.answer',
  method: 'POST',
  path: '/patients/:patientId/risk-answers',
  summary: 'Answer what an instrument asks and the record does not tell; kept with who and when, and computed anew',
  gate: { permission: 'risk.assess', audit: { action: 'risk.answer', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    answers: z
      .array(
        z.object({
          question: z.string().min(1).max(60),
          value: pii('health', z.union([z.number(), z.string().max(60), z.boolean()])),
        }),
      )
      .min(1)
      .max(30),
  }),
  output: z.object({ added: z.number().int() }),
  problems: ['NotForMinors', 'QuestionUnknown', 'AnswerUnfit'],
})

export const decideRelease = endpoint({
  name: 'risk.decideRelease',
  method: 'POST',
  path: '/patients/:patientId/risks/:assessmentId/release',
  summary: 'Let the person see a result, or keep it back with a reason',
  gate: {
    permission: 'risk.release',
    audit: { action: 'risk.release', patient: 'patientId', subject: 'assessmentId' },
  },
  params: ofAssessment,
  body: z.object({
    decision: z.enum(['released', 'withheld']),
    note: pii('free-text', z.string().trim().max(300)).default(''),
    /** `release.number` as it was read. */
    after: z.number().int().min(0),
  }),
  output: z.object({ number: z.number().int() }),
  problems: ['AssessmentUnknown', 'ReleaseNeedless', 'WithholdNeedsReason'],
})

export const listInstruments = endpoint({
  name: 'risk.listInstruments',
  method: 'GET',
  path: '/risk-instruments',
  summary: 'All instruments with version, licence, population, sources and what is not confirmed yet',
  gate: { permission: 'risk.instrument.read', audit: { none: 'an instrument holds nothing of a patient' } },
  output: z.object({
    instruments: z.array(
      z.object({
        code: z.string(),
        version: z.string(),
        title: bilingual,
        about: bilingual,
        kind: z.enum(['risk', 'stage', 'index', 'scale', 'nodule', 'growth']),
        badge: z.enum(BADGES),
        stance: z.enum(['built-in', 'template']),
        licence: z.string(),
        population: bilingual,
        sources: z.array(z.string()),
        unconfirmed: bilingual.nullable(),
        checkedOn: z.string(),
        release: z.enum(['clinician', 'automatic']),
        /** Computed from the record by itself; the others are asked by people. */
        fromRecord: z.boolean(),
      }),
    ),
  }),
})
export type InstrumentLine = z.infer<typeof listInstruments.output>['instruments'][number]
