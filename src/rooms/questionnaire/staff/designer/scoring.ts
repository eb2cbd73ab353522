import {
  scoredItem,
  walk,
  type Action,
  type Band,
  type Form,
  type Item,
  type Rule,
  type Score,
  type ScoredItem,
  type Scoring,
} from '../../../../clinical/questionnaire/index.ts'

/**
 * The scoring block as the builder changes it. It is edited in place of being taken apart and put together again, so
 * that what the builder does not show (tests over several scores, refusals) stays as it is.
 */
export type FullItem = Exclude<ScoredItem, string>

/** One row of the builder: a question that has points, and how the score uses it. */
export interface ScoredRow {
  linkId: string
  item?: Item
  chosen: boolean
  weight?: number
  reverse: boolean
  optional: boolean
}

/** Questions that can count: options with points, numbers, yes and no; and whatever the score names already. */
export function scoredRows(form: Form, score: Score): ScoredRow[] {
  const chosen = new Map(score.items.map(scoredItem).map((one) => [one.linkId, one]))
  const rows = [...walk(form.items)].filter((item) => chosen.has(item.linkId) || hasPoints(item))
  const known = new Set(rows.map(({ linkId }) => linkId))
  const gone = [...chosen.keys()].filter((linkId) => !known.has(linkId))
  const row = (linkId: string, item?: Item): ScoredRow => {
    const one = chosen.get(linkId)
    return {
      linkId,
      item,
      chosen: one !== undefined,
      ...(one?.weight === undefined ? {} : { weight: one.weight }),
      reverse: one?.reverse === true,
      optional: one?.optional === true,
    }
  }
  return [...rows.map((item) => row(item.linkId, item)), ...gone.map((linkId) => row(linkId))]
}

export function hasPoints(item: Item): boolean {
  if (item.type === 'choice' || item.type === 'open-choice')
    return item.options.some((option) => option.weight !== undefined || typeof option.value === 'number')
  return item.type === 'integer' || item.type === 'decimal' || item.type === 'quantity' || item.type === 'boolean'
}

/** A link id alone, where there is nothing more to say. */
const short = (one: FullItem): ScoredItem => (Object.keys(one).length === 1 ? one.linkId : one)

/** Takes a question in or out; those that stay keep their place, new ones stand in the order of the page. */
export function withItem(score: Score, linkId: string, chosen: boolean, order: readonly string[]): Score {
  const rest = score.items.filter((one) => scoredItem(one).linkId !== linkId)
  if (!chosen) return { ...score, items: rest }
  if (rest.length < score.items.length) return score
  const place = order.indexOf(linkId)
  const at = rest.findIndex((one) => order.indexOf(scoredItem(one).linkId) > place)
  return { ...score, items: at < 0 ? [...rest, linkId] : rest.toSpliced(at, 0, linkId) }
}

export function changeScored(score: Score, linkId: string, change: Partial<FullItem>): Score {
  const items = score.items.map((one): ScoredItem => {
    const full = scoredItem(one)
    if (full.linkId !== linkId) return one
    const next = Object.fromEntries(
      Object.entries({ ...full, ...change }).filter(([, value]) => value !== undefined),
    ) as unknown as FullItem
    return short(next)
  })
  return { ...score, items }
}

/** Lowest and highest points that one question of the score can give: what a reversed one turns on. */
export function rangeOf(form: Form, score: Score): [number, number] | undefined {
  const points = score.items.flatMap((one) =>
    (form.byLinkId.get(scoredItem(one).linkId)?.options ?? []).flatMap(({ weight }) => weight ?? []),
  )
  return points.length === 0 ? undefined : [Math.min(...points), Math.max(...points)]
}

/** Turning a question round wants the range: it is put in where the options say it. */
export function reversed(form: Form, score: Score, linkId: string, on: boolean): Score {
  const next = changeScored(score, linkId, { reverse: on || undefined })
  if (!on || next.range) return next
  const range = rangeOf(form, next)
  return range ? { ...next, range } : next
}

/** The lowest and highest that can come out; undefined where it cannot be told. */
export function reachOf(form: Form, score: Score): [number, number] | undefined {
  if (score.method !== 'sum' && score.method !== 'weighted') return undefined
  let [least, most] = [0, 0]
  for (const one of score.items.map(scoredItem)) {
    const item = form.byLinkId.get(one.linkId)
    const points = (item?.options ?? []).flatMap(({ weight }) => weight ?? [])
    if (points.length === 0) return undefined
    const turned = one.reverse && score.range ? points.map((each) => score.range![0] + score.range![1] - each) : points
    const factor = score.method === 'weighted' ? (one.weight ?? 1) : 1
    const worth = turned.map((each) => each * factor)
    least += one.optional || item?.repeats ? Math.min(0, ...worth) : Math.min(...worth)
    most += item?.repeats ? worth.filter((each) => each > 0).reduce((sum, each) => sum + each, 0) : Math.max(...worth)
  }
  const moved = (value: number) => (value + (score.add ?? 0)) * (score.multiply ?? 1)
  return [moved(least), moved(most)]
}

