import { sql, type RawBuilder } from 'kysely'
import { addDays } from '../clock.ts'
import type { Asking } from './fact.ts'
import { lunarDays } from './lunar.ts'
import { earliestAfter, midnight } from './window.ts'

/** Days that return each year: birthdays, the day of an operation. */
export interface ReturningTest {
  calendar: 'solar' | 'lunar'
  /** The day lies so many days ahead, 0 is today; at most half a year, so that one of them is in the stretch. */
  inDays: { from: number; to: number }
  /** Which return: the first is a year after the day itself. */
  number?: { op: string; value: number } | undefined
}

/** Days of a solar year; lunar years keep to it within half a month. */
const YEAR_DAYS = 365.2422

/**
 * Probe rows: whether one of these days returns within the stretch, with its fact.
 * @param days rows of `day` (date), `fact` (jsonb) and `id` for an order, each of the patient `p`
 */
export function returningRows(days: RawBuilder<unknown>, test: ReturningTest, asking: Asking): RawBuilder<unknown> {
  const { today, now } = asking
  const { from, to } = test.inDays
  const inStretch = sql`(r.next_on between ${addDays(today, from)}::date and ${addDays(today, to)}::date)`
  const number = sql`round((r.next_on - r.day) / ${YEAR_DAYS}::float8)`
  const ok = test.number ? sql`(${inStretch} and ${number} ${sql.raw(test.number.op)} ${test.number.value})` : inStretch
  // The day after it has been, the next one is a year ahead: looked at once more, so that its moment is known.
  const turns = [sql`(r.next_on - ${to}::int)`, sql`(r.next_on - ${from}::int + 1)`, sql`(r.next_on + 1)`]
  const flips = earliestAfter(
    now,
    turns.map((day) => midnight(day, asking)),
  )
  return sql`select coalesce(bool_or(r.ok), false) ok, (array_agg(r.fact order by r.next_on, r.id) filter (where r.ok))[1] fact, min(r.flips_at) flips_at
    from (select r.id, r.next_on, r.fact || jsonb_build_object('returnsOn', r.next_on) fact, ${ok} ok, ${flips} flips_at
      from (select d.id, d.day, d.fact, ${nextOn(sql`d.day`, test.calendar, today)} next_on from (${days}) d
        where d.day is not null offset 0) r) r`
}

/** The first date from today on at which a day returns; of 29 February, in other years, the 28th. */
function nextOn(day: RawBuilder<unknown>, calendar: 'solar' | 'lunar', today: string): RawBuilder<string> {
  if (calendar === 'lunar') return nextLunar(day, today)
  const years = sql`greatest(${Number(today.slice(0, 4))}::int - extract(year from ${day})::int, 1)`
  const at = (more: number) => sql`(${day} + make_interval(years => ${years} + ${more}::int))::date`
  return sql`case when ${at(0)} >= ${today}::date then ${at(0)} else ${at(1)} end`
}

function nextLunar(day: RawBuilder<unknown>, today: string): RawBuilder<string> {
  const { starts, numbers, next } = lunarDays(today)
  // A day that is today or to come returns a lunar year after it, of 353 days at least: looked at again before that.
  return sql`case when ${day} >= ${today}::date then ${day} + 350 else (
    select n.next[(n.numbers[n.place] - 1) * 30 + ${day} - n.starts[n.place] + 1] from (
      select l.*, width_bucket(${day}, l.starts) place
      from (select ${starts}::date[] starts, ${numbers}::int[] numbers, ${next}::date[] next) l) n) end`
}
