import { list } from './extension.ts'
import type { Coding, QuestionnaireResponse, ResponseAnswer, ResponseItem } from './fhir.ts'
import type { Form, Item } from './questionnaire.ts'
import {
  scoredItem,
  type Action,
  type Band,
  type Score,
  type ScoredItem,
  type Scoring,
  type Test,
  type Words,
} from './scoring.ts'
import type { Tone } from './tone.ts'

export interface ScoreResult {
  code: string
  name: Words
  /** Undefined when it was not scored: something is missing, or the source does not allow it. */
  value?: number
  unit?: string
  band?: { code: string; text: Words; advice?: Words; forStaff?: Words; tone?: Tone }
  /** Items without an answer. */
  missing: string[]
  refused?: { code: 'missing' } | { code: string; text: Words }
  /** How many missing answers the mean of the others stood in for. */
  prorated?: number
}

export interface FiredAction extends Action {
  /** Code of the band or rule that asks for it, and of the score the band belongs to. */
  because: { score?: string; band?: string; rule?: string }
}

export interface ScoreReport {
  scores: ScoreResult[]
  actions: FiredAction[]
}

type Points = ReadonlyMap<string, number>

/**
 * Scores one response by the form's `scoring` block. Answers are matched by system and code, never by their text. An
 * alarm on one answer fires whether or not the rest is answered.
 */
export function score(form: Form, response: QuestionnaireResponse): ScoreReport {
  const { scoring } = form
  if (!scoring) return { scores: [], actions: [] }
  const points = pointsOf(form, response)
  const scores = scoring.scores.map((one) => scoreOne(one, points))
  const values = new Map<string, number>()
  for (const one of scores) if (one.value !== undefined) values.set(one.code, one.value)
  const actions = firedRules(scoring, points)
  scoring.scores.forEach((one, i) => {
    const result = scores[i]!
    const refusal =
      result.value !== undefined && one.invalidWhen?.find(({ when }) => all(when, one.code, values, points))
    if (refusal) {
      result.refused = { code: refusal.code, text: refusal.text }
      delete result.value
      return
    }
    const band =
      result.value === undefined ? undefined : one.bands?.find((each) => fits(each, one.code, values, points))
    if (!band) return
    const { code, text, advice, forStaff, tone } = band
    result.band = { code, text, ...(advice && { advice }), ...(forStaff && { forStaff }), ...(tone && { tone }) }
    for (const action of band.actions ?? []) actions.push({ ...action, because: { score: one.code, band: band.code } })
  })
  return { scores, actions }
}

type Weight = { system?: string; weight: number }

const tables = new WeakMap<Item, ReadonlyMap<string, readonly Weight[]>>()

/** Points by code, made once per item. */
function weightsOf(item: Item): ReadonlyMap<string, readonly Weight[]> {
  const known = tables.get(item)
  if (known) return known
  const made = new Map<string, Weight[]>()
  for (const { value, weight } of item.options) {
    if (weight === undefined) continue
    const { system, code } = typeof value === 'object' ? (value as Coding) : { system: undefined, code: String(value) }
    made.set(code ?? '', [...(made.get(code ?? '') ?? []), { system, weight }])
  }
  tables.set(item, made)
  return made
}

/** By code and system; a response that leaves the system out means the form's. */
function weightOf(item: Item, code: string, system?: string): number | undefined {
  for (const one of weightsOf(item).get(code) ?? [])
    if (system === undefined || one.system === undefined || one.system === system) return one.weight
  return undefined
}

/** What each answered item is worth; of several answers, their sum. */
function pointsOf(form: Form, response: QuestionnaireResponse): Points {
  const points = new Map<string, number>()
  const visit = (items: readonly ResponseItem[]): void => {
    for (const one of items) {
      const item = form.byLinkId.get(one.linkId)
      for (const answer of one.answer ?? []) {
        const worth = item && pointsOfAnswer(item, answer)
        if (worth !== undefined) points.set(one.linkId, (points.get(one.linkId) ?? 0) + worth)
        if (answer.item) visit(answer.item)
      }
      if (one.item) visit(one.item)
    }
  }
  visit(list(response.item))
  return points
}

