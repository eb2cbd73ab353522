import { shapeFaults } from './scoring-shape.ts'
import type { Tone } from './tone.ts'

/**
 * The `scoring` block of a questionnaire: how its answers become points, bands and actions. Plain data, so that a
 * person can draw it up in the designer and read it in a review. Codes are stable; texts are for people.
 */
export interface Scoring {
  /** Named person or paper that the rule follows. */
  source?: string
  scores: Score[]
  /** Alarms on single answers, whatever the totals say and whether or not the rest is answered. */
  rules?: Rule[]
}

export interface Score {
  code: string
  name: Words
  /** `weighted` = sum of answer × `weight`; `count` = how many items reach `countFrom`; `value` = the single item. */
  method: 'sum' | 'weighted' | 'mean' | 'max' | 'count' | 'value'
  items: ScoredItem[]
  countFrom?: number
  /** Lowest and highest points of one item; a reversed item counts `min + max − points`. */
  range?: [min: number, max: number]
  unit?: string
  /** What comes out becomes (points + `add`) × `multiply`, then rounded; bands look at that. SAS: × 1.25, floor. */
  add?: number
  multiply?: number
  round?: 'floor' | 'nearest'
  /**
   * What to do when an item is not answered. `refuse` (the rule unless said): no score, the missing are listed.
   * `zero`: counts 0. `{ prorateUpTo }`: up to so many missing, the mean of the others stands in.
   */
  missing?: 'refuse' | 'zero' | { prorateUpTo: number }
  /** No score when this holds: outside what the source says the score is for. */
  invalidWhen?: Refusal[]
  /** First that fits wins; none may fit. */
  bands?: Band[]
  /** Item that shows the score; `write` gives it the calculatedExpression. */
  linkId?: string
}

/** A link id alone stands for `{ linkId }`. */
export type ScoredItem = string | { linkId: string; weight?: number; reverse?: true; optional?: true }

export interface Refusal {
  code: string
  text: Words
  when: Test[]
}

/**
 * `score` left out means the score the band belongs to. `linkId` in its place looks at the points of one answer: the
 * limit for women is another than for men. `from` is included, `below` is not.
 */
export interface Test {
  score?: string
  linkId?: string
  from?: number
  below?: number
}

export interface Band extends Test {
  code: string
  text: Words
  /** Any of these lists, each of whose tests all hold; beside `from` and `below`. */
  when?: Test[][]
  /** Plain words for the person who answered. */
  advice?: Words
  /** What colleagues should know or do; the person who answered never reads it. */
  forStaff?: Words
  /** How much it matters, for the order of lists and the colour of the word. */
  tone?: Tone
  actions?: Action[]
}

export interface Rule {
  code: string
  /** Points or number of one answer; any one of the tests is enough. */
  when: { linkId: string; from?: number; below?: number }[]
  actions: Action[]
}

/** `alert` goes to a person on duty at once, never to the patient alone; a `task` waits in a work list. */
export interface Action {
  kind: 'tag' | 'task' | 'advice' | 'alert'
  code: string
  text?: Words
  /** Days until it lapses (tag) or falls due (task). */
  days?: number
}

export interface Words {
  zh: string
  en: string
}

/**
 * Checks a scoring block against the questions it is about. Answers with the block, or with what is wrong in it.
 */
export function readScoring(raw: unknown, hasItem: (linkId: string) => boolean): Scoring | string[] {
  const misshapen = shapeFaults(raw)
  if (misshapen.length > 0) return misshapen
  const scoring = raw as Scoring
  const codes = new Set(scoring.scores.map((score) => score.code))
  const wrong: string[] = []
  if (codes.size < scoring.scores.length) wrong.push('two scores have one code')
  for (const score of scoring.scores) wrong.push(...wrongIn(score, codes, hasItem))
  for (const rule of scoring.rules ?? [])
    for (const { linkId } of rule.when) if (!hasItem(linkId)) wrong.push(`rule ${rule.code}: no item ${linkId}`)
  return wrong.length > 0 ? wrong : scoring
}

function wrongIn(score: Score, codes: ReadonlySet<string>, hasItem: (linkId: string) => boolean): string[] {
  const wrong: string[] = []
  const say = (what: string) => void wrong.push(`${score.code}: ${what}`)
  if (score.items.length === 0) return [`${score.code}: no items`]
  const items = score.items.map(scoredItem)
  for (const { linkId } of items) if (!hasItem(linkId)) say(`no item ${linkId}`)
  if (items.some((one) => one.reverse) && score.range?.length !== 2) say('reversed items want a range')
  if (score.method === 'count' && score.countFrom === undefined) say('count wants countFrom')
  if (score.method === 'value' && items.length !== 1) say('value wants one item')
  if (score.linkId !== undefined && !hasItem(score.linkId)) say(`no item ${score.linkId}`)
  const tests = [
    ...(score.invalidWhen ?? []).map((one) => one.when),
    ...(score.bands ?? []).flatMap((band) => band.when ?? []),
  ]
  for (const { score: other, linkId } of tests.flat()) {
    if (other !== undefined && !codes.has(other)) say(`no score ${other}`)
    if (linkId !== undefined && !hasItem(linkId)) say(`no item ${linkId}`)
  }
  return wrong
}

export const scoredItem = (item: ScoredItem): Exclude<ScoredItem, string> =>
  typeof item === 'string' ? { linkId: item } : item
