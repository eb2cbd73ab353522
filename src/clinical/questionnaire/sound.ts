/** Shapes of the members this engine reads, by name. A member of another shape is as good as absent. */

type Shape = 'text' | 'yes-no' | 'number' | 'object' | 'objects' | 'texts'

const named = (shape: Shape, names: string): [string, Shape][] => names.split(' ').map((name) => [name, shape])

const SHAPES = new Map<string, Shape>([
  ...named(
    'text',
    'linkId type text prefix answerValueSet language title name url version id display system unit question',
  ),
  ...named(
    'text',
    'operator enableBehavior answerConstraint expression description copyright resourceType reference status',
  ),
  ...named('yes-no', 'required repeats readOnly initialSelected abstract'),
  ...named('number', 'maxLength'),
  ...named('object', '_text _title _display _prefix _valueString _description expansion compose'),
  ...named(
    'objects',
    'item answerOption enableWhen initial answer extension contained coding concept contains include exclude',
  ),
  ...named('objects', 'filter'),
  ...named('texts', 'valueSet'),
  // The commonest answers, spelt out: of ten thousand responses each has nine.
  ...named('object', 'valueCoding valueQuantity'),
  ...named('number', 'valueInteger valueDecimal'),
  ...named('text', 'valueString valueDate'),
  ...named('yes-no', 'valueBoolean'),
])

const TYPED: Record<string, Shape> = {
  Boolean: 'yes-no',
  Decimal: 'number',
  Integer: 'number',
  PositiveInt: 'number',
  UnsignedInt: 'number',
  ...Object.fromEntries(named('text', 'String Code Uri Url Canonical Id Date DateTime Time Instant Markdown Oid Uuid')),
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `valueCoding` and `answerInteger` say their shape themselves. */
function shapeOf(name: string): Shape | undefined {
  const known = SHAPES.get(name)
  if (known || !(name.startsWith('value') || name.startsWith('answer'))) return known
  const type = name.slice(name.startsWith('value') ? 5 : 6)
  return /^[A-Z]\w*$/.test(type) ? (TYPED[type] ?? 'object') : undefined
}

function fits(shape: Shape | undefined, value: unknown): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string'
    case 'yes-no':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'object':
      return isObject(value)
    case 'objects':
    case 'texts':
      return Array.isArray(value)
    case undefined:
      return true
  }
}

/** `code` is a text in a coding and a list of codings in an item; `value` is a number in a quantity. */
function fitsHere(name: string, value: unknown, owner: string): boolean {
  // The narrative of a resource.
  if (name === 'text' && (owner === '' || owner === 'contained')) return true
  if (name === 'code') return typeof value === 'string' || Array.isArray(value)
  if (name === 'value' && /Quantity$|Duration$/.test(owner)) return fits('number', value)
  return fits(shapeOf(name), value)
}

/** What nearly every answer is: copied it would be the same. */
const isPlainCoding = (value: Record<string, unknown>): boolean => {
  for (const name in value) {
    if (name !== 'system' && name !== 'code' && name !== 'display') return false
    if (typeof value[name] !== 'string') return false
  }
  return true
}

/** The value of an answer, whatever its type; undefined where there is none of a possible shape. */
export function soundValue(answer: unknown): unknown {
  if (!isObject(answer)) return undefined
  for (const name in answer) {
    if (!name.startsWith('value') || name === 'value') continue
    const value = answer[name]
    if (value === undefined || !fitsHere(name, value, 'answer')) continue
    return isObject(value) && !isPlainCoding(value) ? soundCopy({ [name]: value })[name] : value
  }
  return undefined
}

/**
 * A copy of FHIR JSON without the members that have an impossible shape; each left out is told to `dropped` with its
 * path. What this engine does not read is copied as it is.
 */
export function soundCopy(
  json: Record<string, unknown>,
  dropped: (path: string) => void = () => {},
): Record<string, unknown> {
  const object = (given: Record<string, unknown>, path: string, owner: string): Record<string, unknown> => {
    const made: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(given)) {
      const at = path === '' ? name : `${path}.${name}`
      if (value === undefined) continue
      if (fitsHere(name, value, owner)) made[name] = copy(value, at, name)
      else dropped(at)
    }
    return made
  }
  const copy = (value: unknown, path: string, name: string): unknown => {
    if (Array.isArray(value)) return elements(value, path, name)
    return isObject(value) && name !== 'scoring' ? object(value, path, name) : value
  }
  const elements = (values: unknown[], path: string, name: string): unknown[] => {
    const shape = name === 'code' ? 'objects' : shapeOf(name)
    return values.flatMap((value, i) => {
      const at = `${path}[${i}]`
      // Of what a file holds inside, value sets alone are read.
      if (name === 'contained' && isObject(value) && value['resourceType'] !== 'ValueSet') return [value]
      const right = shape === 'objects' ? isObject(value) : shape === 'texts' ? typeof value === 'string' : true
      if (right) return [copy(value, at, name)]
      dropped(at)
      return []
    })
  }
  return object(json, '', '')
}
