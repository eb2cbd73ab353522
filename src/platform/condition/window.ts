import { sql, type RawBuilder } from 'kysely'
import type { Span } from './grammar.ts'

/** What windows are reckoned from: the organization's calendar date now, and its time zone. */
export interface Today {
  today: string
  timeZone: string
}

/** The instant a span before now: earlier facts are outside of the window. */
export function windowStart(span: Span, { today, timeZone }: Today): RawBuilder<Date> {
  return sql`((${today}::date - ${intervalOf(span)})::timestamp at time zone ${timeZone})`
}

/**
 * The instant at which a fact leaves the window: the first midnight on which `windowStart` has passed it. Months end
 * early: six of them after 31 March is 30 September, from where six months back is still 30 March, so one day more.
 */
export function windowEnd(
  at: RawBuilder<unknown>,
  span: Span,
  { timeZone }: Pick<Today, 'timeZone'>,
): RawBuilder<Date> {
  return midnight(firstDayAfter(sql`((${at} at time zone ${timeZone})::date + 1)`, span), { timeZone })
}

/**
 * The first day from which so long back is this day or later: whoever was born on 29 February turns 15 on 1 March,
 * since from 28 February fifteen years back is the day before.
 */
export function firstDayAfter(day: RawBuilder<unknown>, span: Span): RawBuilder<string> {
  const end = sql`(${day} + ${intervalOf(span)})::date`
  return sql`(${end} + case when (${end} - ${intervalOf(span)})::date < ${day} then 1 else 0 end)`
}

/** The instant at which a day begins. */
export function midnight(day: RawBuilder<unknown>, { timeZone }: Pick<Today, 'timeZone'>): RawBuilder<Date> {
  return sql`(${day}::timestamp at time zone ${timeZone})`
}

/** The day an instant falls on. */
export function dayOf(at: RawBuilder<unknown>, { timeZone }: Pick<Today, 'timeZone'>): RawBuilder<string> {
  return sql`(${at} at time zone ${timeZone})::date`
}

export function intervalOf({ days = 0, months = 0 }: Span): RawBuilder<unknown> {
  return sql`make_interval(months => ${months}::int, days => ${days}::int)`
}

/** The earliest of these moments that is still to come; null when none is. */
export function earliestAfter(now: Date, moments: readonly RawBuilder<unknown>[]): RawBuilder<Date | null> {
  if (moments.length === 0) return sql`null::timestamptz`
  return sql`least(${sql.join(moments.map((at) => sql`case when ${at} > ${now} then ${at} end`))})`
}
