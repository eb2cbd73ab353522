import type { FieldForm, KindForm } from '../../condition/contract.ts'
import { firstValue as firstOf, firstValues as allFirstOf } from '../../condition/first-value.ts'

/** What a test says and lacks, by the form of its kind; no page, no server. */

export type Values = Readonly<Record<string, unknown>>

export const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a field belongs to what else is said: how many times, where times are counted. */
export function applies({ when }: FieldForm, values: Values): boolean {
  return !when || when.is.includes(String(values[when.field]))
}

/** What may tell of mind and mood is not what a field begins with. */
const valuesOf = ({ options }: FieldForm): string[] => options.flatMap(({ value, isBarred }) => (isBarred ? [] : [value]))

export const firstValue = (field: FieldForm): unknown => firstOf(field, valuesOf)
export const firstValues = (fields: readonly FieldForm[]): Values => allFirstOf(fields, valuesOf)

/** Fields that are said, and those that must be. */
export function shownFields(fields: readonly FieldForm[], values: Values): FieldForm[] {
  return fields.filter((field) => applies(field, values) && (!field.isOptional || values[field.key] !== undefined))
}

/** Fields that could be said as well. */
export function furtherFields(fields: readonly FieldForm[], values: Values): FieldForm[] {
  return fields.filter((field) => applies(field, values) && field.isOptional && values[field.key] === undefined)
}

/**
 * A field set, or taken away by `undefined`. What no longer belongs goes with it: the number of times when no times are
 * counted, the bands when another questionnaire is meant.
 */
export function withField(fields: readonly FieldForm[], values: Values, key: string, value: unknown): Values {
  const next: Record<string, unknown> = { ...values, [key]: value }
  if (value === undefined) delete next[key]
  for (const field of fields) {
    if (!applies(field, next)) delete next[field.key]
    else if (field.of.includes(key) && values[key] !== value && next[field.key] !== undefined && field.isListed)
      next[field.key] = field.type === 'pick' && field.isOptional ? undefined : firstValue(field)
    // Where times are counted, their number has to be said.
    else if (field.when?.field === key && field.type === 'number' && next[field.key] === undefined) next[field.key] = 2
  }
  return Object.fromEntries(Object.entries(next).filter(([, one]) => one !== undefined))
}

/** Paths of fields that are not filled in yet; `needs` where one of several is wanted and none is said. */
export function missingIn({ fields, needs }: Pick<KindForm, 'fields' | 'needs'>, test: unknown): string[] {
  if (fields.length === 1 && fields[0]!.key === '') return isMissing(fields[0]!, test) ? [''] : []
  if (!isValues(test)) return []
  const lacking = needs.filter((keys) => keys.every((key) => test[key] === undefined)).map((keys) => keys[0]!)
  return [...lacking, ...missingFields(fields, test, '')]
}

function missingFields(fields: readonly FieldForm[], values: Values, before: string): string[] {
  return shownFields(fields, values).flatMap((field) => {
    const path = before + field.key
    const value = values[field.key]
    if (field.type === 'group') return isValues(value) ? missingFields(field.fields, value, `${path}.`) : [path]
    if (field.type === 'list')
      return (value as Values[]).flatMap((one, at) => missingFields(field.fields, one, `${path}.${at}.`))
    return isMissing(field, value) ? [path] : []
  })
}

function isMissing({ type, options }: FieldForm, value: unknown): boolean {
  switch (type) {
    case 'choice':
      return !options.some((one) => one.value === value)
    case 'choices':
    case 'picks':
      return !Array.isArray(value) || value.length === 0
    case 'pick':
      return typeof value !== 'string' || value === ''
    case 'number':
      return typeof value !== 'number'
    case 'measure':
    case 'limit':
      return !isValues(value) || Object.values(value).some((one) => one === null || one === undefined || (Array.isArray(one) && one.length === 0))
    case 'span':
      return !isValues(value) || Object.values(value).every((one) => typeof one !== 'number')
    case 'flag':
    case 'group':
    case 'list':
      return false
  }
}
