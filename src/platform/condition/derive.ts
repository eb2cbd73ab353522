import type { z } from 'zod'
import type { FieldForm } from './contract.ts'
import type { FieldHints } from './form.ts'

/** A field as its schema tells it, before it has names. */
export type BareField = Pick<
  FieldForm,
  'key' | 'type' | 'isOptional' | 'initial' | 'isFree' | 'min' | 'max' | 'isWhole'
> & { path: string; values: string[]; fields: BareField[] }

/** What zod says of itself; only what conditions are made of. */
interface Definition {
  type: string
  innerType?: z.ZodType
  defaultValue?: unknown
  entries?: Record<string, string>
  element?: z.ZodType
  values?: unknown[]
  shape?: Record<string, z.ZodType>
}

const definitionOf = (schema: z.ZodType) => (schema as unknown as { _zod: { def: Definition } })._zod.def

/**
 * The fields of a test: derived from its schema, so that a new kind of fact can be asked for without a page of its own.
 * A test that is one value has one field without a name; a test that is always `true` has none.
 */
export function fieldsOf(test: z.ZodType, hints: Readonly<Record<string, FieldHints>>): BareField[] {
  const { type, shape } = definitionOf(test)
  if (type === 'literal') return []
  if (type !== 'object') return [fieldOf('', '', test, hints)]
  return Object.entries(shape!).flatMap(([key, schema]) =>
    hints[key]?.isHidden ? [] : [fieldOf(key, key, schema, hints)],
  )
}

function fieldOf(key: string, path: string, given: z.ZodType, hints: Readonly<Record<string, FieldHints>>): BareField {
  const { schema, isOptional, initial } = bare(given)
  const base: BareField = {
    key,
    path,
    type: 'flag',
    isOptional,
    initial,
    isFree: false,
    min: null,
    max: null,
    isWhole: false,
    values: [],
    fields: [],
  }
  const definition = definitionOf(schema)
  const within = (fields: z.ZodType) =>
    Object.entries(definitionOf(fields).shape!).map(([name, inner]) =>
      fieldOf(name, path ? `${path}.${name}` : name, inner, hints),
    )
  switch (definition.type) {
    case 'enum':
      return { ...base, type: 'choice', values: Object.values(definition.entries!) }
    case 'number':
      return { ...base, type: 'number', ...limitsOf(schema) }
    case 'string':
      return { ...base, type: 'pick', isFree: hints[path]?.isFree ?? hints[path]?.from === undefined }
    case 'union':
      return { ...base, type: 'limit' }
    case 'array': {
      const element = definition.element!
      const of = definitionOf(element)
      if (of.type === 'enum') return { ...base, type: 'choices', values: Object.values(of.entries!) }
      if (of.type === 'object') return { ...base, type: 'list', fields: within(element) }
      return { ...base, type: 'picks', isFree: hints[path]?.isFree ?? hints[path]?.from === undefined }
    }
    case 'object': {
      const keys = Object.keys(definition.shape!).join()
      if (keys === 'days,months') return { ...base, type: 'span' }
      if (keys === 'op,value') return { ...base, type: 'measure', ...limitsOf(definition.shape!['value']!) }
      return { ...base, type: 'group', fields: within(schema) }
    }
    default:
      return base
  }
}

/** The schema without what says that it may be left out. */
function bare(given: z.ZodType): { schema: z.ZodType; isOptional: boolean; initial: unknown } {
  const { type, innerType, defaultValue } = definitionOf(given)
  if (type === 'optional') return { ...bare(innerType!), isOptional: true }
  // One with a default is always said on a page: nobody has to know what is meant when nothing stands there.
  if (type === 'default') return { ...bare(innerType!), initial: defaultValue }
  return { schema: given, isOptional: false, initial: null }
}

/** zod keeps whole numbers within what JavaScript can count. */
function limitsOf(schema: z.ZodType): Pick<BareField, 'min' | 'max' | 'isWhole'> {
  const { minValue, maxValue, format } = bare(schema).schema as z.ZodNumber
  const real = (limit: number | null) => (limit !== null && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : null)
  return { min: real(minValue), max: real(maxValue), isWhole: format === 'safeint' }
}
