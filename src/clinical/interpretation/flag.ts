import type { OrdinalStep } from '../indicator/indicator.ts'
import { ordinalRank } from '../result/ordinal.ts'
import type { Range } from '../result/parse-range.ts'
import type { Comparator } from '../result/parse-result.ts'

/** LL and HH only ever come from the laboratory: critical limits differ between hospitals. */
export type Flag = 'LL' | 'L' | 'N' | 'H' | 'HH'

/**
 * Where a value lies in a range, both in the same unit. A value known only by a comparator (`<0.5`) is flagged if all
 * that it can be lies on one side; undefined where that cannot be told, or the range has no bound.
 */
export function flag(value: number, range: Range, comparator?: Comparator): 'L' | 'N' | 'H' | undefined {
  if (range.low === undefined && range.high === undefined) return undefined
  if (!comparator) return isBelow(value, range) ? 'L' : isAbove(value, range) ? 'H' : 'N'
  const open = comparator === '<' || comparator === '>'
  if (comparator.startsWith('<')) {
    if (isBelow(value, range) || (open && value === range.low)) return 'L'
    // With 0 as lower bound nothing can lie below: concentrations are not negative
    const noLower = range.low === undefined || range.low <= 0
    const notAbove = !isAbove(value, range) || (open && value === range.high)
    return noLower && notAbove ? 'N' : undefined
  }
  if (isAbove(value, range) || (open && value === range.high)) return 'H'
  const notBelow = !isBelow(value, range) || (open && value === range.low)
  return range.high === undefined && notBelow ? 'N' : undefined
}

function isBelow(value: number, range: Range): boolean {
  return range.low !== undefined && (range.lowExclusive ? value <= range.low : value < range.low)
}

function isAbove(value: number, range: Range): boolean {
  return range.high !== undefined && (range.highExclusive ? value >= range.high : value > range.high)
}

/** Flag of a strip or antibody step against the step the laboratory calls normal. */
export function flagOrdinal(step: OrdinalStep, normal: OrdinalStep): 'L' | 'N' | 'H' {
  const difference = ordinalRank(step) - ordinalRank(normal)
  return difference > 0 ? 'H' : difference < 0 ? 'L' : 'N'
}

const printedFlags: Readonly<Record<string, Flag>> = {
  l: 'L',
  '↓': 'L',
  低: 'L',
  偏低: 'L',
  // HL7 says N; one Chinese vendor prints M (正常) and another L~N, which is the lower half of normal
  n: 'N',
  m: 'N',
  'l~n': 'N',
  正常: 'N',
  h: 'H',
  '↑': 'H',
  高: 'H',
  偏高: 'H',
  ll: 'LL',
  '↓↓': 'LL',
  hh: 'HH',
  '↑↑': 'HH',
}

/** The laboratory's own verdict as printed or as in OBX-8; undefined for `A`, empty and whatever names no direction. */
export function readFlag(printed: string | undefined | null): Flag | undefined {
  const folded = (printed ?? '').normalize('NFKC').trim().toLowerCase()
  return Object.hasOwn(printedFlags, folded) ? printedFlags[folded] : undefined
}
