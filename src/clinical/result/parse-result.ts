import type { OrdinalStep } from '../indicator/indicator.ts'
import { normaliseUnit } from '../unit/unit-table.ts'
import { readOrdinal } from './ordinal.ts'

export type Comparator = '<' | '<=' | '>' | '>='

/** Why there is no result: nothing printed, masked (`*****`), not examined, declined by the person, still to come, sample unfit, order withdrawn. */
export type NotDoneReason = 'empty' | 'masked' | 'not-examined' | 'declined' | 'pending' | 'unfit-sample' | 'cancelled'

/** A printed result. `text` is always the original, trimmed. */
export type ParsedResult =
  | {
      kind: 'number'
      value: number
      comparator?: Comparator
      /** UCUM, where the unit was printed behind the number. */
      unit?: string
      /** An arrow or letter behind the number. */
      flag?: 'L' | 'H'
      /** Whatever else stood behind the number, such as 轻度乳糜. */
      remark?: string
      text: string
    }
  | { kind: 'ordinal'; step: OrdinalStep; text: string }
  | { kind: 'not-done'; reason: NotDoneReason; text: string }
  | { kind: 'text'; text: string }

const notDone: readonly [RegExp, NotDoneReason][] = [
  [/^(-{2,}|\/+|—+|[.。]+|无结果|null|n\/?a)$/i, 'empty'],
  [/^\*+$/, 'masked'],
  [/^(未查|未做|未检|未测|未检查|未检测|未体检|未完成|not done)$/i, 'not-examined'],
  [/^(弃查|弃检|拒查|拒检|放弃|放弃检查|自愿放弃|拒绝|拒绝检查|弃做)$/, 'declined'],
  [/^(待查|待检|待报|待报告|结果后报|报告后补|延期|延迟报告|pending)$/i, 'pending'],
  [/^(标本溶血|溶血|标本不合格|标本量不足|量少|标本凝固|标本拒收|拒收|退检|脂血)$/, 'unfit-sample'],
  [/^(取消|已取消|退费|已退费|退项|作废|cancelled|canceled)$/i, 'cancelled'],
]

/**
 * Reads a result as Chinese and foreign laboratories print it. What can be read in two ways stays text
 * (`2.2.8`, `0-1`, `1:80`, `120/80`, `1,5`): a person decides.
 */
export function parseResult(printed: string | undefined | null): ParsedResult {
  const text = (printed ?? '').trim()
  if (!text) return { kind: 'not-done', reason: 'empty', text }
  const reason = notDone.find(([pattern]) => pattern.test(text.normalize('NFKC')))?.[1]
  if (reason) return { kind: 'not-done', reason, text }
  const step = readOrdinal(text)
  if (step) return { kind: 'ordinal', step, text }
  return parseNumber(text) ?? { kind: 'text', text }
}

const comparators: readonly [RegExp, Comparator][] = [
  [/^(≤|<=|=<|≦|小于等于|不大于)/, '<='],
  [/^(≥|>=|=>|≧|大于等于|不小于)/, '>='],
  [/^(<|小于|低于)/, '<'],
  [/^(>|大于|高于)/, '>'],
]

/** A figure with optional thousands commas and exponent, then whatever follows it. `×10^9/L` is a unit, not an exponent. */
const figure =
  /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(?:[x×*]10\^?([+-]?\d{1,2})(?![\d/])|e([+-]?\d{1,2}))?(?![\d.,:/~])(.*)$/i

function parseNumber(text: string): ParsedResult | undefined {
  let rest = text.normalize('NFKC').replace(/−/g, '-').replace(/\s+/g, ' ').trim()
  const arrow = /^[↑↓]/.exec(rest)?.[0]
  if (arrow) rest = rest.slice(1).trim()
  const found = comparators.find(([pattern]) => pattern.test(rest))
  if (found) rest = rest.replace(found[0], '').trim()
  const match = figure.exec(rest)
  if (!match || !/\d/.test(match[1]!)) return undefined
  const value = Number(`${match[1]!.replace(/,/g, '')}e${match[2] ?? match[3] ?? 0}`)
  const tail = readTail(match[4]!.trim())
  if (!tail) return undefined
  const flag = arrow ? (arrow === '↑' ? 'H' : 'L') : tail.flag
  return {
    kind: 'number',
    value,
    ...(found && { comparator: found[1] }),
    ...(tail.unit && { unit: tail.unit }),
    ...(flag && { flag }),
    ...(tail.remark && { remark: tail.remark }),
    text,
  }
}

interface Tail {
  unit?: string
  flag?: 'L' | 'H'
  remark?: string
}

/** An arrow may touch what stands before it; a letter or word needs a gap, since units end in L too. */
const flagged = /^(?:(.*?)\s*\(?\s*(↑+|↓+)\s*\)?|(|.*?[\s(])\(?\s*(H|L|偏高|偏低|高|低)\s*\)?)$/

/** Splits what follows a number into unit, flag and remark; undefined if a second figure makes the reading uncertain. */
function readTail(tail: string): Tail | undefined {
  const whole = normaliseUnit(tail)
  if (whole) return { unit: whole }
  const mark = flagged.exec(tail)
  const flag = mark ? (/[↑H高]/.test(mark[2] ?? mark[4]!) ? 'H' : 'L') : undefined
  const rest = (mark ? (mark[1] ?? mark[3] ?? '').replace(/\($/, '') : tail).trim()
  if (!rest) return { flag }
  const unit = normaliseUnit(rest)
  if (unit) return { unit, flag }
  // "5.2 - 6.1", "3-5" and dates are not one number
  if (/^[-~至到—]\s*\d/.test(rest) || /^[年月]/.test(rest)) return undefined
  return { flag, remark: rest }
}
