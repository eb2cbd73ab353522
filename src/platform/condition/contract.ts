import { z } from 'zod'
import { endpoint } from '../contract/endpoint.ts'
import { bilingual, type Bilingual } from '../contract/words.ts'
import { conditionSchema, type Condition } from './grammar.ts'

/** What pages put conditions together with: the kinds of facts of this house, what may be named, and a condition in words. */

export const purpose = z.enum(['care', 'audience'])

/** One input of a question, as its room's form of the test has it. Which control shows it, the page decides. */
export interface FieldForm {
  /** Name in the test; empty where the test is this value itself. */
  key: string
  name: Bilingual
  /**
   * choice, choices: of `options`; pick, picks: of what another place names by code (`from`); measure: a number and what it is
   * compared with; limit: the same, or a range, or the laboratory's flag; span: days or months; flag: said or left out;
   * group: several fields together; list: several such groups.
   */
  type: 'choice' | 'choices' | 'pick' | 'picks' | 'number' | 'measure' | 'limit' | 'span' | 'flag' | 'group' | 'list'
  isOptional: boolean
  /** What it begins with; null: nothing can be guessed. */
  initial: unknown
  options: { value: string; name: Bilingual; isBarred: boolean }[]
  /** Whether choices may be asked for at `choicesOf`. */
  isListed: boolean
  /** Fields whose values the list depends on. */
  of: string[]
  /** Whether what is not on the list may be typed. */
  isFree: boolean
  min: number | null
  max: number | null
  isWhole: boolean
  unit: Bilingual | null
  fields: FieldForm[]
  /** Shown only while that field has one of these values. */
  when: { field: string; is: string[] } | null
}
const fieldForm: z.ZodType<FieldForm> = z.lazy(() =>
  z.object({
    key: z.string(),
    name: bilingual,
    type: z.enum(['choice', 'choices', 'pick', 'picks', 'number', 'measure', 'limit', 'span', 'flag', 'group', 'list']),
    isOptional: z.boolean(),
    initial: z.unknown(),
    options: z.array(z.object({ value: z.string(), name: bilingual, isBarred: z.boolean() })),
    isListed: z.boolean(),
    of: z.array(z.string()),
    isFree: z.boolean(),
    min: z.number().nullable(),
    max: z.number().nullable(),
    isWhole: z.boolean(),
    unit: bilingual.nullable(),
    fields: z.array(fieldForm),
    when: z.object({ field: z.string(), is: z.array(z.string()) }).nullable(),
  }),
)

export const kindForm = z.object({
  code: z.string(),
  name: bilingual,
  /** Further words by which it is looked for, in lower case. */
  search: z.string(),
  group: z.string(),
  /** Barred from audiences altogether (R2). */
  isBarred: z.boolean(),
  fields: z.array(fieldForm),
  /** Of each of these lists at least one field is said. */
  needs: z.array(z.array(z.string())),
  /** The test that a new question begins with; what only its writer can know is empty. */
  start: z.unknown(),
})
export type KindForm = z.infer<typeof kindForm>

export const listKinds = endpoint({
  name: 'condition.kinds',
  method: 'GET',
  path: '/condition-kinds',
  summary: 'What conditions may ask of a person, each kind of fact with the form of its question',
  gate: { permission: 'signed-in', audit: { none: 'holds nothing of a patient' } },
  output: z.object({ groups: z.array(z.object({ code: z.string(), name: bilingual })), kinds: z.array(kindForm) }),
})
export type KindsAnswer = z.infer<typeof listKinds.output>

/** A unit that a limit may be typed in: the stored value is typed × factor + offset. */
export const choiceUnit = z.object({ name: z.string(), factor: z.number(), offset: z.number() })

export const conditionChoice = z.object({
  code: z.string(),
  name: bilingual,
  group: bilingual.nullable(),
  /** What it is found by, in lower case: names, short names, pinyin. */
  search: z.string(),
  /** Its own unit first; none for what is no number. */
  units: z.array(choiceUnit),
  /** Tells of mind and mood: not for choosing whom to write to (R2). */
  isBarred: z.boolean(),
})
export type ConditionChoice = z.infer<typeof conditionChoice>

export const choicesOf = endpoint({
  name: 'condition.choices',
  method: 'GET',
  path: '/condition-kinds/:kind/choices/:field',
  summary: 'What a field of a question may name: indicators, diagnoses, tags, questionnaires and their scores, staff …',
  gate: { permission: 'signed-in', audit: { none: 'holds nothing of a patient' } },
  params: z.object({ kind: z.string().max(40), field: z.string().max(80) }),
  query: z.object({ purpose: purpose.default('care'), of: z.string().max(400).default('') }),
  output: z.object({ choices: z.array(conditionChoice) }),
})

export const conditionFault = z.object({ code: z.string(), value: z.string(), text: bilingual })
export type SaidFault = z.infer<typeof conditionFault>

export const readCondition = endpoint({
  name: 'condition.read',
  method: 'POST',
  path: '/conditions/reading',
  summary: 'A condition as a sentence in both languages, and what is wrong with each of its questions',
  gate: { permission: 'signed-in', audit: { none: 'holds nothing of a patient' } },
  body: z.object({ condition: conditionSchema([]), purpose: purpose.default('care') }),
  output: z.object({
    sentence: bilingual,
    /** Of the condition as a whole: too deep, too much. */
    faults: z.array(conditionFault),
    /** In the order in which they stand. */
    questions: z.array(z.object({ sentence: bilingual, denied: bilingual, faults: z.array(conditionFault) })),
  }),
})

/** A fact in the reader's words: 收缩压 152 mmHg, 2026-03-02, from a report. */
export const toldFact = z.object({
  kind: z.string(),
  what: bilingual,
  value: bilingual.nullable(),
  flag: z.string().nullable(),
  /** A calendar date, or an instant. */
  at: z.string().nullable(),
  until: z.string().nullable(),
  source: bilingual.nullable(),
  /** Of the patient's page, where it is shown with what belongs to it: `tab=indicators&code=sbp`. */
  to: z.string().nullable(),
  sourceTo: z.string().nullable(),
})
export type ToldFact = z.infer<typeof toldFact>

/** Why a person is in or not: each node of a condition with its answer; facts stand at the questions that hold. */
export interface WhyNode {
  /** all, any, not; or `question`. */
  kind: 'all' | 'any' | 'not' | 'question'
  sentence: Bilingual
  holds: boolean
  facts: ToldFact[]
  parts: WhyNode[]
}
export const whyNode: z.ZodType<WhyNode> = z.lazy(() =>
  z.object({
    kind: z.enum(['all', 'any', 'not', 'question']),
    sentence: bilingual,
    holds: z.boolean(),
    facts: z.array(toldFact),
    parts: z.array(whyNode),
  }),
)
export type { Condition }
