import { isCalendarDay, toInstant } from '../incoming-time.ts'
import type { TimeParts } from '../incoming-time.ts'
import type { IncomingInstant } from '../incoming.ts'

// YYYY[MM[DD[HH[MM[SS[.]fraction]]]]][+ZZZZ]; without a point the fraction is seen as 20180604143425489.
const COMPACT =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})\.?(\d{1,6})?)?)?)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/
const WRITTEN =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/

function partsOf(text: string): TimeParts | undefined {
  const found = COMPACT.exec(text) ?? WRITTEN.exec(text)
  if (!found) return undefined
  const number = (index: number): number | undefined => (found[index] === undefined ? undefined : Number(found[index]))
  const offset = found[8]
  return {
    year: Number(found[1]),
    month: number(2),
    day: number(3),
    hour: number(4),
    minute: number(5),
    second: number(6),
    fraction: found[7],
    offset: offset && offset !== 'Z' && !offset.includes(':') ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset,
  }
}

/**
 * Reads times of one message. Most results of a message bear the same time, so the last answer is remembered.
 * A time of 0000 or 000000 is a padded date: senders fill dates up with zeros, and a result at exactly midnight
 * is rarer than that.
 */
export function timeReader(zone: string): (text: string) => IncomingInstant | undefined {
  let lastText = ''
  let lastInstant: IncomingInstant | undefined
  return (text) => {
    if (text === '') return undefined
    if (text === lastText) return lastInstant
    lastText = text
    const parts = partsOf(text.trim())
    if (parts && parts.hour === 0 && parts.minute === 0 && !parts.second && !Number(parts.fraction ?? 0)) {
      parts.hour = undefined
    }
    return (lastInstant = parts && toInstant(parts, zone))
  }
}

/** A calendar date `YYYY-MM-DD` from a date or a longer time; undefined when the day is not stated or not real. */
export function readDate(text: string): string | undefined {
  const parts = partsOf(text.trim())
  if (!parts || parts.month === undefined || parts.day === undefined) return undefined
  if (!isCalendarDay(parts.year, parts.month, parts.day)) return undefined
  return `${parts.year}-${String(parts.month).padStart(2, '0')}-${String(parts.day).padStart(2, '0')}`
}