function pointsOfAnswer(item: Item, answer: ResponseAnswer): number | undefined {
  const coding = answer['valueCoding'] as Coding | undefined
  if (coding) return weightOf(item, coding.code ?? '', coding.system)
  for (const key of ['valueInteger', 'valueDecimal'] as const) {
    const value = answer[key]
    if (typeof value === 'number') return weightOf(item, String(value)) ?? value
  }
  const text = answer['valueString']
  if (typeof text === 'string') return weightOf(item, text)
  const yes = answer['valueBoolean']
  if (typeof yes === 'boolean') return yes ? 1 : 0
  const quantity = (answer['valueQuantity'] as { value?: unknown } | undefined)?.value
  return typeof quantity === 'number' ? quantity : undefined
}

const itemsByRule = new WeakMap<Score, readonly Exclude<ScoredItem, string>[]>()

/** The rule's items in full, made once: ten thousand responses are scored with one rule. */
function itemsOf(rule: Score): readonly Exclude<ScoredItem, string>[] {
  const known = itemsByRule.get(rule)
  if (known) return known
  const made = rule.items.map(scoredItem)
  itemsByRule.set(rule, made)
  return made
}

function scoreOne(rule: Score, points: Points): ScoreResult {
  const found: number[] = []
  const missing: string[] = []
  for (const item of itemsOf(rule)) {
    const raw = points.get(item.linkId)
    if (raw === undefined) {
      if (!item.optional) missing.push(item.linkId)
      continue
    }
    const turned = item.reverse ? rule.range![0] + rule.range![1] - raw : raw
    found.push(rule.method === 'weighted' ? turned * (item.weight ?? 1) : turned)
  }
  const result: ScoreResult = { code: rule.code, name: rule.name, missing, ...(rule.unit ? { unit: rule.unit } : {}) }
  const policy = rule.missing ?? 'refuse'
  const most = policy === 'zero' ? Infinity : policy === 'refuse' ? 0 : policy.prorateUpTo
  if (missing.length > most || (found.length === 0 && policy !== 'zero'))
    return { ...result, refused: { code: 'missing' } }
  if (missing.length > 0 && policy !== 'zero') {
    const mean = total(found) / found.length
    for (let n = 0; n < missing.length; n++) found.push(mean)
    result.prorated = missing.length
  }
  return { ...result, value: moved(rule, combine(rule, found)) }
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

function combine(rule: Score, values: readonly number[]): number {
  switch (rule.method) {
    case 'mean':
      return values.length === 0 ? 0 : total(values) / values.length
    case 'max':
      return values.length === 0 ? 0 : Math.max(...values)
    case 'count':
      return values.filter((value) => value >= rule.countFrom!).length
    default:
      return total(values)
  }
}

/** What binary fractions lose must not move a score over a whole number. */
const LOST = 1e-9

function moved({ add = 0, multiply = 1, round }: Score, value: number): number {
  const made = (value + add) * multiply
  if (round === undefined) return made
  return round === 'floor' ? Math.floor(made + LOST) : Math.round(made + LOST)
}

/** A test of something that is not there does not hold. */
const isWithin = (value: number | undefined, { from, below }: Test) =>
  value !== undefined && (from === undefined || value >= from) && (below === undefined || value < below)

const all = (tests: readonly Test[], own: string, values: Points, points: Points): boolean =>
  tests.every((test) =>
    isWithin(test.linkId === undefined ? values.get(test.score ?? own) : points.get(test.linkId), test),
  )

const fits = (band: Band, own: string, values: Points, points: Points): boolean =>
  isWithin(values.get(own), band) &&
  (band.when === undefined || band.when.some((tests) => all(tests, own, values, points)))

const firedRules = (scoring: Scoring, points: Points): FiredAction[] =>
  (scoring.rules ?? [])
    .filter((rule) => rule.when.some((test) => isWithin(points.get(test.linkId), test)))
    .flatMap((rule) => rule.actions.map((action) => ({ ...action, because: { rule: rule.code } })))
