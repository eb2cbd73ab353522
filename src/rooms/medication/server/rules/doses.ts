import { addDays, instantAt } from '../../../../platform/clock.ts'
import type { Adherence, DayMark, Mark, Outcome, ScheduleContent } from '../../contract/words.ts'

/** A version, and from when it counts. */
export interface Standing {
  version: number
  since: Date
  content: ScheduleContent
}

/** One dose: a day and a time of it. */
export interface Slot {
  on: string
  minute: number
  at: Date
  content: ScheduleContent
}

export interface Taken {
  on: string
  minute: number
  outcome: Outcome
}

/** From, until: half open; null: it lasts. */
export interface Span {
  from: Date
  until: Date | null
}

export const slotKey = ({ on, minute }: Pick<Slot, 'on' | 'minute'>) => `${on} ${minute}`

const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000

function isDueOn({ days, fromOn, untilOn }: ScheduleContent, on: string): boolean {
  if (on < fromOn || (untilOn !== null && on > untilOn)) return false
  if (days.kind === 'daily') return true
  if (days.kind === 'weekdays') return days.days.includes(((dayNumber(on) + 3) % 7) + 1)
  return (dayNumber(on) - dayNumber(fromOn)) % days.days === 0
}

/**
 * The doses between two days, both included, in their order. A time belongs to the version that counted at that very
 * moment, so that a change leaves alone what was due before it.
 * @param versions oldest first
 */
export function slotsWithin(
  versions: readonly Standing[],
  { from, until }: { from: string; until: string },
  timeZone: string,
  endedAt: Date | null,
): Slot[] {
  const slots: Slot[] = []
  for (const [index, { since, content }] of versions.entries()) {
    const end = [versions[index + 1]?.since, endedAt].filter((at) => at != null).toSorted((a, b) => +a - +b)[0]
    for (let on = from < content.fromOn ? content.fromOn : from; on <= until; on = addDays(on, 1)) {
      if (content.untilOn !== null && on > content.untilOn) break
      if (!isDueOn(content, on)) continue
      for (const minute of content.minutes) {
        const at = instantAt(on, minute, timeZone)
        if (at >= since && (end === undefined || at < end)) slots.push({ on, minute, at, content })
      }
    }
  }
  return slots.toSorted((a, b) => +a.at - +b.at)
}

/** Beyond this no dose is looked for: `every` is at most thirty days. */
const AHEAD_DAYS = 31

/** When the next dose of the latest version is due after a moment; null: never again. */
export function nextAfter(latest: Standing, after: Date, today: string, timeZone: string): Date | null {
  const from = latest.content.fromOn > today ? latest.content.fromOn : today
  const slots = slotsWithin([latest], { from, until: addDays(from, AHEAD_DAYS) }, timeZone, null)
  return slots.find(({ at }) => at > after)?.at ?? null
}

/** What a dose is to whoever looks at it now. What may still be noted tomorrow counts as nothing yet. */
export function marksOf(
  slots: readonly Slot[],
  takes: readonly Taken[],
  stays: readonly Span[],
  { now, today }: { now: Date; today: string },
): { slot: Slot; mark: Mark }[] {
  const told = new Map(takes.map((one) => [slotKey(one), one.outcome]))
  const yesterday = addDays(today, -1)
  return slots.map((slot) => {
    const outcome = told.get(slotKey(slot))
    if (outcome) return { slot, mark: outcome }
    if (stays.some(({ from, until }) => from <= slot.at && (until === null || slot.at < until)))
      return { slot, mark: 'away' }
    if (slot.at > now) return { slot, mark: 'ahead' }
    return { slot, mark: slot.on >= yesterday ? 'open' : 'none' }
  })
}

type Marked = ReturnType<typeof marksOf>

export function adherenceOf(marked: Marked): Adherence {
  const count = (wanted: Mark) => marked.filter(({ mark }) => mark === wanted).length
  const [taken, skipped, none, away] = [count('taken'), count('skipped'), count('none'), count('away')]
  const byDay = Map.groupBy(marked, ({ slot }) => slot.on)
  const daysWithout = [...byDay.values()].filter(isSilent).length
  return { known: taken + skipped, taken, skipped, none, away, daysWithout }
}

/** Something was due, nothing was noted, and nothing can be any more. */
const isSilent = (day: Marked) =>
  day.some(({ mark }) => mark === 'none') && day.every(({ mark }) => mark === 'none' || mark === 'away')

/** A day a square, oldest first. */
export function stripOf(marked: Marked, from: string, until: string): { on: string; mark: DayMark }[] {
  const byDay = Map.groupBy(marked, ({ slot }) => slot.on)
  const strip: { on: string; mark: DayMark }[] = []
  for (let on = from; on <= until; on = addDays(on, 1)) strip.push({ on, mark: dayMark(byDay.get(on) ?? []) })
  return strip
}

function dayMark(day: Marked): DayMark {
  const marks = new Set(day.map(({ mark }) => mark).filter((mark) => mark !== 'ahead'))
  if (marks.size === 0) return 'off'
  if (marks.has('taken')) return [...marks].every((mark) => mark === 'taken' || mark === 'away') ? 'taken' : 'partly'
  if (marks.has('skipped')) return 'skipped'
  if (marks.has('open')) return 'open'
  return marks.has('none') ? 'none' : 'away'
}

/** How many doses in a row, up to the last one noted, were left out. Doses of which nothing is known neither add nor end it. */
export function skippedInARow(marked: Marked): number {
  const known = marked.filter(({ mark }) => mark === 'taken' || mark === 'skipped')
  const last = known.findLastIndex(({ mark }) => mark === 'taken')
  return known.length - 1 - last
}

/** How many days up to yesterday went by without any note; days in hospital and days on which nothing was due do not count. */
export function silentDays(marked: Marked, today: string): number {
  const byDay = [...Map.groupBy(marked, ({ slot }) => slot.on)].toSorted(([a], [b]) => (a < b ? 1 : -1))
  let days = 0
  for (const [on, day] of byDay) {
    if (day.some(({ mark }) => mark === 'taken' || mark === 'skipped')) break
    if (on < today && day.some(({ mark }) => mark === 'none' || mark === 'open')) days++
  }
  return days
}
