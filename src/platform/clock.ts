/** The only place that reads the machine's time. Everything else is handed a `Clock`. */
export interface Clock {
  now(): Date
  /** The calendar date in a time zone, `YYYY-MM-DD`. */
  today(timeZone: string): string
}

export const systemClock: Clock = {
  now: () => new Date(),
  today: (timeZone) => dateIn(new Date(), timeZone),
}

/** A clock for tests and the simulator: stands still until it is moved. */
export interface TravellingClock extends Clock {
  set(instant: string | Date): void
  advance(duration: { days?: number; hours?: number; minutes?: number; seconds?: number }): void
}

export function travellingClock(start: string): TravellingClock {
  let current = new Date(start).getTime()
  return {
    now: () => new Date(current),
    today: (timeZone) => dateIn(new Date(current), timeZone),
    set: (instant) => void (current = new Date(instant).getTime()),
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) =>
      void (current += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000),
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

const QUARTER_MS = 15 * 60_000
const QUARTERS_KEPT = 5000
/** Dates by quarter of an hour, in which it rarely changes; null where it does. */
const quarters = new Map<string, Map<number, string | null>>()

/** The calendar date of an instant in a time zone. Lists ask it for every line, mostly of the same few hours. */
export function dateIn(instant: Date, timeZone: string): string {
  const quarter = Math.floor(instant.getTime() / QUARTER_MS)
  let known = quarters.get(timeZone)
  if (!known) quarters.set(timeZone, (known = new Map()))
  let date = known.get(quarter)
  if (date === undefined) {
    date = dateByCalendar(new Date(quarter * QUARTER_MS), timeZone)
    if (date !== dateByCalendar(new Date((quarter + 1) * QUARTER_MS - 1), timeZone)) date = null
    if (known.size >= QUARTERS_KEPT) known.clear()
    known.set(quarter, date)
  }
  return date ?? dateByCalendar(instant, timeZone)
}

function dateByCalendar(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return format.format(instant)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Minutes since midnight of an instant in a time zone: for call hours, digests, quiet hours. */
export function minuteOfDay(instant: Date, timeZone: string): number {
  // Work in batches asks for the same moment hundreds of times.
  const millisecond = instant.getTime()
  if (lastMinute?.millisecond !== millisecond || lastMinute.timeZone !== timeZone)
    lastMinute = { millisecond, timeZone, minute: minuteByClock(instant, timeZone) }
  return lastMinute.minute
}

let lastMinute: { millisecond: number; timeZone: string; minute: number } | null = null

function minuteByClock(instant: Date, timeZone: string): number {
  let clock = clocks.get(timeZone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hour12: false })
    clocks.set(timeZone, clock)
  }
  const parts = clock.format(instant).split(':')
  return Number(parts[0]) * 60 + Number(parts[1])
}

/** The instant at which a wall-clock time of a calendar date begins in a time zone. */
export function instantAt(date: string, minute: number, timeZone: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * 60_000
  // Two rounds settle the offset also beside a change of summer time.
  let guess = wall
  for (let round = 0; round < 2; round++) guess = wall - offsetOf(new Date(guess), timeZone)
  return new Date(guess)
}

function offsetOf(instant: Date, timeZone: string): number {
  const date = dateIn(instant, timeZone)
  const wall = Date.parse(`${date}T00:00:00Z`) + minuteOfDay(instant, timeZone) * 60_000
  return wall - Math.floor(instant.getTime() / 60_000) * 60_000
}

/** Adds whole days to a calendar date. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Adds calendar months; a day the month lacks becomes its last one: 31 January + 1 month = 28 February. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

/** Days from one calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** The day on which somebody has completed so many years; of who was born on 29 February, in common years, 1 March. */
export function birthdayOf(birthDate: string, years: number): string {
  const inYear = `${String(Number(birthDate.slice(0, 4)) + years).padStart(4, '0')}${birthDate.slice(4)}`
  return new Date(`${inYear}T00:00:00Z`).toISOString().slice(0, 10)
}

/** Completed years of age on a date. */
export function ageOn(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years
}
