/** What stands in a field of a condition when it is first shown: the same on a page and on the server. Needs neither. */

/** As much of a field as that asks for. */
export interface FieldToFill<F> {
  key: string
  type: 'choice' | 'choices' | 'pick' | 'picks' | 'number' | 'measure' | 'limit' | 'span' | 'flag' | 'group' | 'list'
  initial?: unknown
  isOptional: boolean
  fields: readonly F[]
}

/**
 * What only its writer can know is empty.
 * @param valuesOf what may be chosen in a field, in its order
 */
export function firstValue<F extends FieldToFill<F>>(field: F, valuesOf: (field: F) => readonly string[]): unknown {
  if (field.initial !== null && field.initial !== undefined) return field.initial
  switch (field.type) {
    case 'choice': {
      const values = valuesOf(field)
      return values.includes('>=') ? '>=' : values[0]
    }
    case 'choices':
    case 'picks':
      return []
    case 'pick':
      return ''
    case 'number':
      return null
    case 'measure':
    case 'limit':
      return { op: '>=', value: null }
    case 'span':
      return { months: 6 }
    case 'flag':
      return true
    case 'group':
      return firstValues(field.fields, valuesOf)
    case 'list':
      return [firstValues(field.fields, valuesOf)]
  }
}

/** Of the fields that must be said, by key. */
export function firstValues<F extends FieldToFill<F>>(
  fields: readonly F[],
  valuesOf: (field: F) => readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter(({ isOptional }) => !isOptional).map((field) => [field.key, firstValue(field, valuesOf)]),
  )
}
