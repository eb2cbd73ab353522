import { dateIn } from '../../../platform/clock.ts'
import { yearsNeeded } from './rules/send-window.ts'
import { shippedHolidays } from './shipped-holidays.ts'

/** Which years each organization has read in, for `peiban check`, which asks the database as its owner. */
export const HOLIDAYS_KNOWN = `
  select o.name, o.time_zone "timeZone", coalesce(array_agg(y.year) filter (where y.year is not null), '{}') years
  from organization o left join holiday_year y on y.organization_id = o.id group by o.id, o.name, o.time_zone order by o.name`

export interface HolidayKnowledge {
  name: string
  timeZone: string
  years: number[]
}

/** One sentence per organization that lacks a year it needs now. */
export function lackingYears(organizations: readonly HolidayKnowledge[], now: Date): string[] {
  return organizations.flatMap(({ name, timeZone, years }) => {
    const lacking = yearsNeeded(dateIn(now, timeZone)).filter(
      (year) => !years.includes(year) && !shippedHolidays.has(year),
    )
    return lacking.length > 0
      ? [`${name}：缺 ${lacking.join('、')} 年的节假日表，推广消息会等着 · the days off are missing, promotion waits`]
      : []
  })
}
