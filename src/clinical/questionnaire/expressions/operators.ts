import { addToDate, isDateLike } from './date.ts'
import type { Step } from './scope.ts'
import { NotSupported } from './token.ts'
import { distinct, isQuantity, NONE, order, same, sameList, truth, unitOf, type Collection } from './value.ts'

type Both = (left: Collection, right: Collection) => Collection

const one = (value: boolean | undefined): Collection => (value === undefined ? NONE : [value])

/** Nothing on either side gives nothing, as FHIRPath wants; so does a list where one thing is expected. */
const single =
  (work: (a: unknown, b: unknown) => unknown): Both =>
  (left, right) => {
    if (left.length !== 1 || right.length !== 1) return NONE
    const result = work(left[0], right[0])
    return result === undefined ? NONE : [result]
  }

const ordered = (test: (difference: number) => boolean): Both =>
  single((a, b) => {
    const difference = order(a, b)
    return difference === undefined ? undefined : test(difference)
  })

const finite = (value: number) => (Number.isFinite(value) ? value : undefined)

const arithmetic = (work: (a: number, b: number) => number): Both =>
  single((a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return finite(work(a, b))
    if (isQuantity(a) && typeof b === 'number') return { ...a, value: work(a.value, b) }
    return undefined
  })

function plus(a: unknown, b: unknown, sign: 1 | -1): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + sign * b
  if (isDateLike(a) && isQuantity(b)) return addToDate(a, sign * b.value, unitOf(b))
  if (typeof a === 'string' && typeof b === 'string' && sign === 1) return a + b
  if (isQuantity(a) && isQuantity(b) && unitOf(a) === unitOf(b)) return { ...a, value: a.value + sign * b.value }
  return undefined
}

const equal: Both = (left, right) => (left.length === 0 || right.length === 0 ? NONE : [sameList(left, right)])

const alike = (a: unknown, b: unknown) =>
  typeof a === 'string' && typeof b === 'string' ? a.trim().toLowerCase() === b.trim().toLowerCase() : same(a, b)

const equivalent: Both = (left, right) => [
  left.length === right.length && left.every((a) => right.some((b) => alike(a, b))),
]

const opposite =
  (test: Both): Both =>
  (left, right) =>
    test(left, right).map((value) => value !== true)

function and(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false
  return a === true && b === true ? true : undefined
}

function or(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === true || b === true) return true
  return a === false && b === false ? false : undefined
}

const xor = (a: boolean | undefined, b: boolean | undefined) =>
  a === undefined || b === undefined ? undefined : a !== b

const logic =
  (work: (a: boolean | undefined, b: boolean | undefined) => boolean | undefined): Both =>
  (left, right) =>
    one(work(truth(left), truth(right)))

const within = (list: Collection, wanted: Collection): Collection =>
  wanted.length === 0 ? NONE : [list.some((value) => same(value, wanted[0]))]

const SIGNS: Record<string, Both> = {
  '=': equal,
  '!=': opposite(equal),
  '~': equivalent,
  '!~': opposite(equivalent),
  '<': ordered((d) => d < 0),
  '<=': ordered((d) => d <= 0),
  '>': ordered((d) => d > 0),
  '>=': ordered((d) => d >= 0),
  '+': single((a, b) => plus(a, b, 1)),
  '-': single((a, b) => plus(a, b, -1)),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  div: arithmetic((a, b) => Math.trunc(a / b)),
  mod: arithmetic((a, b) => a % b),
  '&': (left, right) => [String(left[0] ?? '') + String(right[0] ?? '')],
  '|': (left, right) => distinct([...left, ...right]),
  and: logic(and),
  or: logic(or),
  xor: logic(xor),
  implies: logic((a, b) => or(a === undefined ? undefined : !a, b)),
  in: (left, right) => within(right, left),
  contains: (left, right) => within(left, right),
}

export function binary(sign: string, left: Step, right: Step): Step {
  const work = SIGNS[sign]
  if (!work) throw new NotSupported(`operator ${sign}`)
  return (self, scope, position) => work(left(self, scope, position), right(self, scope, position))
}
