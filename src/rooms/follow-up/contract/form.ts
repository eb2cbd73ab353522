import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'
import { protocolCode } from './words.ts'

/**
 * A form as data, close to FHIR Questionnaire: `linkId`, `type`, `required`, `enableWhen`, `repeats` and `options` mean
 * what they mean there, so that a form converts without loss. Ours are `indicator`, `target`, `prefill`, `derive`.
 */
export const formOption = z.strictObject({
  code: z.string(),
  text: bilingual,
  /** An answer that somebody should look at. */
  abnormal: z.boolean().default(false),
  /** Somebody may be in danger of their life: an alert of safety at once. */
  danger: z.boolean().optional(),
  /** Excludes every other choice: 无症状. */
  exclusive: z.boolean().default(false),
})

export const enableWhen = z.strictObject({
  question: z.string(),
  operator: z.enum(['=', '!=', 'exists', '>=', '<']),
  answer: z.union([z.string(), z.number(), z.boolean()]),
})

const base = {
  linkId: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  text: bilingual,
  hint: bilingual.optional(),
  required: z.boolean().default(false),
  enableWhen: z.array(enableWhen).default([]),
  enableBehavior: z.enum(['all', 'any']).default('all'),
  /** Asked only on visits of these ways. */
  ways: z.array(z.enum(['clinic', 'home', 'phone', 'video'])).optional(),
  /** Asked on every way, but must be answered on these. */
  requiredOn: z.array(z.enum(['clinic', 'home', 'phone', 'video'])).optional(),
  /** Filled in beforehand from the last visit, the medication in the record, or what the patient's page says. */
  prefill: z.enum(['last-visit', 'medication', 'worry']).optional(),
  /** Asked only in these steps of a protocol. */
  steps: z.array(z.string()).optional(),
}

const number = {
  unit: z.string().default(''),
  min: z.number().optional(),
  max: z.number().optional(),
  /** The answer becomes an observation under this code of the clinical dictionary, and is filled in from there. */
  indicator: z.string().optional(),
  /** An observation of this many days fills the answer in; an older one is only shown beside it. */
  prefillDays: z.number().int().min(0).optional(),
  /** An answer from here on is one that somebody should look at. */
  abnormalFrom: z.number().optional(),
  /** From here on somebody may be in danger of their life. */
  dangerFrom: z.number().optional(),
  /** The answer has a twin `<linkId>-target`, kept for the next visit as "last target and actual". */
  target: z.boolean().default(false),
  /** Computed by the server from other answers. */
  derive: z.enum(['bmi', 'spirits-liang']).optional(),
}

export const formQuestion = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('integer'), ...number }),
  z.strictObject({ ...base, type: z.literal('decimal'), ...number }),
  z.strictObject({ ...base, type: z.literal('date') }),
  z.strictObject({ ...base, type: z.literal('boolean') }),
  z.strictObject({ ...base, type: z.literal('string'), max: z.number().int().default(120) }),
  z.strictObject({ ...base, type: z.literal('text'), max: z.number().int().default(2000) }),
  z.strictObject({
    ...base,
    type: z.literal('choice'),
    repeats: z.boolean().default(false),
    target: z.boolean().default(false),
    options: z.array(formOption).min(2),
  }),
  /** Medication lines: name, times a day, dose each time. */
  z.strictObject({ ...base, type: z.literal('medications'), max: z.number().int().default(4) }),
  z.strictObject({ ...base, type: z.literal('display') }),
])
export type FormQuestion = z.infer<typeof formQuestion>

export const formGroup = z.strictObject({ linkId: z.string(), text: bilingual, items: z.array(formQuestion).min(1) })

export const formDefinition = z.strictObject({
  code: protocolCode,
  version: z.number().int().min(1),
  name: bilingual,
  groups: z.array(formGroup).min(1),
  source: z.string(),
  licence: z.string(),
  reviewer: z.string().nullable().default(null),
})
export type FormDefinition = z.infer<typeof formDefinition>

export const medicationLine = z.strictObject({
  name: z.string().trim().min(1).max(80),
  timesADay: z.number().min(0).max(24).nullable().default(null),
  dose: z.string().trim().max(40).default(''),
})
export type MedicationLine = z.infer<typeof medicationLine>

/** Answers by linkId; what was not asked is absent. */
export const answers = z.record(
  z.string().max(60),
  z.union([
    z.string().max(4000),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.string().max(60)).max(40),
    z.array(medicationLine).max(12),
  ]),
)
export type Answers = z.infer<typeof answers>
export type Answer = Answers[string]

/** Whether a question is asked, given the other answers, the way and the step. Shared by the page and the server. */
export function isAsked(question: FormQuestion, given: Answers, visit: { way: string; step: string }): boolean {
  if (question.ways && !(question.ways as string[]).includes(visit.way)) return false
  if (question.steps && !question.steps.includes(visit.step)) return false
  if (question.enableWhen.length === 0) return true
  const hits = question.enableWhen.map((when) => meets(given[when.question], when))
  return question.enableBehavior === 'any' ? hits.some(Boolean) : hits.every(Boolean)
}

/** Whether a question that is asked must be answered. */
export function isRequired(question: FormQuestion, way: string): boolean {
  return question.required || ((question.requiredOn ?? []) as string[]).includes(way)
}

function meets(value: Answer | undefined, { operator, answer }: z.infer<typeof enableWhen>): boolean {
  const given = value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  if (operator === 'exists') return given === (answer === true)
  if (!given) return false
  if (Array.isArray(value)) {
    const has = (value as unknown[]).includes(answer)
    return operator === '=' ? has : operator === '!=' ? !has : false
  }
  if (operator === '=') return value === answer
  if (operator === '!=') return value !== answer
  return operator === '>=' ? Number(value) >= Number(answer) : Number(value) < Number(answer)
}

/** All questions of a form, in order. */
export function questionsOf(form: FormDefinition): FormQuestion[] {
  return form.groups.flatMap((group) => group.items)
}
