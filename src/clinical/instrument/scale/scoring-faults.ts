import type { BandRule, Cut, FlagRule, ItemCode, Scoring, ScoreRule } from './scoring.ts'

/** What makes a scoring unusable, each with the code of the score, flag or item that has it. */
export interface ScoringFault {
  reason:
    | 'no-score'
    | 'no-item'
    | 'twice'
    | 'unknown-item'
    | 'unknown-score'
    | 'min-above-max'
    | 'bands-out-of-order'
    | 'nothing-to-watch'
  at: string
}

/** Reads a scoring before it is kept: a fault found while it is designed is not found by a patient. */
export function scoringFaults(scoring: Scoring): ScoringFault[] {
  const items = scoring.items.flatMap((group) => group.codes.map(String))
  const known = new Set(items)
  const faults: ScoringFault[] = []
  if (items.length === 0) faults.push({ reason: 'no-item', at: '' })
  if (scoring.scores.length === 0) faults.push({ reason: 'no-score', at: '' })
  for (const { codes, min, max } of scoring.items)
    if (min > max) faults.push({ reason: 'min-above-max', at: String(codes[0]) })
  const outputs = [...scoring.scores, ...(scoring.flags ?? [])].map((one) => one.code)
  for (const code of [...repeated(items), ...repeated(outputs)]) faults.push({ reason: 'twice', at: code })
  const before = new Set<string>()
  for (const rule of scoring.scores) {
    faults.push(...faultsOfScore(rule, known, before))
    before.add(rule.code)
  }
  for (const flag of scoring.flags ?? []) faults.push(...faultsOfFlag(flag, known, before))
  return faults
}

function faultsOfScore(
  { code, of, ofScores, reverse, weights, bands }: ScoreRule,
  items: ReadonlySet<string>,
  before: ReadonlySet<string>,
): ScoringFault[] {
  const weighted = Object.keys(weights ?? {})
  return [
    ...unknown([...(of ?? []), ...(reverse ?? []), ...(ofScores ? [] : weighted)], items),
    ...(ofScores ?? []).filter((one) => !before.has(one)).map((at) => ({ reason: 'unknown-score' as const, at })),
    ...(bands && !isAscending(bands) ? [{ reason: 'bands-out-of-order' as const, at: code }] : []),
  ]
}

function faultsOfFlag(
  { code, items, score }: FlagRule,
  known: ReadonlySet<string>,
  scores: ReadonlySet<string>,
): ScoringFault[] {
  if (score === undefined && !items?.length) return [{ reason: 'nothing-to-watch', at: code }]
  if (score !== undefined && !scores.has(score)) return [{ reason: 'unknown-score', at: score }]
  return unknown(items ?? [], known)
}

function unknown(codes: readonly ItemCode[], known: ReadonlySet<string>): ScoringFault[] {
  return codes
    .map(String)
    .filter((code) => !known.has(code))
    .map((at) => ({ reason: 'unknown-item', at }))
}

function repeated(codes: readonly string[]): string[] {
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))]
}

function isAscending(bands: readonly BandRule[]): boolean {
  const cuts = bands.map(({ from }) => from)
  const groups = new Set(cuts.flatMap((cut) => (typeof cut === 'number' ? [] : Object.keys(cut.is))))
  return [...groups, ''].every((group) => {
    const limits = cuts.map((cut) => limitFor(cut, group)).filter((limit) => limit !== undefined)
    return limits.every((limit, index) => index === 0 || limits[index - 1]! < limit)
  })
}

function limitFor(cut: Cut, group: string): number | undefined {
  return typeof cut === 'number' ? cut : cut.is[group]
}