export const freeCode = (taken: Iterable<string>, stem: string): string => {
  const known = new Set(taken)
  if (!known.has(stem)) return stem
  let n = 2
  while (known.has(`${stem}-${n}`)) n++
  return `${stem}-${n}`
}

/** A new score over every question that has points. */
export function newScore(form: Form, scoring: Scoring | undefined, name: { zh: string; en: string }): Score {
  const items = [...walk(form.items)].filter((item) => item.options.some(({ weight }) => weight !== undefined))
  const code = freeCode(scoring?.scores.map((one) => one.code) ?? [], 'total')
  return { code, name, method: 'sum', items: items.map(({ linkId }) => linkId), missing: 'refuse', bands: [] }
}

export function changeScore(scoring: Scoring, at: number, change: (score: Score) => Score): Scoring {
  return { ...scoring, scores: scoring.scores.with(at, change(scoring.scores[at]!)) }
}

/** The next band begins where the last one ends; a fresh row of bands begins at the least there can be. */
export function newBand(score: Score, words: (n: number) => { zh: string; en: string }): Band {
  const bands = score.bands ?? []
  const last = bands.at(-1)
  const n = bands.length + 1
  const code = freeCode(
    bands.map((one) => one.code),
    `band-${n}`,
  )
  return { code, ...(last?.below === undefined ? {} : { from: last.below }), text: words(n) }
}

/** Sets where a band ends, and with it where the next begins, as long as they touched. */
export function withEnd(bands: readonly Band[], at: number, below: number | undefined): Band[] {
  const before = bands[at]!
  const next = bands[at + 1]
  const made = bands.with(at, withLimits(before, { below }))
  if (!next || before.below === undefined || next.from !== before.below || below === undefined) return made
  return made.with(at + 1, withLimits(next, { from: below }))
}

export function withLimits<T extends { from?: number; below?: number }>(
  test: T,
  change: { from?: number | undefined; below?: number | undefined },
): T {
  const next = { ...test, ...change }
  if (next.from === undefined) delete next.from
  if (next.below === undefined) delete next.below
  return next
}

/** What is odd about the bands of a score: gaps and overlaps between plain limits. Bands with tests of their own are left out. */
export function bandFaults(
  score: Score,
): { code: 'gap' | 'overlap' | 'empty'; at: number; from?: number; below?: number }[] {
  const plain = (score.bands ?? []).map((band, at) => ({ band, at })).filter(({ band }) => !band.when)
  const faults: ReturnType<typeof bandFaults> = []
  for (const { band, at } of plain)
    if (band.from !== undefined && band.below !== undefined && band.from >= band.below)
      faults.push({ code: 'empty', at })
  const sorted = plain.toSorted((a, b) => (a.band.from ?? -Infinity) - (b.band.from ?? -Infinity))
  for (const [i, { band, at }] of sorted.entries()) {
    const before = sorted[i - 1]?.band
    if (!before || (score.bands?.some(({ when }) => when) ?? false)) continue
    const [end, start] = [before.below ?? Infinity, band.from ?? -Infinity]
    if (end < start) faults.push({ code: 'gap', at, from: end, below: start })
    if (end > start) faults.push({ code: 'overlap', at })
  }
  return faults
}

/** A new action. The code of a task names it, so that it is made once; those of tags and cards are chosen. */
export function newAction(scoring: Scoring, kind: Action['kind'], stem: string): Action {
  const codes = [
    ...scoring.scores.flatMap(({ bands = [] }) => bands.flatMap(({ actions = [] }) => actions)),
    ...(scoring.rules ?? []).flatMap(({ actions }) => actions),
  ].map(({ code }) => code)
  const days = kind === 'task' ? 7 : kind === 'tag' ? 180 : undefined
  const isChosen = kind === 'tag' || kind === 'advice'
  return { kind, code: isChosen ? '' : freeCode(codes, stem), ...(days === undefined ? {} : { days }) }
}

export const newRule = (scoring: Scoring, linkId: string): Rule => ({
  code: freeCode(
    (scoring.rules ?? []).map(({ code }) => code),
    'rule',
  ),
  when: [{ linkId, from: 1 }],
  actions: [],
})
