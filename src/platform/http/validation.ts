import type { z } from 'zod'
import { complaintsOf, farDayWords, type Complaint } from '../contract/complaint.ts'
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

/**
 * Days at the two ends of the calendar: neither the day before nor the midnight of a zone can be told of them. A slip of
 * the finger in a year, or an address that was written by hand.
 */
const FAR = /^(?:0\d{3}-\d\d-\d\d|9999-12-31)(?:T\S+)?$/

/** Refuses such days before anybody reckons with them. @returns undefined where there is none */
export function farDays(part: string, value: unknown, locale: Locale): InvalidInput | undefined {
  const found = farIn(value, [])
  if (found.length === 0) return undefined
  const message = farDayWords(locale)
  return new InvalidInput(found.slice(0, 50).map((path) => ({ path: [part, ...path].join('.'), message })))
}

function farIn(value: unknown, path: Complaint['path']): Complaint['path'][] {
  if (typeof value === 'string') return FAR.test(value) ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => farIn(inner, [...path, name]))
}
