import { flag as flagOf, indicatorByCode } from '../../../../clinical/index.ts'
import content from '../../content/key-indicators.json' with { type: 'json' }

export interface LatestValue {
  code: string
  value: number | null
  flag: string | null
  low: number | null
  high: number | null
  /** Calendar date. */
  on: string
  before: { value: number; on: string } | null
}

export interface Chosen {
  /** One, or a pair that belongs together. */
  codes: string[]
  because: 'condition' | 'abnormal' | 'changed'
  condition: string | null
}

const pairs: Readonly<Record<string, string[]>> = content.pairs
/** Older values say little about today. */
const RECENT_YEARS = 3

/**
 * The few indicators that matter for a person, in this order: what the person's diseases are followed by; what is out
 * of its interval, the furthest first; what has changed most. Only numbers, and only recent ones.
 * @param today calendar date
 */
export function chooseIndicators(
  latest: readonly LatestValue[],
  conditions: readonly { code: string; name: string }[],
  today: string,
  most = 3,
): Chosen[] {
  const since = `${Number(today.slice(0, 4)) - RECENT_YEARS}${today.slice(4)}`
  const usable = latest.filter((one) => one.value !== null && one.on >= since)
  const byCode = new Map(usable.map((one) => [one.code, one]))
  const chosen: Chosen[] = []
  const taken = new Set<string>()
  const choose = (code: string, because: Chosen['because'], condition: string | null = null): void => {
    if (chosen.length >= most || taken.has(code) || !byCode.has(code)) return
    const codes = (pairs[code] ?? [code]).filter((one) => byCode.has(one))
    for (const one of codes) taken.add(one)
    chosen.push({ codes, because, condition })
  }
  for (const { code, name } of conditions) for (const watched of watchedIn(code)) choose(watched, 'condition', name)
  for (const one of usable
    .map((value) => ({ code: value.code, by: distance(value) }))
    .filter(({ by }) => by > 0)
    .toSorted(furthest))
    choose(one.code, 'abnormal')
  for (const one of usable
    .map((value) => ({ code: value.code, by: change(value) }))
    .filter(({ by }) => by > 0)
    .toSorted(furthest))
    choose(one.code, 'changed')
  return chosen
}

const furthest = (a: { code: string; by: number }, b: { code: string; by: number }) =>
  b.by - a.by || (a.code < b.code ? -1 : 1)

function watchedIn(code: string): string[] {
  return content.conditions
    .filter(({ codes }) => codes.some((prefix) => code.startsWith(prefix)))
    .flatMap(({ watch }) => watch)
}

/** How far outside its interval, in widths of the interval; a laboratory's flag without one counts a little. */
function distance({ value, low, high, flag }: LatestValue): number {
  const severe = flag === 'HH' || flag === 'LL' ? 10 : 0
  if (value === null || flag === 'N') return 0
  const width = low !== null && high !== null && high > low ? high - low : Math.abs(high ?? low ?? 0) || 1
  const range = { low: low ?? undefined, high: high ?? undefined }
  const side = flagOf(value, range)
  if (side === 'H' && high !== null) return severe + Math.max(0.01, (value - high) / width)
  if (side === 'L' && low !== null) return severe + Math.max(0.01, (low - value) / width)
  return flag === null ? 0 : severe + 0.01
}

/** How much it has changed since the value before, in widths of the interval; a tenth of one is noise. */
function change({ code, value, before, low, high }: LatestValue): number {
  if (value === null || before === null || indicatorByCode(code)?.kind !== 'number') return 0
  const width = low !== null && high !== null && high > low ? high - low : Math.abs(before.value) || 1
  const moved = Math.abs(value - before.value) / width
  return moved < 0.1 ? 0 : moved
}
