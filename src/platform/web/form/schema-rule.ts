import type { z } from 'zod'
import en from 'zod/v4/locales/en.js'
import zhCN from 'zod/v4/locales/zh-CN.js'
import type { Locale } from '../../contract/words.ts'

const words = { 'zh-CN': zhCN().localeError, en: en().localeError }
type Complaint = Parameters<(typeof words)['en']>[0]

/**
 * What the contract says against one value, in the reader's language; undefined when it is content. A path the schema
 * does not know is not judged here.
 * @param unfit said of a pattern that is not met, since nobody reads regular expressions
 */
export function complaintOf(
  schema: z.ZodType,
  path: readonly (string | number)[],
  value: unknown,
  locale: Locale,
  unfit: string,
): string | undefined {
  const own = path.reduce<z.ZodType | undefined>((at, part) => stepInto(at, part), schema)
  const error = (issue: Complaint) => (issue.code === 'invalid_format' && issue['format'] === 'regex' ? unfit : words[locale](issue))
  const parsed = own?.safeParse(value, { error })
  return parsed?.success === false ? parsed.error.issues[0]?.message : undefined
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
