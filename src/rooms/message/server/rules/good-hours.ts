import { timeOf, type Span } from '../../../patient/contract/good-hours.ts'
import { minutesOf } from './quiet-hours.ts'
import { openFrom, type Holidays, type SendDays } from './send-window.ts'

/** Nothing waits longer than a day for a good hour: a row of days off is no reason to say nothing. */
const WAIT_MAX_MS = 86_400_000
/** What is worth nothing so soon after the good hour begins belongs to its own hour. */
const SLACK_MS = 2 * 3_600_000

/**
 * When a message would come at a good hour of the person's, within the permitted hours and days; undefined where it goes
 * now: their hours lie wholly in those in which nobody is written to, begin too late for its deadline, or are days away.
 */
export function goodHoursFrom(
  now: Date,
  about: { timeZone: string; span: Span; send: SendDays; holidays: Holidays; notAfter: Date | null },
): { at: Date; from: string; to: string } | undefined {
  const { timeZone, span, send, holidays, notAfter } = about
  const [from, to] = [Math.max(span.from, minutesOf(send.hours.from)), Math.min(span.to, minutesOf(send.hours.to))]
  if (from >= to) return undefined
  const hours = { from: timeOf(from), to: timeOf(to) }
  const at = openFrom(now, timeZone, { ...send, hours }, holidays)
  if (at <= now || at.getTime() - now.getTime() > WAIT_MAX_MS) return undefined
  if (notAfter && at.getTime() + SLACK_MS > notAfter.getTime()) return undefined
  return { at, ...hours }
}
