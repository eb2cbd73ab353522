/** Values as FHIR JSON holds them: booleans, numbers, strings (dates too) and objects. A result is always a list. */
export type Collection = readonly unknown[]

export const NONE: Collection = []

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isQuantity = (value: unknown): value is { value: number; code?: string; unit?: string } =>
  isRecord(value) && typeof value['value'] === 'number'

/** FHIRPath's three-valued truth: a single thing that is not a boolean counts as true, nothing as neither. */
export function truth(collection: Collection): boolean | undefined {
  if (collection.length === 0) return undefined
  const [first] = collection
  return typeof first === 'boolean' ? first : true
}

/** Codings are the same by system and code, quantities by value and unit, the rest by content. Never by display. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isRecord(a) || !isRecord(b)) return false
  if (typeof a['code'] === 'string' && typeof b['code'] === 'string' && !isQuantity(a))
    return a['code'] === b['code'] && a['system'] === b['system']
  if (isQuantity(a) && isQuantity(b)) return a.value === b.value && unitOf(a) === unitOf(b)
  const [left, right]: Record<string, unknown>[] = [a, b]
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => sameList(list(left![key]), list(right![key])))
}

const list = (value: unknown): Collection => (Array.isArray(value) ? value : [value])

export const sameList = (a: Collection, b: Collection): boolean =>
  a.length === b.length && a.every((one, i) => same(one, b[i]))

const CALENDAR_UNITS: Record<string, string> = {
  a: 'year',
  mo: 'month',
  wk: 'week',
  d: 'day',
  h: 'hour',
  min: 'minute',
  s: 'second',
}

/** The unit as one word: UCUM `a` and the calendar words `year`, `years` mean the same here. */
export function unitOf(quantity: { code?: string; unit?: string }): string {
  const unit = quantity.code ?? quantity.unit ?? '1'
  return CALENDAR_UNITS[unit] ?? unit.replace(/^(year|month|week|day|hour|minute|second)s$/, '$1')
}

/** Negative, zero or positive; undefined when the two cannot be ordered. */
export function order(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (isQuantity(a) && isQuantity(b)) return unitOf(a) === unitOf(b) ? a.value - b.value : undefined
  return undefined
}

/** Removes repeated members, keeping the first of each. */
export function distinct(collection: Collection): Collection {
  const kept: unknown[] = []
  const seen = new Set<unknown>()
  for (const one of collection) {
    if (isRecord(one) ? kept.some((k) => same(k, one)) : seen.has(one)) continue
    seen.add(one)
    kept.push(one)
  }
  return kept
}

const CHOICES = new Set(
  'value answer effective onset abatement deceased multipleBirth performed occurrence medication initial timing minValue maxValue'.split(
    ' ',
  ),
)

/** The members of `value` called `name`; `value` also finds `valueQuantity` and its like. */
export function member(value: unknown, name: string): Collection {
  if (!isRecord(value)) return NONE
  let found = value[name]
  if (found === undefined && CHOICES.has(name)) {
    const typed = Object.keys(value).find((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)))
    if (typed) found = value[typed]
  }
  if (found === undefined || found === null) return NONE
  return Array.isArray(found) ? found : [found]
}

/** All members, whatever their names. */
export const children = (value: unknown): Collection =>
  isRecord(value)
    ? Object.entries(value).flatMap(([key, one]) => (key === 'resourceType' || one === undefined ? [] : one))
    : NONE

const SHAPES: Record<string, (value: unknown) => boolean> = {
  boolean: (v) => typeof v === 'boolean',
  integer: (v) => Number.isInteger(v),
  decimal: (v) => typeof v === 'number',
  string: (v) => typeof v === 'string',
  code: (v) => typeof v === 'string',
  uri: (v) => typeof v === 'string',
  date: (v) => typeof v === 'string' && /^\d{4}(-\d\d(-\d\d)?)?$/.test(v),
  dateTime: (v) => typeof v === 'string' && /^\d{4}(-\d\d(-\d\d(T.*)?)?)?$/.test(v),
  time: (v) => typeof v === 'string' && /^\d\d:\d\d/.test(v),
  quantity: (v) => isQuantity(v),
  coding: (v) => isRecord(v) && typeof v['code'] === 'string',
  codeableconcept: (v) => isRecord(v) && ('coding' in v || 'text' in v),
  reference: (v) => isRecord(v) && ('reference' in v || 'identifier' in v),
  range: (v) => isRecord(v) && ('low' in v || 'high' in v),
  period: (v) => isRecord(v) && ('start' in v || 'end' in v),
}

/** JSON does not carry the type of a value, so it is told by its shape; resources by their `resourceType`. */
export function isOfType(value: unknown, type: string): boolean {
  if (isRecord(value) && typeof value['resourceType'] === 'string') return value['resourceType'] === type
  const shape = SHAPES[type] ?? SHAPES[type.toLowerCase()]
  return shape ? shape(value) : false
}
