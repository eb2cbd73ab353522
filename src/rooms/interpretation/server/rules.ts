import { addDays, instantAt } from '../../../platform/clock.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Grade, OrderAct, OrderState, Outcome } from '../contract/words.ts'

export type Move = Exclude<OrderAct, 'correct' | 'end-tracking'>

/** What may become of an interpretation: which act leads from which states to which. Who missed a time may get another one. */
export const TRANSITIONS: Record<Move, { from: readonly OrderState[]; to: OrderState }> = {
  offer: { from: ['asked', 'offered', 'missed'], to: 'offered' },
  book: { from: ['asked', 'offered', 'booked', 'missed'], to: 'booked' },
  cancel: { from: ['asked', 'offered', 'booked'], to: 'cancelled' },
  miss: { from: ['booked'], to: 'missed' },
  talk: { from: ['booked', 'missed'], to: 'done' },
}

export const mayFollow = (act: Move, state: OrderState): boolean => TRANSITIONS[act].from.includes(state)

/** A doctor may begin this much before the time: people who are early are not sent away. */
export const EARLY_MS = 60 * 60_000

export interface Span {
  startsAt: Date
  endsAt: Date
}

/** Most times that one call may make: a row of a whole day, each week for half a year. */
export const SLOTS_MAX = 500
export const WEEKS_MAX = 26

export interface Times {
  on: string
  /** `HH:MM` of the organization's own clock. */
  from: string
  until: string
  lengthMinutes: number
  repeatUntil: string | null
}

/**
 * A span of a day cut into talks, on the same weekday until the last day; what is left over at the end of a span is no
 * talk. The clock is that of the organization, so that 10:00 stays 10:00 beside a change of summer time.
 */
export function cutSlots({ on, from, until, lengthMinutes, repeatUntil }: Times, timeZone: string): Span[] {
  const first = minuteOf(from)
  const last = minuteOf(until)
  const spans: Span[] = []
  for (
    let week = 0, day = on;
    week === 0 || (repeatUntil !== null && day <= repeatUntil);
    day = addDays(on, ++week * 7)
  )
    for (let minute = first; minute + lengthMinutes <= last; minute += lengthMinutes)
      spans.push({
        startsAt: instantAt(day, minute, timeZone),
        endsAt: instantAt(day, minute + lengthMinutes, timeZone),
      })
  return spans
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** Those that lie beside none of `taken`: a doctor is not in two talks at once. */
export function withoutOverlap(spans: readonly Span[], taken: readonly Span[]): Span[] {
  return spans.filter((one) => !taken.some((other) => one.startsAt < other.endsAt && other.startsAt < one.endsAt))
}

/** The day before, at ten in the morning; null when that has passed, since the booking itself has just been told. */
export function reminderAt(startsOn: string, now: Date, timeZone: string): Date | null {
  const at = instantAt(addDays(startsOn, -1), 10 * 60, timeZone)
  return at > now ? at : null
}

/** Grades after which somebody has to know what to do next. */
const NEEDS_NEXT: readonly Grade[] = ['recheck', 'specialist', 'urgent']

export function lacksNext({ grade, next, recheck }: Pick<Outcome, 'grade' | 'next' | 'recheck'>): boolean {
  return NEEDS_NEXT.includes(grade) && next.length === 0 && (grade !== 'recheck' || recheck === null)
}

/** Everything in an outcome that people wrote, as one text. */
export function writtenIn({ meaning, options, ifNothing, next, recheck, monthly }: Outcome): string {
  return [
    meaning,
    ifNothing,
    ...options.flatMap(({ title, pros, cons }) => [title, pros, cons]),
    ...next.flatMap(({ what, by }) => [what, by]),
    recheck?.what ?? '',
    monthly?.reason ?? '',
  ].join('\n')
}

/** `3月4日（周三）10:00`, `Wed 4 March, 10:00`, in the organization's time zone. */
export function momentWords(at: Date, timeZone: string, locale: Locale): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { timeZone, ...options }).format(at)
  const time = clockOf(at, timeZone)
  const day = part({ month: 'long', day: 'numeric' })
  return locale === 'en'
    ? `${part({ weekday: 'short' })} ${day}, ${time}`
    : `${day}（${part({ weekday: 'short' })}）${time}`
}

/** `10:00`. */
export function clockOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}
