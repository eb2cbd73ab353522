import { z } from 'zod'
import type { Locale } from '../contract/words.ts'
import { Problem } from '../contract/problem.ts'

const messages = { 'zh-CN': z.locales.zhCN().localeError, en: z.locales.en().localeError }

/** A refusal that names each field that is wrong, in the reader's language. */
export class InvalidInput extends Problem {
  readonly fields: { path: string; message: string }[]
  constructor(fields: { path: string; message: string }[]) {
    super(400, 'InvalidInput', { count: fields.length }, fields[0]?.path)
    this.fields = fields
  }
}

export function invalidInput(
  part: string,
  error: z.ZodError,
  schema: z.ZodType,
  value: unknown,
  locale: Locale,
): InvalidInput {
  // Parsed once more with the reader's language: only failures pay for it.
  const localised = schema.safeParse(value ?? {}, { error: messages[locale] })
  const issues = localised.error?.issues ?? error.issues
  return new InvalidInput(
    issues.slice(0, 50).map((issue) => ({ path: [part, ...issue.path].join('.'), message: issue.message })),
  )
}
