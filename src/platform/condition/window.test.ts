import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import type { Span } from './grammar.ts'
import { windowEnd, windowStart } from './window.ts'

const house = await aHouse()
const timeZone = 'Asia/Shanghai'

/** Found by the year in the clinic: of 30 March six months end twice, and the second end was never looked at. */
test.each<[string, Span]>([
  ['7 days', { days: 7 }],
  ['1 month', { months: 1 }],
  ['6 months', { months: 6 }],
  ['12 months', { months: 12 }],
])('a fact of any day leaves a window of %s at the first midnight that no longer sees it', async (_name, span) => {
  const moment = { timeZone }
  const end = windowEnd(sql`(day + interval '8 hours')`, span, moment)
  // The window as it is drawn on a day, with that day in the place of the parameter.
  const drawn = (today: string) => windowStart(span, { ...moment, today })
  const { rows } = await sql<{ day: string; end: string }>`
    select (day at time zone ${timeZone})::date::text as day, (${end} at time zone ${timeZone})::date::text as "end"
    from generate_series(timestamptz '2027-02-01 00:00+08', timestamptz '2028-03-31 00:00+08', interval '1 day') day`.execute(
    house.house.databases.of(house.tenant.id),
  )
  const days = [...new Set(rows.flatMap(({ end: on }) => [on, before(on)]))]
  const { rows: starts } = await sql<{ today: string; start: string }>`${sql.join(
    days.map(
      (today) => sql`select ${today}::text as today, (${drawn(today)} at time zone ${timeZone})::date::text as start`,
    ),
    sql` union all `,
  )}`.execute(house.house.databases.of(house.tenant.id))
  const startOn = new Map(starts.map(({ today, start }) => [today, start]))
  const wrong = rows.filter(({ day, end: on }) => startOn.get(on)! <= day || startOn.get(before(on))! > day)
  expect(wrong).toEqual([])
})

function before(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
