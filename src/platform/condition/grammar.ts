import { z } from 'zod'

/**
 * The condition language: what may be asked of a person's facts. One JSON grammar for rules, groups of people, ways in
 * and out of pathways, their editor and their sentence. The frame (all, any, not) stands here; what can be asked about
 * is declared by the room whose facts they are. Times are distances from the moment of evaluation, so that a condition
 * knows by itself when time alone turns it.
 */

/** The test of each kind of fact, by its code. A room adds its own by declaration merging (`contract/fact-words.ts`). */
export interface FactTests {}

/** One question about one kind of fact: `{ "age": { "op": ">=", "years": 55 } }`. */
export type Leaf = { [K in keyof FactTests]: { [P in K]: FactTests[K] } }[keyof FactTests]
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Leaf

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

/** A number and what it is compared with. */
export const measure = z.strictObject({ op: comparison, value: z.number() })
export type Measure = z.infer<typeof measure>

/** Codes of a coded fact, by prefix. */
export const codes = z.array(z.string().min(1).max(40)).min(1).max(50)

/** Depth of nesting and number of leaves that a condition may have. */
export const CONDITION_DEPTH_MAX = 6
export const CONDITION_LEAVES_MAX = 60

/** The code of a kind of fact and the form of its test: what pages and other rooms may know of it. */
export interface FactWord {
  code: string
  test: z.ZodType
}

/** The code of the only key of a leaf. */
export function codeOf(leaf: Leaf): string {
  return Object.keys(leaf)[0]!
}

/** What a leaf asks. */
export function testOf(leaf: Leaf): unknown {
  return Object.values(leaf)[0]
}

/** All questions of a condition, without the words that join them. */
export function leaves(condition: Condition): Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leaves)
  if ('any' in condition) return condition.any.flatMap(leaves)
  if ('not' in condition) return leaves(condition.not)
  return [condition]
}

export function depth(condition: Condition): number {
  if ('all' in condition) return 1 + Math.max(...condition.all.map(depth))
  if ('any' in condition) return 1 + Math.max(...condition.any.map(depth))
  if ('not' in condition) return 1 + depth(condition.not)
  return 0
}

const FRAME = ['all', 'any', 'not']

/**
 * The form of a condition. Tests of the given kinds are held to their form; a question about another kind passes as it
 * is, since rooms that stand later declare theirs: the server's register holds it (`check.ts`).
 */
export function conditionSchema(known: readonly FactWord[]): z.ZodType<Condition> {
  const closed = new Set([...FRAME, ...known.map(({ code }) => code)])
  const open = z
    .record(z.string().regex(/^[a-z][A-Za-z]{1,30}$/), z.unknown())
    .refine((leaf) => Object.keys(leaf).length === 1 && Object.keys(leaf).every((code) => !closed.has(code)), {
      message: 'one question',
    })
  const condition: z.ZodType<Condition> = z.lazy(
    () =>
      z.union([
        z.strictObject({ all: z.array(condition).min(1).max(20) }),
        z.strictObject({ any: z.array(condition).min(1).max(20) }),
        z.strictObject({ not: condition }),
        ...known.map(({ code, test }) => z.strictObject({ [code]: test })),
        open,
      ]) as unknown as z.ZodType<Condition>,
  )
  return condition
}
