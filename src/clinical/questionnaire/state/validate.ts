import { isCalendarDate } from '../expressions/date.ts'
import { toPattern } from '../expressions/singles.ts'
import type { Value } from '../fhir.ts'
import type { Constraint, Item } from '../questionnaire.ts'
import { inLanguage } from '../text.ts'
import { askerOf } from './ask.ts'
import { groupKey, type Place } from './layout.ts'
import type { State } from './state.ts'
import { compareValues, isCoding, isObject, sameUnit, sameValue } from './value.ts'
import { optionsAt } from './view.ts'

export type FaultCode =
  | 'required'
  | 'too-few'
  | 'too-many'
  | 'kind'
  | 'date'
  | 'not-offered'
  | 'exclusive'
  | 'too-low'
  | 'too-high'
  | 'too-short'
  | 'too-long'
  | 'too-precise'
  | 'pattern'
  | 'unit'
  | 'constraint'

export interface Fault {
  /** Place; empty for a constraint on the whole form. */
  key: string
  code: FaultCode
  /** The limit that was passed: a number, a date, a pattern's own hint. */
  limit?: Value
  /** The form's own words, for a constraint. */
  text?: string
  /** A warning does not stop a person from sending the form. */
  severity: 'error' | 'warning'
}

type Found = Pick<Fault, 'code' | 'limit'>

/** Everything that is wrong with the answers as they stand. What is not asked is not looked at. */
export function validate(state: State): Fault[] {
  const asked = state.places.filter((place) => state.enabled.has(place.key))
  const faults: Fault[] = []
  for (const place of asked) {
    for (const found of placeFaults(state, place)) faults.push({ key: place.key, severity: 'error', ...found })
  }
  return [...faults, ...occursFaults(state, asked), ...constraintFaults(state, asked)]
}

function placeFaults(state: State, place: Place): Found[] {
  const { item } = place
  if (item.type === 'group' || item.type === 'display') return []
  const values = state.answers.get(place.key) ?? []
  if (values.length === 0) return item.required && !item.readOnly ? [{ code: 'required' }] : []
  const faults: Found[] = []
  const max = item.repeats ? item.maxOccurs : 1
  if (max !== undefined && values.length > max) faults.push({ code: 'too-many', limit: max })
  if (item.minOccurs !== undefined && values.length < item.minOccurs)
    faults.push({ code: 'too-few', limit: item.minOccurs })
  const standsAlone = values.some((value) => item.options.some((option) => option.exclusive && option.value === value))
  if (standsAlone && values.length > 1) faults.push({ code: 'exclusive' })
  for (const value of values) {
    const fault = kindFault(state, place, value) ?? limitFault(item, value) ?? textFault(item, value)
    if (fault) faults.push(fault)
  }
  return faults
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/

/** Whether the value is of the item's kind at all. */
function kindFault(state: State, place: Place, value: Value): Found | undefined {
  const { item } = place
  const unless = (right: boolean): Found | undefined => (right ? undefined : { code: 'kind' })
  switch (item.type) {
    case 'boolean':
      return unless(typeof value === 'boolean')
    case 'decimal':
      return unless(typeof value === 'number' && Number.isFinite(value))
    case 'integer':
      return unless(Number.isInteger(value))
    case 'date':
      return isPartialDate(value) ? undefined : { code: 'date' }
    case 'dateTime':
      return typeof value === 'string' && isPartialDate(value.split('T')[0]!) ? undefined : { code: 'date' }
    case 'time':
      return typeof value === 'string' && TIME.test(value) ? undefined : { code: 'date' }
    case 'quantity': {
      if (!isObject(value) || typeof value['value'] !== 'number') return { code: 'kind' }
      return item.units.length === 0 || item.units.some((unit) => sameUnit(unit, value)) ? undefined : { code: 'unit' }
    }
    case 'reference':
    case 'attachment':
      return unless(isObject(value))
    case 'choice':
    case 'open-choice':
      return optionFault(state, place, value)
    default:
      return unless(typeof value === 'string')
  }
}

/** FHIR takes a year or a month for a date. */
const isPartialDate = (value: Value): boolean =>
  typeof value === 'string' && (/^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value) || isCalendarDate(value))

