import { numberOf } from './lists.ts'
import type { PathFunction, Step } from './scope.ts'
import { isQuantity, NONE, type Collection } from './value.ts'

type At = Parameters<PathFunction>[2]

/** Works on one number; nothing in, nothing out. An overflow or a root of a negative is nothing as well. */
const onNumber =
  (work: (value: number, args: readonly Step[], at: At) => number): PathFunction =>
  ([one], args, at) => {
    const value = isQuantity(one) ? one.value : one
    if (typeof value !== 'number') return NONE
    const result = work(value, args, at)
    return Number.isFinite(result) ? [result] : NONE
  }

const onText =
  (work: (text: string, args: readonly Step[], at: At) => unknown): PathFunction =>
  ([one], args, at) => {
    if (typeof one !== 'string') return NONE
    const result = work(one, args, at)
    return result === undefined ? NONE : Array.isArray(result) ? result : [result]
  }

const textOf = (step: Step | undefined, at: At): string => String(step?.(at.self, at.scope, at.position)[0] ?? '')

/** Half away from zero as FHIRPath has it, without 1.005 turning into 1.00 by its binary tail. */
export function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals
  const rounded = Math.round(Math.abs(value) * factor * (1 + Number.EPSILON)) / factor
  return value < 0 ? -rounded : rounded
}

function toText(one: unknown): string | undefined {
  if (typeof one === 'string') return one
  if (typeof one === 'number' || typeof one === 'boolean') return String(one)
  return isQuantity(one) ? `${one.value} '${one.code ?? one.unit ?? '1'}'` : undefined
}

function toNumber(one: unknown, pattern: RegExp): Collection {
  if (typeof one === 'boolean') return [one ? 1 : 0]
  if (typeof one === 'number') return pattern.test(String(one)) ? [one] : NONE
  return typeof one === 'string' && pattern.test(one) ? [Number(one)] : NONE
}

const TRUE = /^(true|t|yes|y|1|1\.0)$/i
const FALSE = /^(false|f|no|n|0|0\.0)$/i

const keepIf = (pattern: RegExp, length: number) =>
  onText((text) => (pattern.test(text) ? text.slice(0, length) : undefined))

const asText: PathFunction = ([one]) => {
  const text = toText(one)
  return text === undefined ? NONE : [text]
}

/** What FHIRPath does with one number or one text. */
export const singleFunctions: Record<string, PathFunction> = {
  round: onNumber((value, [digits], at) => roundTo(value, numberOf(digits, at))),
  abs: onNumber((value) => Math.abs(value)),
  ceiling: onNumber((value) => Math.ceil(value)),
  floor: onNumber((value) => Math.floor(value)),
  truncate: onNumber((value) => Math.trunc(value)),
  ln: onNumber((value) => Math.log(value)),
  log: onNumber((value, [base], at) => Math.log(value) / Math.log(numberOf(base, at, 10))),
  exp: onNumber((value) => Math.exp(value)),
  power: onNumber((value, [exponent], at) => value ** numberOf(exponent, at, 1)),
  sqrt: onNumber((value) => Math.sqrt(value)),
  toInteger: ([one]) => toNumber(one, /^[+-]?\d+$/),
  toDecimal: ([one]) => toNumber(one, /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/),
  toString: asText,
  toBoolean: ([one]) => {
    const text = toText(one) ?? ''
    return TRUE.test(text) ? [true] : FALSE.test(text) ? [false] : NONE
  },
  toDate: keepIf(/^\d{4}(-\d\d(-\d\d)?)?/, 10),
  toDateTime: keepIf(/^\d{4}(-\d\d(-\d\d)?)?/, 40),
  toTime: keepIf(/^\d\d:\d\d/, 12),
  toQuantity: ([one], [unit], at) =>
    isQuantity(one) ? [one] : typeof one === 'number' ? [{ value: one, code: unit ? textOf(unit, at) : '1' }] : NONE,
  length: onText((text) => text.length),
  upper: onText((text) => text.toUpperCase()),
  lower: onText((text) => text.toLowerCase()),
  trim: onText((text) => text.trim()),
  substring: onText((text, [start, length], at) => {
    const from = numberOf(start, at)
    if (from < 0 || from >= text.length) return undefined
    return text.slice(from, length ? from + numberOf(length, at) : undefined)
  }),
  startsWith: onText((text, [prefix], at) => text.startsWith(textOf(prefix, at))),
  endsWith: onText((text, [suffix], at) => text.endsWith(textOf(suffix, at))),
  contains: onText((text, [part], at) => text.includes(textOf(part, at))),
  indexOf: onText((text, [part], at) => text.indexOf(textOf(part, at))),
  replace: onText((text, [from, to], at) => text.replaceAll(textOf(from, at), textOf(to, at))),
  matches: onText((text, [pattern], at) => toPattern(textOf(pattern, at), 's')?.test(text)),
  matchesFull: onText((text, [pattern], at) => toPattern(`^(?:${textOf(pattern, at)})$`, 's')?.test(text)),
  replaceMatches: onText((text, [pattern, to], at) => {
    const found = toPattern(textOf(pattern, at), 'g')
    return found ? text.replace(found, textOf(to, at)) : text
  }),
  split: onText((text, [separator], at) => text.split(textOf(separator, at))),
  join: (input, [separator], at) =>
    input.length === 0 ? NONE : [input.map((one) => toText(one) ?? '').join(separator ? textOf(separator, at) : '')],
}

/** A pattern that JavaScript cannot read matches nothing: a form's slip must not stop its form. */
export function toPattern(source: string, flags = ''): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}
