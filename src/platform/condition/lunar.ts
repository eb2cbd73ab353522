import { LunarYear, Solar } from 'lunar-typescript'

/** The first lunar new year that dates are reckoned from; births before it have no lunar birthday here. */
const FIRST_YEAR = 1900

/** Lunar months in order of time, and when each day of the lunar year comes next: what SQL needs to reckon with. */
export interface LunarDays {
  /** First days of the months, `YYYY-MM-DD`, ascending. */
  starts: readonly string[]
  /** The number of each month, 1 to 12; a leap month has that of the month it follows. */
  numbers: readonly number[]
  /**
   * By (month − 1) × 30 + day − 1: the first date from `today` on that is this day. Who was born in a leap month keeps
   * the month of that number, and the thirtieth of a month that has 29 days is its last: so people reckon.
   */
  next: readonly string[]
}

interface Month {
  start: string
  number: number
  isLeap: boolean
  days: number
}

let months: Month[] = []
let untilYear = FIRST_YEAR - 1
const known = new Map<string, LunarDays>()

export function lunarDays(today: string): LunarDays {
  let days = known.get(today)
  if (!days) {
    if (known.size > 8) known.clear()
    known.set(today, (days = reckon(today)))
  }
  return days
}

function reckon(today: string): LunarDays {
  const all = monthsUntil(Number(today.slice(0, 4)) + 1)
  const next = Array.from({ length: 360 }, (_, index) => {
    const [number, day] = [Math.floor(index / 30) + 1, (index % 30) + 1]
    const month = all.find((m) => m.number === number && !m.isLeap && dateOf(m, day) >= today)
    return dateOf(month!, day)
  })
  return { starts: all.map((m) => m.start), numbers: all.map((m) => m.number), next }
}

function monthsUntil(year: number): readonly Month[] {
  for (; untilYear < year; untilYear++)
    months = [
      ...months,
      ...LunarYear.fromYear(untilYear + 1)
        .getMonthsInYear()
        .map((month) => ({
          start: Solar.fromJulianDay(month.getFirstJulianDay()).toYmd(),
          number: Math.abs(month.getMonth()),
          isLeap: month.isLeap(),
          days: month.getDayCount(),
        })),
    ]
  return months
}

function dateOf(month: Month, day: number): string {
  const at = Date.parse(`${month.start}T00:00:00Z`) + (Math.min(day, month.days) - 1) * 86_400_000
  return new Date(at).toISOString().slice(0, 10)
}
