import { toInstant } from '../incoming-time.ts'
import type { IncomingInstant } from '../incoming.ts'
import { objectOf, textOf } from './json.ts'

const DATE_TIME =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** A FHIR date, dateTime or instant; `zone` holds where none is stated. */
export function readDateTime(value: unknown, zone: string): IncomingInstant | undefined {
  const found = DATE_TIME.exec(textOf(value))
  if (!found) return undefined
  const number = (index: number): number | undefined => (found[index] === undefined ? undefined : Number(found[index]))
  const parts = { month: number(2), day: number(3), hour: number(4), minute: number(5), second: number(6) }
  return toInstant({ year: Number(found[1]), ...parts, fraction: found[7], offset: found[8] }, zone)
}

/** The beginning of a choice of time: `effectiveDateTime`, `effectivePeriod`, `effectiveInstant` and their like. */
export function readChoiceOfTime(
  resource: { readonly [key: string]: unknown },
  element: string,
  zone: string,
): IncomingInstant | undefined {
  return (
    readDateTime(resource[`${element}DateTime`], zone) ??
    readDateTime(objectOf(resource[`${element}Period`]).start, zone) ??
    readDateTime(resource[`${element}Instant`], zone)
  )
}
