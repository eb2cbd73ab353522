import type { z } from 'zod'
import { complaintsOf } from '../../contract/complaint.ts'
import type { Locale } from '../../contract/words.ts'

/**
 * What the contract says against one value, in the reader's language; undefined when it is content. A path the schema
 * does not know is not judged here.
 */
export function complaintOf(
  schema: z.ZodType,
  path: readonly (string | number)[],
  value: unknown,
  locale: Locale,
): string | undefined {
  const own = path.reduce<z.ZodType | undefined>((at, part) => stepInto(at, part), schema)
  const parsed = own?.safeParse(value, { reportInput: true })
  return parsed?.success === false ? complaintsOf(parsed.error.issues, locale)[0]?.message : undefined
}

type Definition = { shape?: Record<string, z.ZodType>; innerType?: z.ZodType; element?: z.ZodType }

/** Into a field of an object or an element of a list, through optional, nullable and default wrappers. */
function stepInto(schema: z.ZodType | undefined, part: string | number): z.ZodType | undefined {
  const definition = (schema as { _zod?: { def?: Definition } } | undefined)?._zod?.def
  if (!definition) return undefined
  if (definition.shape) return definition.shape[part]
  if (definition.element) return definition.element
  return definition.innerType ? stepInto(definition.innerType, part) : undefined
}
