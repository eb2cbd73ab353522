import { children, distinct, isOfType, isRecord, member, NONE, order, same, truth, type Collection } from './value.ts'
import type { PathFunction, Step } from './scope.ts'

const yes = (value: boolean): Collection => [value]
const has = (list: Collection, one: unknown) => list.some((other) => same(other, one))

/** One number argument, or `otherwise` when it is left out. */
export const numberOf = (step: Step | undefined, at: Parameters<PathFunction>[2], otherwise = 0): number => {
  const value = step?.(at.self, at.scope, at.position)[0]
  return typeof value === 'number' ? value : otherwise
}

/** The name in `ofType(Quantity)` is no path: compile() hands it over as a step that answers with its text. */
const typeOf = (step: Step | undefined, at: Parameters<PathFunction>[2]) => String(step?.([], at.scope, 0)[0] ?? '')

const holds = (step: Step, one: unknown, i: number, at: Parameters<PathFunction>[2]) => truth(step([one], at.scope, i))

function repeat(input: Collection, step: Step, at: Parameters<PathFunction>[2]): Collection {
  const found: unknown[] = []
  const seen = new Set<unknown>()
  let wave: Collection = input
  while (wave.length > 0) {
    const next: unknown[] = []
    wave.forEach((one, i) => {
      for (const reached of step([one], at.scope, i)) {
        if (seen.has(reached)) continue
        seen.add(reached)
        next.push(reached)
      }
    })
    found.push(...next)
    wave = next
  }
  return found
}

function descendants(input: Collection): Collection {
  const found: unknown[] = []
  const visit = (one: unknown) => {
    for (const child of children(one)) {
      found.push(child)
      visit(child)
    }
  }
  input.forEach(visit)
  return found
}

const numbers = (input: Collection) => input.filter((one): one is number => typeof one === 'number')

function extreme(input: Collection, wanted: 1 | -1): Collection {
  if (input.length === 0) return NONE
  return [input.reduce((best, one) => ((order(one, best) ?? 0) * wanted > 0 ? one : best))]
}

/** What FHIRPath does with lists: choosing, testing, counting, joining. */
export const listFunctions: Record<string, PathFunction> = {
  where: (input, [step], at) => input.filter((one, i) => holds(step!, one, i, at) === true),
  select: (input, [step], at) => input.flatMap((one, i) => step!([one], at.scope, i)),
  repeat: (input, [step], at) => repeat(input, step!, at),
  all: (input, [step], at) => yes(input.every((one, i) => holds(step!, one, i, at) === true)),
  exists: (input, [step], at) =>
    yes(step ? input.some((one, i) => holds(step, one, i, at) === true) : input.length > 0),
  any: (input, [step], at) => yes(step ? input.some((one, i) => holds(step, one, i, at) === true) : input.length > 0),
  empty: (input) => yes(input.length === 0),
  hasValue: (input) => yes(input.length === 1 && !isRecord(input[0])),
  not: (input) => {
    const value = truth(input)
    return value === undefined ? NONE : yes(!value)
  },
  count: (input) => [input.length],
  first: (input) => input.slice(0, 1),
  last: (input) => input.slice(-1),
  tail: (input) => input.slice(1),
  single: (input) => (input.length === 1 ? input : NONE),
  skip: (input, [n], at) => input.slice(Math.max(0, numberOf(n, at))),
  take: (input, [n], at) => input.slice(0, Math.max(0, numberOf(n, at))),
  distinct: (input) => distinct(input),
  isDistinct: (input) => yes(distinct(input).length === input.length),
  allTrue: (input) => yes(input.every((one) => one === true)),
  anyTrue: (input) => yes(input.includes(true)),
  allFalse: (input) => yes(input.every((one) => one === false)),
  anyFalse: (input) => yes(input.includes(false)),
  union: (input, [other], at) => distinct([...input, ...other!(at.self, at.scope, at.position)]),
  combine: (input, [other], at) => [...input, ...other!(at.self, at.scope, at.position)],
  intersect: (input, [other], at) => {
    const right = other!(at.self, at.scope, at.position)
    return distinct(input.filter((one) => has(right, one)))
  },
  exclude: (input, [other], at) => {
    const right = other!(at.self, at.scope, at.position)
    return input.filter((one) => !has(right, one))
  },
  subsetOf: (input, [other], at) => {
    const right = other!(at.self, at.scope, at.position)
    return yes(input.every((one) => has(right, one)))
  },
  supersetOf: (input, [other], at) => yes(other!(at.self, at.scope, at.position).every((one) => has(input, one))),
  ofType: (input, [type], at) => input.filter((one) => isOfType(one, typeOf(type, at))),
  as: (input, [type], at) => input.filter((one) => isOfType(one, typeOf(type, at))),
  is: (input, [type], at) => (input.length === 1 ? yes(isOfType(input[0], typeOf(type, at))) : NONE),
  extension: (input, [url], at) => {
    const wanted = url!(at.self, at.scope, at.position)[0]
    return input.flatMap((one) => member(one, 'extension')).filter((one) => isRecord(one) && one['url'] === wanted)
  },
  children: (input) => input.flatMap(children),
  descendants,
  trace: (input) => input,
  sum: (input) => (input.length === 0 ? [0] : [numbers(input).reduce((a, b) => a + b, 0)]),
  min: (input) => extreme(input, -1),
  max: (input) => extreme(input, 1),
  avg: (input) => (input.length === 0 ? NONE : [numbers(input).reduce((a, b) => a + b, 0) / input.length]),
  weight: (input, _args, at) => input.flatMap((one) => at.scope.weight(one) ?? []),
  ordinal: (input, _args, at) => input.flatMap((one) => at.scope.weight(one) ?? []),
  iif: (_input, [test, then, otherwise], at) => {
    const chosen = truth(test!(at.self, at.scope, at.position)) === true ? then : otherwise
    return chosen ? chosen(at.self, at.scope, at.position) : NONE
  },
  today: (_input, _args, at) => [at.scope.today],
  now: (_input, _args, at) => [at.scope.now],
}
