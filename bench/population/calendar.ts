/**
 * Calendar arithmetic on day numbers (days since 1970-01-01, proleptic Gregorian). The hot path makes several dates
 * per member and twenty million observations; integers are an order of magnitude cheaper than Date objects.
 */
export type DayNumber = number

export const DAYS_PER_YEAR = 365.2425

/** Day number of a `YYYY-MM-DD` date. Throws on anything that is not an existing calendar date. */
export function dayOf(date: string): DayNumber {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) throw new Error(`not a YYYY-MM-DD date: ${date}`)
  const day = dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]))
  if (dateOf(day) !== date) throw new Error(`no such day: ${date}`)
  return day
}

/** `YYYY-MM-DD` of a day number, years 0001–9999. */
export function dateOf(day: DayNumber): string {
  const compact = compactDateOf(day)
  return `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`
}

// Howard Hinnant's "days from civil" and its inverse (public domain): the year starts in March, so the leap day is last.
function dayFromParts(year: number, month: number, dayOfMonth: number): DayNumber {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** `YYYYMMDD` of a day number, as it stands in identity numbers and HL7. */
export function compactDateOf(day: DayNumber): string {
  const shifted = day + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return String(year * 10000 + month * 100 + dayOfMonth).padStart(8, '0')
}

/** Calendar year of a day number. */
export function yearOf(day: DayNumber): number {
  return Number(compactDateOf(day).slice(0, 4))
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7
}

/** Completed years of life on `onDay`, as a person counts them: the birthday itself counts, 29 February turns on 1 March. */
export function ageOn(birthDay: DayNumber, onDay: DayNumber): number {
  return Math.floor((Number(compactDateOf(onDay)) - Number(compactDateOf(birthDay))) / 10000)
}
