import { z } from 'zod'
import { codes, comparison, measure, span, type FactWord } from '../../../platform/condition/grammar.ts'
import { ahead, calendar, ordinal } from '../../patient/contract/fact-words.ts'

/** What conditions may ask of the record: the forms of the tests. Their SQL and words stand in `server/fact-kinds/`. */

/** A limit for numbers, or steps of an ordinal result, or the laboratory's own flag. */
export const limit = z.union([
  measure,
  z.strictObject({ from: z.number(), below: z.number() }),
  z.strictObject({ flagged: z.array(z.enum(['L', 'H', 'LL', 'HH', 'A'])).min(1) }),
])
export type Limit = z.infer<typeof limit>

/** A code of the clinical dictionary; its own unit is meant. */
const indicator = z.string().min(1).max(80)

export const indicatorTest = z.strictObject({
  code: indicator,
  /** newest: the latest value; any: at least one; count: at least `atLeast`, on different days when `onDifferentDays`. */
  pick: z.enum(['newest', 'any', 'count']),
  is: limit,
  /** For any and count: values of other indicators that count as well, such as the diastolic beside the systolic. */
  or: z
    .array(z.strictObject({ code: indicator, is: limit }))
    .min(1)
    .max(8)
    .optional(),
  within: span.optional(),
  atLeast: z.number().int().min(1).max(100).optional(),
  onDifferentDays: z.boolean().optional(),
})
/** The straight line through the values of a window (least squares), in the indicator's unit per year. */
export const slopeTest = z.strictObject({
  code: indicator,
  perYear: measure,
  within: span,
  /** Values needed; below three a line says nothing (features.md: 3+ points). */
  atLeast: z.number().int().min(3).max(100).default(3),
})
/** The newest value against an earlier one of the same window: new − old, or that as a share of the old in percent. */
export const changeTest = z.strictObject({
  code: indicator,
  since: z.enum(['previous', 'first']),
  by: measure,
  unit: z.enum(['value', 'percent']).default('value'),
  within: span.optional(),
})
/** The newest values of two indicators: left ≥ right × times + plus. */
export const compareTest = z.strictObject({
  left: indicator,
  op: comparison,
  right: indicator,
  times: z.number().default(1),
  plus: z.number().default(0),
  within: span.optional(),
  /** Both were measured on one day. */
  sameDay: z.boolean().default(false),
})

/** ICD-10 codes by prefix: `I10` also means `I10.x`. */
export const conditionTest = z.strictObject({ codes, status: z.enum(['active', 'any']).default('active') })
const procedureKind = z.enum(['surgery', 'endoscopy', 'other'])
export const procedureTest = z.strictObject({
  codes: codes.optional(),
  kind: procedureKind.optional(),
  within: span.optional(),
})
export const familyHistoryTest = z.strictObject({ codes })
/** By ATC codes (prefix), by words of the name, or any at all. */
export const medicationTest = z.strictObject({
  codes: codes.optional(),
  names: codes.optional(),
  /** active: taken today, by its days of begin and end. */
  status: z.enum(['active', 'any']).default('active'),
  /** Begun at least (or less than) so long ago; one without a day of begin is neither. */
  begun: z.strictObject({ op: z.enum(['<', '>=']), span }).optional(),
})
export const encounterClass = z.enum(['outpatient', 'inpatient', 'emergency', 'health-check', 'home', 'online'])
/** Visits: how many of them, or whether one is going on now (admitted). */
export const encounterTest = z.strictObject({
  classes: z.array(encounterClass).min(1).optional(),
  /** Words of the department's name. */
  departments: codes.optional(),
  within: span.optional(),
  atLeast: z.number().int().min(1).max(100).default(1),
  /** Going on at this moment: begun, and not ended. */
  now: z.literal(true).optional(),
})
/** How long ago something was: `{ "event": "encounter", "op": ">=", "span": { "months": 12 } }`; never counts as longer. */
export const sinceTest = z.strictObject({
  event: z.enum(['encounter', 'report', 'observation', 'registration', 'any-contact']),
  op: z.enum(['<', '>=']),
  span,
})
/** The day on which something was returns so many days from now: a year after an operation. */
export const anniversaryTest = z.strictObject({
  of: z.enum(['procedure', 'condition', 'discharge', 'registration']),
  codes: codes.optional(),
  kind: procedureKind.optional(),
  calendar: calendar.default('solar'),
  inDays: ahead,
  number: ordinal.optional(),
})

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    indicator: z.input<typeof indicatorTest>
    slope: z.input<typeof slopeTest>
    change: z.input<typeof changeTest>
    compare: z.input<typeof compareTest>
    condition: z.input<typeof conditionTest>
    procedure: z.input<typeof procedureTest>
    familyHistory: z.input<typeof familyHistoryTest>
    medication: z.input<typeof medicationTest>
    encounter: z.input<typeof encounterTest>
    since: z.input<typeof sinceTest>
    anniversary: z.input<typeof anniversaryTest>
  }
}

export const recordFactWords: readonly FactWord[] = [
  { code: 'indicator', test: indicatorTest },
  { code: 'slope', test: slopeTest },
  { code: 'change', test: changeTest },
  { code: 'compare', test: compareTest },
  { code: 'condition', test: conditionTest },
  { code: 'procedure', test: procedureTest },
  { code: 'familyHistory', test: familyHistoryTest },
  { code: 'medication', test: medicationTest },
  { code: 'encounter', test: encounterTest },
  { code: 'since', test: sinceTest },
  { code: 'anniversary', test: anniversaryTest },
]

/** An admission whose end nobody has told counts for so long. */
export const STAY_DAYS_MAX = 60
