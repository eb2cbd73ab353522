/**
 * How the answers to a scale become scores, bands and flags, as plain data in its `model.json`. `score` computes it.
 *
 *     {
 *       "items": [{ "codes": [1, 2, 3], "min": 1, "max": 4 }],
 *       "scores": [
 *         { "code": "raw", "how": "sum", "reverse": [3] },
 *         { "code": "standard", "how": "sum", "ofScores": ["raw"], "multiply": 1.25, "round": "floor",
 *           "bands": [{ "code": "low", "from": 0 }, { "code": "high", "from": 10 }] }
 *       ],
 *       "flags": [{ "code": "talkNow", "items": [3], "atLeast": 1 }]
 *     }
 *
 * Subscales are several scores over different items; a total of subscales is a score over scores.
 */
export interface Scoring {
  items: ItemGroup[]
  /** In the order in which they are computed: a score over scores stands after them. */
  scores: ScoreRule[]
  flags?: FlagRule[]
}

/** Number as printed, or a `linkId`. 3 and "3" are one item. */
export type ItemCode = string | number

/** Items whose answers bring the same points. */
export interface ItemGroup {
  codes: ItemCode[]
  min: number
  max: number
  /** Points that an answer may bring, where that is not every integer from `min` to `max`: 0, 5, 10. */
  allowed?: number[]
}

export interface ScoreRule {
  code: string
  /** `count`: how many items bring at least `countFrom` points (1 where it is not said). */
  how: 'sum' | 'mean' | 'max' | 'min' | 'count'
  countFrom?: number
  /** Every item where neither this nor `ofScores` stands. */
  of?: ItemCode[]
  /** Scores computed before, in place of items. */
  ofScores?: string[]
  /** Items that count the other way round in this score: min + max − points. */
  reverse?: ItemCode[]
  /** Points of these items count so many times; 1 where not named. */
  weights?: Record<string, number>
  /** Applied in this order to what comes out. */
  add?: number
  multiply?: number
  round?: 'floor' | 'nearest'
  /**
   * What an item without an answer does. `not-scored` (so where nothing is said): the score is not given, the items are
   * named. `skip`: only what was answered counts, for items that are not put to everybody. Never filled in or prorated.
   */
  missing?: 'not-scored' | 'skip'
  /** From the lowest up; the last whose `from` is reached holds. */
  bands?: BandRule[]
}

export interface BandRule {
  code: string
  from: Cut
}

/** A limit, its end included, or one by group: `{ "by": "sex", "is": { "male": 4, "female": 3 } }`. */
export type Cut = number | { by: string; is: Record<string, number> }

/** True as soon as one of the items, or the score, reaches the limit. */
export interface FlagRule {
  code: string
  items?: ItemCode[]
  score?: string
  atLeast: Cut
  /** Code of the sentence that must be read when it is true. */
  says?: string
}

export type Answers = Readonly<Record<string, number | null | undefined>>

export interface Scored {
  /** By code of the score. Without `value` it is not scored. */
  scores: Record<string, ScoredOne>
  /** `undefined` when nobody can say: not reached by what was answered, and something is missing. */
  flags: Record<string, boolean | undefined>
  /** Every item that some score wants and that has no answer. */
  missing: string[]
}

export interface ScoredOne {
  value?: number
  band?: string
  missing: string[]
}

/**
 * Scores answers. Points out of range are not looked for here: what asks the questions checks them.
 * A flag over items does not wait for the rest: one answer that reaches it is enough, however much is missing.
 * @param answers points by item
 * @param groups what cuts by group need: `{ sex: 'female' }`; where it is unknown there is neither band nor flag
 */
export function score(scoring: Scoring, answers: Answers, groups: Readonly<Record<string, string>> = {}): Scored {
  const result: Scored = { scores: {}, flags: {}, missing: [] }
  const ranges = rangesOf(scoring)
  for (const rule of scoring.scores) result.scores[rule.code] = scoreOne(rule, ranges, answers, groups, result.scores)
  for (const flag of scoring.flags ?? []) result.flags[flag.code] = isRaised(flag, answers, groups, result.scores)
  result.missing = [...new Set(Object.values(result.scores).flatMap((one) => one.missing))]
  return result
}

