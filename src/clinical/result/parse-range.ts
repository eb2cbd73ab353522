import type { OrdinalStep, Sex } from '../indicator/indicator.ts'
import { normaliseUnit } from '../unit/unit-table.ts'
import { readOrdinal } from './ordinal.ts'

/** Bounds belong to the range unless marked exclusive (`<5.2`). */
export interface Range {
  low?: number
  high?: number
  lowExclusive?: true
  highExclusive?: true
}

export type ParsedRange =
  | { kind: 'interval'; range: Range; unit?: string; text: string }
  | { kind: 'by-sex'; male: Range; female: Range; text: string }
  | { kind: 'ordinal'; step: OrdinalStep; text: string }
  | { kind: 'none'; text: string }
  /** Anything else, such as a table of classes: shown, never used. */
  | { kind: 'text'; text: string }

/** Reads a reference range as printed: `3.5--9.5`, `≤5.2`, `0-5.2 mmol/L`, `阴性`, `男:57-97 女:41-73`. */
export function parseRange(printed: string | undefined | null): ParsedRange {
  const text = (printed ?? '').trim()
  if (!text || /^[-/—*]+$/.test(text.normalize('NFKC'))) {
    // A lone minus is the sign for negative
    return /^[-－]$/.test(text) ? { kind: 'ordinal', step: 'negative', text } : { kind: 'none', text }
  }
  const flat = text
    .normalize('NFKC')
    .replace(/−/g, '-')
    .replace(/^(参考(值|范围|区间)|正常(值|范围)?)[::\s]*/, '')
    .trim()
  const step = readOrdinal(flat)
  if (step) return { kind: 'ordinal', step, text }
  const bySex = splitBySex(flat)
  if (bySex) {
    const [male, female] = [readInterval(bySex.male), readInterval(bySex.female)]
    return male && female ? { kind: 'by-sex', male: male.range, female: female.range, text } : { kind: 'text', text }
  }
  const interval = readInterval(flat)
  return interval ? { kind: 'interval', ...interval, text } : { kind: 'text', text }
}

/** The interval that applies to the person; undefined without one, or where the sex is needed and unknown. */
export function rangeFor(parsed: ParsedRange, sex: Sex | undefined): Range | undefined {
  if (parsed.kind === 'interval') return parsed.range
  if (parsed.kind === 'by-sex' && sex) return parsed[sex]
  return undefined
}

/** The sex stands before or behind its interval. Latin letters for the sex leave no room for a unit between them. */
const bySexPatterns = [
  /^(男性?|女性?)\s*[:(]?\s*([^男女]+?)[);,、\s]*(男性?|女性?)\s*[:(]?\s*([^男女]+?)\)?$/,
  /^(m(?:ale)?|f(?:emale)?)\s*[:(]?\s*([^a-z]+?)[);,、\s]*(m(?:ale)?|f(?:emale)?)\s*[:(]?\s*([^a-z]+?)\)?$/i,
]
const sexBehind = /^([^男女]+?)\s*\(?(男性?|女性?)\)?[;,、\s]*([^男女]+?)\s*\(?(男性?|女性?)\)?$/

function splitBySex(text: string): Record<Sex, string> | undefined {
  for (const pattern of bySexPatterns) {
    const match = pattern.exec(text)
    if (match) return bySexOf(match[1]!, match[2]!, match[3]!, match[4]!)
  }
  const match = sexBehind.exec(text)
  return match ? bySexOf(match[2]!, match[1]!, match[4]!, match[3]!) : undefined
}

function bySexOf(sex: string, text: string, otherSex: string, otherText: string): Record<Sex, string> | undefined {
  const male = /^(男|m)/i
  if (male.test(sex) === male.test(otherSex)) return undefined
  return male.test(sex) ? { male: text, female: otherText } : { male: otherText, female: text }
}

const figure = '([+-]?\\d+(?:\\.\\d+)?)'
const between = new RegExp(
  `^[\\[(]?\\s*${figure}\\s*(?:-{1,2}|~{1,2}|–|—{1,2}|至|到|,|\\.{2,3})\\s*${figure}\\s*[\\])]?\\s*(.*)$`,
)
const oneSided = new RegExp(`^(<=|>=|=<|=>|≤|≥|≦|≧|<|>|小于等于|大于等于|小于|大于)\\s*${figure}\\s*(.*)$`)

function readInterval(text: string): { range: Range; unit?: string } | undefined {
  const trimmed = text.trim().replace(/[;;,。]+$/, '')
  const two = between.exec(trimmed)
  if (two) {
    const [low, high] = [Number(two[1]), Number(two[2])]
    return low <= high ? withUnit({ low, high }, two[3]!) : undefined
  }
  const one = oneSided.exec(trimmed)
  if (!one) return undefined
  const bound = Number(one[2])
  const exclusive = /^(<|>|小于|大于)$/.test(one[1]!)
  const range: Range = /[<≤≦小]/.test(one[1]!)
    ? { high: bound, ...(exclusive && { highExclusive: true as const }) }
    : { low: bound, ...(exclusive && { lowExclusive: true as const }) }
  return withUnit(range, one[3]!)
}

/** What stands behind an interval is a unit or nothing; else it is a table of classes and not for us. */
function withUnit(range: Range, rest: string): { range: Range; unit?: string } | undefined {
  if (!rest.trim()) return { range }
  const unit = normaliseUnit(rest)
  return unit ? { range, unit } : undefined
}
