import { instantAt } from '../../../platform/clock.ts'
import type { IncomingInstant } from './incoming.ts'

const pad = (value: number, length = 2): string => String(value).padStart(length, '0')

/** Offsets by zone and hour, so that a message of many results asks the calendar once. */
const offsets = new Map<string, string>()
const OFFSETS_KEPT = 4096

/** The offset (`+08:00`) that wall clocks of a zone show at a local hour. A fixed offset is its own answer. */
export function offsetOf(date: string, hour: number, zone: string): string {
  if (zone === 'Z' || /^[+-]\d\d:\d\d$/.test(zone)) return zone
  const key = `${zone} ${date} ${hour}`
  const known = offsets.get(key)
  if (known) return known
  const minute = hour * 60
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * 60_000
  const minutes = Math.round((wall - instantAt(date, minute, zone).getTime()) / 60_000)
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
  if (offsets.size >= OFFSETS_KEPT) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** Whether a day exists in the Gregorian calendar, in a year a patient of ours can have lived in. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1850 || year > 2200 || month < 1 || month > 12 || day < 1) return false
  return day <= daysInMonth(year, month)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export type TimeParts = {
  year: number
  month?: number
  day?: number
  hour?: number
  minute?: number
  second?: number
  /** Digits after the second's point. */
  fraction?: string
  /** `+08:00` or `Z`, when the source stated one. */
  offset?: string
}

/**
 * An instant from its parts; `zone` (IANA name or offset) holds where the source stated none.
 * Undefined when the parts name no day that exists. A time that does not exist leaves the day.
 */
export function toInstant(parts: TimeParts, zone: string): IncomingInstant | undefined {
  const { year, month, day, hour, minute = 0, second } = parts
  if (!isCalendarDay(year, month ?? 1, day ?? 1)) return undefined
  const date = `${pad(year, 4)}-${pad(month ?? 1)}-${pad(day ?? 1)}`
  const hasTime = day !== undefined && hour !== undefined && hour < 24 && minute < 60 && (second ?? 0) < 60
  const offset = parts.offset ?? offsetOf(date, hasTime ? hour : 0, zone)
  if (!hasTime) {
    const precision = month === undefined ? 'year' : day === undefined ? 'month' : 'day'
    return { at: `${date}T00:00:00${offset}`, precision }
  }
  const fraction = parts.fraction ? `.${parts.fraction}` : ''
  const time = `${pad(hour)}:${pad(minute)}:${pad(second ?? 0)}${fraction}`
  return { at: `${date}T${time}${offset}`, precision: second === undefined ? 'minute' : 'second' }
}
