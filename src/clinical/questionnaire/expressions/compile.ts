import { listFunctions } from './lists.ts'
import { binary } from './operators.ts'
import type { Node } from './parse.ts'
import type { PathFunction, Step } from './scope.ts'
import { singleFunctions } from './singles.ts'
import { NotSupported } from './token.ts'
import { distinct, isOfType, isQuantity, isRecord, member, NONE, type Collection } from './value.ts'

const FUNCTIONS: Record<string, PathFunction> = { ...listFunctions, ...singleFunctions }
const LEAST: Record<string, number> = {
  where: 1,
  select: 1,
  repeat: 1,
  all: 1,
  union: 1,
  combine: 1,
  intersect: 1,
  exclude: 1,
  subsetOf: 1,
  supersetOf: 1,
  ofType: 1,
  as: 1,
  is: 1,
  extension: 1,
  iif: 2,
  skip: 1,
  take: 1,
  power: 1,
  log: 1,
  substring: 1,
  replace: 2,
  matches: 1,
  matchesFull: 1,
  replaceMatches: 2,
  startsWith: 1,
  endsWith: 1,
  contains: 1,
  indexOf: 1,
  split: 1,
}
const TYPED = new Set(['ofType', 'as', 'is'])

/** Turns a tree into closures. Throws NotSupported for a function that this evaluator does not have. */
export function toStep(node: Node): Step {
  switch (node.kind) {
    case 'literal':
      return () => node.value
    case 'this':
      return (self) => self
    case 'position':
      return (_self, _scope, position) => [position]
    case 'variable':
      return (_self, scope) => scope.variable(node.name) ?? NONE
    case 'member':
      return memberStep(node)
    case 'call':
      return callStep(node)
    case 'at': {
      const of = toStep(node.of)
      const index = toStep(node.index)
      return (self, scope, position) => {
        const at = index(self, scope, position)[0]
        return typeof at === 'number' ? of(self, scope, position).slice(at, at + 1) : NONE
      }
    }
    case 'negate': {
      const of = toStep(node.of)
      return (self, scope, position) => of(self, scope, position).map(negated)
    }
    case 'type': {
      const of = toStep(node.of)
      return (self, scope, position) => {
        const input = of(self, scope, position)
        if (node.sign === 'as') return input.filter((one) => isOfType(one, node.name))
        return input.length === 1 ? [isOfType(input[0], node.name)] : NONE
      }
    }
    case 'binary':
      return binaryStep(node)
  }
}

/** A list written out, `('a' | 'b')`, is made once and not for every item that is held against it. */
function binaryStep(node: Extract<Node, { kind: 'binary' }>): Step {
  const whole = constantOf(node)
  if (whole) return () => whole
  const right = constantOf(node.right)
  if (node.sign !== 'in' || !right?.every((one) => typeof one === 'string'))
    return binary(node.sign, toStep(node.left), toStep(node.right))
  const among = new Set<unknown>(right)
  const left = toStep(node.left)
  return (self, scope, position) => {
    const wanted = left(self, scope, position)
    return wanted.length === 0 ? NONE : [among.has(wanted[0])]
  }
}

function constantOf(node: Node): Collection | undefined {
  if (node.kind === 'literal') return node.value
  if (node.kind !== 'binary' || node.sign !== '|') return undefined
  const [left, right] = [constantOf(node.left), constantOf(node.right)]
  return left && right && distinct([...left, ...right])
}

const negated = (one: unknown) =>
  typeof one === 'number' ? -one : isQuantity(one) ? { ...one, value: -one.value } : one

function memberStep(node: Extract<Node, { kind: 'member' }>): Step {
  const { name } = node
  if (node.of) {
    const of = toStep(node.of)
    return (self, scope, position) => {
      const input = of(self, scope, position)
      return input.length === 1 ? member(input[0], name) : input.flatMap((one) => member(one, name))
    }
  }
  // A path may begin with the name of the resource it is about: `Patient.birthDate`.
  return (self) => self.flatMap((one) => (isRecord(one) && one['resourceType'] === name ? [one] : member(one, name)))
}

function callStep(node: Extract<Node, { kind: 'call' }>): Step {
  const work = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined
  if (!work) throw new NotSupported(`function ${node.name}()`)
  if (node.args.length < (LEAST[node.name] ?? 0))
    throw new NotSupported(`function ${node.name}() without its arguments`)
  const args = TYPED.has(node.name) ? [typeStep(node.args[0]!)] : node.args.map(toStep)
  const of = node.of ? toStep(node.of) : undefined
  return (self, scope, position) => work(of ? of(self, scope, position) : self, args, { self, scope, position })
}

/** `FHIR.Quantity` and `System.String` name the same types as `Quantity` and `string`. */
function typeStep(node: Node): Step {
  if (node.kind !== 'member') throw new NotSupported('a type that is not a name')
  const name = [node.name]
  return () => name
}
