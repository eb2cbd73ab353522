import { addDays, daysBetween } from '../../../../platform/clock.ts'
import { isDueOn } from '../../contract/cadence.ts'
import type { Action, Adherence, Outcome } from '../../contract/words.ts'

/** An action as it stood from one day to another; null while it stands. */
export interface ActionSpan {
  action: Action
  from: string
  until: string | null
}

export interface Days {
  from: string
  until: string | null
}

/** What was ticked: `<action key> <date>`. */
export type Ticks = ReadonlyMap<string, Outcome>

/** A day counts once it can no longer be ticked: the one before yesterday and earlier. Ticked ones count at once. */
const OPEN_DAYS = 2
const CREDIT: Record<Outcome, number> = { done: 1, partly: 0.5, 'not-done': 0 }

export function isPaused(pauses: readonly Days[], date: string): boolean {
  return pauses.some(({ from, until }) => from <= date && (until === null || date < until))
}

/**
 * Adherence within a window: done, and half of what was done in part, of what was due. Paused days, and days that can
 * still be ticked and are not, are left out. What is to be done some times a week is due by whole weeks of the span.
 * @param window both days included
 * @param today the organization's day
 */
export function adherenceOf(
  spans: readonly ActionSpan[],
  ticks: Ticks,
  pauses: readonly Days[],
  window: { from: string; until: string },
  today: string,
): Adherence {
  const total = { expected: 0, done: 0, partly: 0 }
  for (const span of spans) {
    const from = span.from > window.from ? span.from : window.from
    const ends = [window.until, today, ...(span.until === null ? [] : [span.until])]
    const until = ends.toSorted()[0]!
    if (until < from) continue
    const one =
      span.action.cadence.kind === 'weekly'
        ? byWeeks(span, span.action.cadence.times, ticks, pauses, from, until, today)
        : byDays(span, ticks, pauses, from, until, today)
    total.expected += one.expected
    total.done += one.done
    total.partly += one.partly
  }
  const { expected, done, partly } = total
  return { ...total, percent: expected === 0 ? null : Math.round((100 * (done + partly / 2)) / expected) }
}

type Counted = Omit<Adherence, 'percent'>

function byDays(
  { action }: ActionSpan,
  ticks: Ticks,
  pauses: readonly Days[],
  from: string,
  until: string,
  today: string,
): Counted {
  const counted = { expected: 0, done: 0, partly: 0 }
  for (let date = from; date <= until; date = addDays(date, 1)) {
    if (!isDueOn(action.cadence, date) || isPaused(pauses, date)) continue
    const outcome = ticks.get(`${action.key} ${date}`)
    if (!outcome && daysBetween(date, today) < OPEN_DAYS) continue
    counted.expected++
    if (outcome === 'done') counted.done++
    if (outcome === 'partly') counted.partly++
  }
  return counted
}

function byWeeks(
  { action, from: begin }: ActionSpan,
  times: number,
  ticks: Ticks,
  pauses: readonly Days[],
  from: string,
  until: string,
  today: string,
): Counted {
  const counted = { expected: 0, done: 0, partly: 0 }
  const behind = Math.max(0, Math.ceil(daysBetween(begin, from) / 7))
  for (let week = addDays(begin, behind * 7); addDays(week, 6) <= until; week = addDays(week, 7)) {
    const dates = Array.from({ length: 7 }, (_, day) => addDays(week, day))
    if (dates.some((date) => isPaused(pauses, date))) continue
    const outcomes = dates
      .flatMap((date) => ticks.get(`${action.key} ${date}`) ?? [])
      .toSorted((a, b) => CREDIT[b] - CREDIT[a])
      .slice(0, times)
    const full = outcomes.filter((one) => one === 'done').length === times
    if (!full && daysBetween(dates[6]!, today) < OPEN_DAYS) continue
    counted.expected += times
    counted.done += outcomes.filter((one) => one === 'done').length
    counted.partly += outcomes.filter((one) => one === 'partly').length
  }
  return counted
}

/** Days on which something stands ticked, within both days. */
export function tickedDays(ticks: Ticks, from: string, until: string): number {
  const days = new Set([...ticks].flatMap(([key, outcome]) => (outcome === 'not-done' ? [] : [key.slice(-10)])))
  return [...days].filter((day) => from <= day && day <= until).length
}

/** The row of days with a tick that reaches to today or yesterday; null where there is none. */
export function tickedInARow(ticks: Ticks, from: string, today: string): { from: string; days: number } | null {
  const isTicked = (day: string) => tickedDays(ticks, day, day) > 0
  let day = isTicked(today) ? today : addDays(today, -1)
  let days = 0
  for (; day >= from && isTicked(day); day = addDays(day, -1)) days++
  return days === 0 ? null : { from: addDays(day, 1), days }
}
