import type { Coding, Quantity, Value } from '../fhir.ts'
import type { Item, Option } from '../questionnaire.ts'
import { storable } from '../typed.ts'

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export const isCoding = (value: unknown): value is Coding =>
  isObject(value) && !('value' in value) && ('code' in value || 'display' in value || 'system' in value)

/**
 * The same coding, by system and code. A file that leaves the system out means the one at hand; without any code the
 * display is all there is.
 */
export function sameCoding(a: Coding, b: Coding): boolean {
  if (a.code === undefined && b.code === undefined) return a.display !== undefined && a.display === b.display
  return a.code === b.code && (a.system === b.system || a.system === undefined || b.system === undefined)
}

/** Equal as answers are: codings by system and code, quantities by value and unit. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true
  if (isCoding(a) && isCoding(b)) return sameCoding(a, b)
  if (isCoding(a) && typeof b === 'string') return a.code === b
  if (typeof a === 'string' && isCoding(b)) return b.code === a
  if (!isObject(a) || !isObject(b)) return false
  if ('value' in a && 'value' in b) return a['value'] === b['value'] && sameUnit(a, b)
  if ('reference' in a || 'reference' in b) return a['reference'] === b['reference']
  return JSON.stringify(a) === JSON.stringify(b)
}

export const sameUnit = (a: Quantity, b: Quantity): boolean =>
  a.code !== undefined && b.code !== undefined ? a.code === b.code : a.unit === b.unit

/** Negative, zero, positive; undefined where there is no order, as between kg and cm. */
export function compareValues(a: Value, b: Value): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (isObject(a) && isObject(b) && 'value' in a && 'value' in b)
    return sameUnit(a, b) ? Number(a['value']) - Number(b['value']) : undefined
  return undefined
}

export const sameAnswers = (a: readonly Value[], b: readonly Value[]) =>
  a.length === b.length && a.every((one, i) => sameValue(one, b[i]!))

/**
 * A value as the item keeps it: a chosen option as the option's own coding, so that its points and its text in every
 * language come along. A code alone is enough to choose. What fits no option stays as given; `validate` names it.
 */
export function settleValue(item: Item, value: Value, options: readonly Option[] = item.options): Value {
  if (item.type !== 'choice' && item.type !== 'open-choice') return storable(value)
  return options.find((option) => sameValue(option.value, value))?.value ?? storable(value)
}

const TYPE_KEYS: Partial<Record<Item['type'], string>> = {
  boolean: 'valueBoolean',
  decimal: 'valueDecimal',
  integer: 'valueInteger',
  date: 'valueDate',
  dateTime: 'valueDateTime',
  time: 'valueTime',
  url: 'valueUri',
  attachment: 'valueAttachment',
  reference: 'valueReference',
  quantity: 'valueQuantity',
}

/** Which `value[x]` an answer to this item is. */
export function valueKey(item: Item, value: Value): string {
  if (item.type !== 'choice' && item.type !== 'open-choice') return TYPE_KEYS[item.type] ?? 'valueString'
  if (isObject(value)) return 'reference' in value ? 'valueReference' : 'valueCoding'
  if (typeof value === 'number') return 'valueInteger'
  const typed = item.optionType !== 'Coding' && item.options.some((option) => option.value === value)
  return typed ? `value${item.optionType}` : 'valueString'
}
