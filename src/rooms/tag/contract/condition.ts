import { z } from 'zod'

/**
 * The condition language: what may be asked of a patient's facts. One JSON grammar for rules, their editor and their
 * sentence. Times are distances from the moment of evaluation; a condition knows by itself when time alone turns it.
 */

/** `{ "months": 12 }`: calendar months and days, in the organization's time zone. */
export const span = z
  .strictObject({
    days: z.number().int().min(1).max(36500).optional(),
    months: z.number().int().min(1).max(1200).optional(),
  })
  .refine((s) => (s.days === undefined) !== (s.months === undefined), { message: 'days or months' })
export type Span = z.infer<typeof span>

export const comparison = z.enum(['<', '<=', '=', '>=', '>'])
export type Comparison = z.infer<typeof comparison>

/** A limit for numbers, or steps of an ordinal result, or the laboratory's own flag. */
export const limit = z.union([
  z.strictObject({ op: comparison, value: z.number() }),
  z.strictObject({ from: z.number(), below: z.number() }),
  z.strictObject({ flagged: z.array(z.enum(['L', 'H', 'LL', 'HH', 'A'])).min(1) }),
])
export type Limit = z.infer<typeof limit>

export const indicatorTest = z.strictObject({
  /** A code of the clinical dictionary; its own unit is meant. */
  code: z.string().min(1).max(80),
  /** newest: the latest value; any: at least one; count: at least `atLeast`, on different days when `onDifferentDays`. */
  pick: z.enum(['newest', 'any', 'count']),
  is: limit,
  /** For any and count: values of other indicators that count as well, such as the diastolic beside the systolic. */
  or: z
    .array(z.strictObject({ code: z.string().min(1).max(80), is: limit }))
    .min(1)
    .max(8)
    .optional(),
  within: span.optional(),
  atLeast: z.number().int().min(1).max(100).optional(),
  onDifferentDays: z.boolean().optional(),
})

export const codes = z.array(z.string().min(1).max(40)).min(1).max(50)

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { indicator: z.infer<typeof indicatorTest> }
  | { age: z.infer<typeof ageTest> }
  | { sex: 'male' | 'female' }
  | { condition: z.infer<typeof conditionTest> }
  | { procedure: z.infer<typeof procedureTest> }
  | { familyHistory: z.infer<typeof familyHistoryTest> }
  | { tag: z.infer<typeof tagTest> }
  | { since: z.infer<typeof sinceTest> }
  | { deceased: true }

export const ageTest = z.strictObject({ op: comparison, years: z.number().int().min(0).max(130) })
/** ICD-10 codes by prefix: `I10` also means `I10.x`. */
export const conditionTest = z.strictObject({ codes, status: z.enum(['active', 'any']).default('active') })
export const procedureTest = z.strictObject({
  codes: codes.optional(),
  kind: z.enum(['surgery', 'endoscopy', 'other']).optional(),
  within: span.optional(),
})
export const familyHistoryTest = z.strictObject({ codes })
/** Whether the person carries another tag; circles between rules are refused. */
export const tagTest = z.strictObject({ code: z.string().min(1).max(60) })
/** How long ago something was: `{ "event": "encounter", "op": ">=", "span": { "months": 12 } }`; never counts as longer. */
export const sinceTest = z.strictObject({
  event: z.enum(['encounter', 'report', 'observation', 'registration', 'any-contact']),
  op: z.enum(['<', '>=']),
  span,
})

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition).min(1).max(20) }),
    z.strictObject({ any: z.array(condition).min(1).max(20) }),
    z.strictObject({ not: condition }),
    z.strictObject({ indicator: indicatorTest }),
    z.strictObject({ age: ageTest }),
    z.strictObject({ sex: z.enum(['male', 'female']) }),
    z.strictObject({ condition: conditionTest }),
    z.strictObject({ procedure: procedureTest }),
    z.strictObject({ familyHistory: familyHistoryTest }),
    z.strictObject({ tag: tagTest }),
    z.strictObject({ since: sinceTest }),
    z.strictObject({ deceased: z.literal(true) }),
  ]),
)

/** Depth of nesting and number of leaves that a rule may have. */
export const CONDITION_DEPTH_MAX = 6
export const CONDITION_LEAVES_MAX = 60
