import { dateIn, daysBetween } from '../../clock.ts'
import type { Locale } from '../../contract/words.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`
  let known = formats.get(key)
  if (!known) {
    known = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { timeZone, ...options })
    formats.set(key, known)
  }
  return known
}

/** A calendar date as it is read: `2026-03-02` in Chinese (columns align), `2 Mar 2026` in English. */
export function dateWords(date: string, locale: Locale): string {
  if (locale === 'zh-CN') return date
  return format(locale, 'UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(`${date}T00:00:00Z`))
}

/** `14:05` in the zone of the organization. */
export function timeWords(at: Date, timeZone: string): string {
  return format('en', timeZone, { hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
}

/** A month and a day, for axes: `3月2日`, `2 Mar`. */
export function monthDayWords(at: Date, locale: Locale, timeZone: string): string {
  return format(locale, timeZone, { month: 'short', day: 'numeric' }).format(at)
}

/** A month and its year, for axes: `2026-03`, `Mar 2026`. */
export function monthWords(at: Date, locale: Locale, timeZone: string): string {
  if (locale === 'zh-CN') return dateIn(at, timeZone).slice(0, 7)
  return format(locale, timeZone, { month: 'short', year: 'numeric' }).format(at)
}

/** `一` … `日`, `Mon` …: behind a date that is near. */
export function weekdayWords(date: string, locale: Locale): string {
  return format(locale, 'UTC', { weekday: 'short' }).format(new Date(`${date}T00:00:00Z`))
}

export type NearDay = { key: 'today' | 'tomorrow' | 'yesterday' | 'inDays' | 'daysAgo'; count: number }

/**
 * How a date near today is called; undefined when it is further than `reach` days away and the date itself says more.
 * @param reach days, both ways
 */
export function nearDay(date: string, today: string, reach = 7): NearDay | undefined {
  const days = daysBetween(today, date)
  const count = Math.abs(days)
  if (days === 0) return { key: 'today', count }
  if (days === 1) return { key: 'tomorrow', count }
  if (days === -1) return { key: 'yesterday', count }
  if (count > reach) return undefined
  return { key: days > 0 ? 'inDays' : 'daysAgo', count }
}