function optionFault(state: State, place: Place, value: Value): Found | undefined {
  const { item } = place
  if (item.type === 'open-choice' && typeof value === 'string') return undefined
  if (item.valueSet !== undefined) return isCoding(value) ? undefined : { code: 'kind' }
  const options = optionsAt(state, place)
  // Nothing to choose from, as when a query to another system would give the options: any coding is taken.
  if (options.length === 0) return isCoding(value) || isObject(value) ? undefined : { code: 'not-offered' }
  return options.some((option) => sameValue(option.value, value)) ? undefined : { code: 'not-offered' }
}

function limitFault(item: Item, value: Value): Found | undefined {
  const passes = (limit: Value, sign: 1 | -1) => {
    const held = typeof limit === 'number' && isObject(value) ? (value['value'] as Value) : value
    const difference = compareValues(held, limit)
    return difference !== undefined && difference * sign > 0
  }
  if (item.minValue !== undefined && passes(item.minValue, -1)) return { code: 'too-low', limit: item.minValue }
  if (item.maxValue !== undefined && passes(item.maxValue, 1)) return { code: 'too-high', limit: item.maxValue }
  const number = isObject(value) ? value['value'] : value
  const decimals = typeof number === 'number' ? decimalsOf(number) : 0
  if (item.maxDecimals !== undefined && decimals > item.maxDecimals)
    return { code: 'too-precise', limit: item.maxDecimals }
  return undefined
}

/** Digits behind the point; 1e-7 has seven. */
function decimalsOf(number: number): number {
  const [mantissa = '', exponent = '0'] = String(number).split('e')
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent))
}

function textFault(item: Item, value: Value): Found | undefined {
  if (typeof value !== 'string') return undefined
  const length = [...value].length
  if (item.maxLength !== undefined && length > item.maxLength) return { code: 'too-long', limit: item.maxLength }
  if (item.minLength !== undefined && length < item.minLength) return { code: 'too-short', limit: item.minLength }
  if (item.regex === undefined) return undefined
  const pattern = toPattern(`^(?:${item.regex})$`, 'su') ?? toPattern(`^(?:${item.regex})$`, 's')
  return pattern && !pattern.test(value) ? { code: 'pattern', limit: item.entryFormat } : undefined
}

/** How often a repeating group is filled in. */
function occursFaults(state: State, asked: readonly Place[]): Fault[] {
  const counts = new Map<string, { place: Place; count: number }>()
  for (const place of asked) {
    if (place.item.type !== 'group' || !place.item.repeats) continue
    const key = groupKey(place.item, place.copies)
    counts.set(key, { place, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts].flatMap(([key, { place, count }]): Fault[] => {
    const { minOccurs, maxOccurs } = place.item
    if (minOccurs !== undefined && count < minOccurs)
      return [{ key, code: 'too-few', limit: minOccurs, severity: 'error' }]
    if (maxOccurs !== undefined && count > maxOccurs)
      return [{ key, code: 'too-many', limit: maxOccurs, severity: 'error' }]
    return []
  })
}

function constraintFaults(state: State, asked: readonly Place[]): Fault[] {
  const bound: [Place | undefined, readonly Constraint[]][] = [
    [undefined, state.form.constraints],
    ...asked.map((place): [Place, readonly Constraint[]] => [place, place.item.constraints]),
  ]
  if (bound.every(([, constraints]) => constraints.length === 0)) return []
  const ask = askerOf(state)
  return bound.flatMap(([place, constraints]) =>
    constraints
      .filter(({ expression }) => ask.list(expression, place)[0] === false)
      .map((one): Fault => ({
        key: place?.key ?? '',
        code: 'constraint',
        text: inLanguage(one.human, state.language),
        severity: one.severity,
      })),
  )
}
