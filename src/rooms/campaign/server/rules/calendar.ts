import { Lunar, LunarYear, Solar } from 'lunar-typescript'
import content from '../../content/calendar.json' with { type: 'json' }
import { addDays } from '../../../../platform/clock.ts'

/** How a day returns: fixed, the nth (or last) weekday of a month, by the lunar calendar, or a solar term. */
export type DayRule =
  | { fixed: string }
  | { weekday: number; nth: number; month: number }
  | { lunar: [month: number, day: number] }
  | { term: string }

export interface CalendarDay {
  code: string
  name: { zh: string; en: string }
  kind: 'health' | 'term' | 'festival'
  rule: DayRule
  topics: string[]
  /** Never a group chosen by diagnosis: mind, HIV. */
  generalOnly?: boolean
  /** A day of mourning, or one that hurts who mourns. */
  mourning?: boolean
}

export const calendarDays = content.days as unknown as readonly CalendarDay[]
const byCode = new Map(calendarDays.map((day) => [day.code, day]))

export function calendarDay(code: string): CalendarDay | undefined {
  return byCode.get(code)
}

/** The date on which a day falls in a year, `YYYY-MM-DD`. */
export function dateOfDay({ rule }: Pick<CalendarDay, 'rule'>, year: number): string {
  if ('fixed' in rule) return `${year}-${rule.fixed}`
  if ('weekday' in rule) return nthWeekday(year, rule)
  // The lunar year that begins in this one: all festivals but the last days of the year fall into it.
  if ('lunar' in rule) {
    const [month, day] = rule.lunar
    const days = LunarYear.fromYear(year).getMonth(month)?.getDayCount() ?? 30
    return Lunar.fromYmd(year, month, Math.min(day, days)).getSolar().toYmd()
  }
  return solarTerm(year, rule.term)
}

/** Weekday 0 is Sunday; nth −1 is the last. */
function nthWeekday(year: number, { weekday, nth, month }: { weekday: number; nth: number; month: number }): string {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const all = Array.from({ length: days }, (_, n) => n + 1).filter(
    (day) => new Date(Date.UTC(year, month - 1, day)).getUTCDay() === weekday,
  )
  const day = nth < 0 ? all.at(-1)! : all[nth - 1]!
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function solarTerm(year: number, term: string): string {
  // 冬至 and 小寒 of a lunar table may belong to the neighbouring year: both tables are looked at.
  for (const middle of [Solar.fromYmd(year, 6, 1), Solar.fromYmd(year, 12, 31), Solar.fromYmd(year + 1, 6, 1)]) {
    const at = middle.getLunar().getJieQiTable()[term]?.toYmd()
    if (at?.startsWith(String(year))) return at
  }
  throw new RangeError(`no solar term ${term} in ${year}`)
}

/** The next date of a day from `today` on. */
export function nextDateOf(day: Pick<CalendarDay, 'rule'>, today: string): string {
  const year = Number(today.slice(0, 4))
  const here = dateOfDay(day, year)
  return here >= today ? here : dateOfDay(day, year + 1)
}

/** When a campaign for it has to begin. */
export function leadDate(date: string, leadDays: number): string {
  return addDays(date, -leadDays)
}
