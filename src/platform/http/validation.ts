import type { z } from 'zod'
import { complaintsOf } from '../contract/complaint.ts'
import type { Locale } from '../contract/words.ts'
import { Problem } from '../contract/problem.ts'

/** A refusal that names each field that is wrong, in the reader's language. */
export class InvalidInput extends Problem {
  readonly fields: { path: string; message: string }[]
  constructor(fields: { path: string; message: string }[]) {
    super(400, 'InvalidInput', { count: fields.length }, fields[0]?.path)
    this.fields = fields
  }
}

/** @param part `params`, `query` or `body`: where the paths of the fields begin */
export function invalidInput(part: string, schema: z.ZodType, value: unknown, locale: Locale): InvalidInput {
  // Parsed once more with what was handed in beside each complaint: only failures pay for it.
  const { error } = schema.safeParse(value ?? {}, { reportInput: true })
  const complaints = complaintsOf(error?.issues ?? [], locale)
  return new InvalidInput(
    complaints.slice(0, 50).map(({ path, message }) => ({ path: [part, ...path].join('.'), message })),
  )
}
