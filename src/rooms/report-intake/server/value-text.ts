import { absenceOf } from './dialect.ts'
import type { AbsentReason, IncomingQuantity } from './incoming.ts'

export type ReadValue = { quantity?: IncomingQuantity; absent?: AbsentReason }

const NUMBER = /^(<=|>=|[<>≤≥＜＞])?\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)(?![\d.])\s*(.*)$/s
const COMPARATORS: Record<string, IncomingQuantity['comparator']> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '≤': '<=',
  '≥': '>=',
  '＜': '<',
  '＞': '>',
}

const LONGEST_REMARK = 40

/**
 * What a printed value says without guessing: `> 6.22`, `4.15+` and `7.75轻度乳糜` hold a number (and a remark);
 * `2.2.8`, `3-5` and `1:80` do not, a person must look; `未查`, `弃查`, `*****` and nothing hold no value.
 */
export function readValue(text: string): ReadValue {
  if (text === '') return { absent: 'empty' }
  const first = text.charCodeAt(0)
  // Most values are numbers: only others are looked up.
  if (first < 0x2b || first > 0x39) {
    const absent = absenceOf(text)
    if (absent) return { absent }
    if (/^\*+$/.test(text)) return { absent: 'unreadable' }
  }
  const found = NUMBER.exec(text)
  if (!found) return {}
  const remark = found[3] ?? ''
  if (remark !== '' && !isRemark(remark, found[2] ?? '')) return {}
  const quantity: IncomingQuantity = { value: Number(found[2]) }
  const comparator = found[1] && COMPARATORS[found[1]]
  if (comparator) quantity.comparator = comparator
  if (remark !== '') quantity.remark = remark
  return { quantity }
}

/**
 * A remark that goes on counting makes the number a part of something else: a range, a titre, a date, a power, a
 * size. One figure and a plus is a grade (`2+`), not two.
 */
function isRemark(remark: string, number: string): boolean {
  if (/^[-~～—:：/^*×xX]\s*\d/.test(remark) || /[×xX*]\s*\d/.test(remark)) return false
  if (/^[-－—]\s*\S/.test(remark) || remark.length > LONGEST_REMARK) return false
  return !(number.length === 1 && /^\++$/.test(remark))
}
