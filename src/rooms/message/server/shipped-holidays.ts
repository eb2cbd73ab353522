import { createRequire } from 'node:module'
import type { HolidayDay } from '../contract/holiday.ts'

/** `English name,中文名,days` by date, as the package keeps them. */
interface Seed {
  holidays: Record<string, string>
  workdays: Record<string, string>
}

export const SEED_SOURCE = 'chinese-days 1.5.7'

/** So many days off a whole year has at least (国务院令第795号: 13 since 2025). */
const WHOLE_YEAR_DAYS = 11

/**
 * Days off that come with Peiban, by year: those of the package chinese-days where it is installed. Only years whose
 * table it holds whole: of any other year its own functions answer as if there were no days off at all.
 */
export const shippedHolidays: ReadonlyMap<number, readonly HolidayDay[]> = readSeed()

function readSeed(): Map<number, HolidayDay[]> {
  const seed = openSeed()
  const days = (list: Record<string, string>, kind: HolidayDay['kind']) =>
    Object.entries(list).map(([day, names]) => ({ day, kind, name: names.split(',')[1] ?? '' }))
  const all = [...days(seed.holidays, 'off'), ...days(seed.workdays, 'work')].toSorted((a, b) =>
    a.day < b.day ? -1 : 1,
  )
  const years = Map.groupBy(all, ({ day }) => Number(day.slice(0, 4)))
  return new Map([...years].filter(([year, list]) => isWholeYear(year, list)))
}

function openSeed(): Seed {
  try {
    return createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as Seed
  } catch {
    return { holidays: {}, workdays: {} }
  }
}

/** A table that ends in spring is no table of the year: New Year and National Day are in each. */
export function isWholeYear(year: number, days: readonly HolidayDay[]): boolean {
  const off = new Set(days.filter(({ kind }) => kind === 'off').map(({ day }) => day))
  return off.size >= WHOLE_YEAR_DAYS && off.has(`${year}-01-01`) && off.has(`${year}-10-01`)
}