const rangesByScoring = new WeakMap<Scoring, Map<string, ItemGroup>>()

/** Range by item, made once for each scoring: ten thousand responses are scored with one. */
function rangesOf(scoring: Scoring): Map<string, ItemGroup> {
  let ranges = rangesByScoring.get(scoring)
  if (!ranges) {
    ranges = new Map(scoring.items.flatMap((group) => group.codes.map((code) => [String(code), group] as const)))
    rangesByScoring.set(scoring, ranges)
  }
  return ranges
}

function scoreOne(
  rule: ScoreRule,
  ranges: ReadonlyMap<string, ItemGroup>,
  answers: Answers,
  groups: Readonly<Record<string, string>>,
  before: Scored['scores'],
): ScoredOne {
  const points: number[] = []
  const missing: string[] = []
  for (const code of rule.ofScores ?? []) {
    const one = before[code]
    if (one?.value !== undefined) points.push(one.value * (rule.weights?.[code] ?? 1))
    else missing.push(...(one?.missing ?? []))
  }
  const lacksScore = points.length < (rule.ofScores?.length ?? 0)
  if (!rule.ofScores) {
    const reversed = new Set(rule.reverse?.map(String))
    for (const code of rule.of?.map(String) ?? ranges.keys()) {
      const given = answers[code]
      const range = ranges.get(code)
      if (given === null || given === undefined || !range) missing.push(code)
      else points.push((reversed.has(code) ? range.min + range.max - given : given) * (rule.weights?.[code] ?? 1))
    }
  }
  const skips = rule.missing === 'skip'
  if (points.length === 0 || (!skips && (missing.length > 0 || lacksScore))) return { missing }
  const value = transformed(rule, gathered(rule, points))
  return { value, band: bandOf(rule.bands, value, groups), missing: skips ? [] : missing }
}

function gathered({ how, countFrom = 1 }: ScoreRule, points: readonly number[]): number {
  const sum = points.reduce((total, one) => total + one, 0)
  switch (how) {
    case 'sum':
      return sum
    case 'mean':
      return sum / points.length
    case 'max':
      return Math.max(...points)
    case 'min':
      return Math.min(...points)
    case 'count':
      return points.filter((one) => one >= countFrom).length
  }
}

/** What binary fractions lose must not move a score over a whole number: 0.1 × 30 is 3. */
const LOST = 1e-9

function transformed({ add = 0, multiply = 1, round }: ScoreRule, value: number): number {
  const moved = (value + add) * multiply
  if (round === 'floor') return Math.floor(moved + LOST)
  return round === 'nearest' ? Math.round(moved + LOST) : moved
}

function bandOf(
  bands: readonly BandRule[] | undefined,
  value: number,
  groups: Readonly<Record<string, string>>,
): string | undefined {
  const reached = bands?.map(({ from }) => reaches(value, from, groups))
  return reached?.includes(undefined) ? undefined : bands?.[reached!.lastIndexOf(true)]?.code
}

/** `undefined` where the cut depends on a group that is not known. */
function reaches(value: number, cut: Cut, groups: Readonly<Record<string, string>>): boolean | undefined {
  const limit = typeof cut === 'number' ? cut : cut.is[groups[cut.by] ?? '']
  return limit === undefined ? undefined : value + LOST >= limit
}

function isRaised(
  { items = [], score: ofScore, atLeast }: FlagRule,
  answers: Answers,
  groups: Readonly<Record<string, string>>,
  scores: Scored['scores'],
): boolean | undefined {
  const points = ofScore === undefined ? items.map((code) => answers[String(code)]) : [scores[ofScore]?.value]
  const found = points.map((one) => (one === null || one === undefined ? undefined : reaches(one, atLeast, groups)))
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false
}
