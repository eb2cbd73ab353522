import {
  convert,
  flag,
  flagOrdinal,
  indicatorByCode,
  isPlausible,
  parseRange,
  rangeFor,
  readOrdinal,
} from '../../../../clinical/index.ts'
import type { Indicator, ParsedRange, ParsedResult, Range, Sex } from '../../../../clinical/index.ts'
import type { IncomingResult } from '../incoming.ts'
import { plainText } from '../plain-text.ts'

export type StoredFlag = 'N' | 'L' | 'H' | 'LL' | 'HH' | 'A'

/** A result in the columns of the record. */
export interface StoredValue {
  value: number | null
  valueText: string | null
  comparator: '<' | '<=' | '>' | '>=' | null
  unit: string | null
  low: number | null
  high: number | null
  rangeText: string | null
  flag: StoredFlag | null
  /** Why the number cannot be one of this indicator; `value` is then empty. */
  problem?: 'implausible' | 'unit'
  /** Value and unit as sent, when they were converted. */
  sent?: { value: number; unit: string }
}

const ranges = new Map<string, ParsedRange>()
const RANGES_KEPT = 20_000

/** Laboratories print the same ranges all day. */
export function readRange(text: string | undefined): ParsedRange {
  const key = text ?? ''
  let parsed = ranges.get(key)
  if (!parsed) {
    if (ranges.size >= RANGES_KEPT) ranges.clear()
    ranges.set(key, (parsed = parseRange(key)))
  }
  return parsed
}

export interface Printed {
  result: IncomingResult
  parsed: ParsedResult
  /** As printed, or as somebody decided that it is meant. */
  unit: string
  sex: Sex | undefined
}

/**
 * Brings a printed result into the columns of an indicator, or, without one, keeps it in its own unit. The interval is
 * the laboratory's own and moves with the value; its flag wins over its interval, and without either there is none.
 */
export function storedValue(target: string | undefined, printed: Printed): StoredValue {
  const { result, parsed, unit } = printed
  const text = plainText(result.valueText).slice(0, 4000)
  const range = readRange(result.rangeText)
  const stored: StoredValue = {
    value: null,
    valueText: text === '' ? null : text,
    comparator: null,
    unit: null,
    low: null,
    high: null,
    rangeText: result.rangeText ? plainText(result.rangeText).slice(0, 500) : null,
    flag: sentFlag(result, parsed),
  }
  const indicator = target === undefined ? undefined : indicatorByCode(target)
  if (parsed.kind === 'number') setNumber(stored, indicator, printed, parsed, range)
  else stored.flag ??= ordinalFlag(indicator, parsed, range)
  if (stored.unit === null && indicator === undefined && unit !== '') stored.unit = unit
  return stored
}

const FLAGS = new Set(['N', 'L', 'H', 'LL', 'HH', 'A'])

function sentFlag(result: IncomingResult, parsed: ParsedResult): StoredFlag | null {
  if (result.flagText && FLAGS.has(result.flagText)) return result.flagText as StoredFlag
  return (parsed.kind === 'number' && parsed.flag) || null
}

function setNumber(
  stored: StoredValue,
  indicator: Indicator | undefined,
  { unit, sex }: Printed,
  parsed: Extract<ParsedResult, { kind: 'number' }>,
  printedRange: ParsedRange,
): void {
  const range = rangeFor(printedRange, sex)
  const { value, comparator } = parsed
  if (range && (!isKnown(stored.flag) || stored.flag === 'A'))
    stored.flag = flag(value, range, comparator) ?? stored.flag
  if (indicator?.kind !== 'number') {
    setPlain(stored, value, comparator, unit, range)
    return
  }
  const converted = convert(indicator.code, value, unit)
  if ('problem' in converted || !isPlausible(indicator, converted.value)) {
    stored.problem = 'problem' in converted ? 'unit' : 'implausible'
    return
  }
  setPlain(
    stored,
    converted.value,
    comparator,
    converted.unit,
    converted.value === value ? range : convertedRange(indicator.code, range, unit),
  )
  if (converted.value !== value) stored.sent = { value, unit }
}

function setPlain(
  stored: StoredValue,
  value: number,
  comparator: StoredValue['comparator'] | undefined,
  unit: string,
  range: Range | undefined,
): void {
  stored.value = value
  stored.comparator = comparator ?? null
  stored.unit = unit === '' ? null : unit
  stored.low = range?.low ?? null
  stored.high = range?.high ?? null
  if (stored.valueText !== null && stored.valueText === String(value)) stored.valueText = null
}

function convertedRange(code: string, range: Range | undefined, unit: string): Range | undefined {
  if (!range) return undefined
  const bound = (value: number | undefined) => {
    const converted = value === undefined ? undefined : convert(code, value, unit)
    return converted && 'value' in converted ? converted.value : undefined
  }
  return { low: bound(range.low), high: bound(range.high) }
}

function isKnown(found: StoredFlag | null): boolean {
  return found !== null
}

/** A strip or an antibody against what the laboratory, or else the dictionary, calls normal. */
function ordinalFlag(indicator: Indicator | undefined, parsed: ParsedResult, range: ParsedRange): StoredFlag | null {
  const step = parsed.kind === 'ordinal' ? parsed.step : parsed.kind === 'text' ? readOrdinal(parsed.text) : undefined
  const normal =
    range.kind === 'ordinal' ? range.step : indicator?.kind === 'ordinal' ? indicator.normalStep : undefined
  if (!step || !normal) return null
  return flagOrdinal(step, normal) === 'N' ? 'N' : 'A'
}
