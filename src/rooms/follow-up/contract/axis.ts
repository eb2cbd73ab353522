import { addDays, addMonths, daysBetween } from '../../../platform/clock.ts'
import { clashesOf, gapsOf, type Contact } from './clash.ts'
import type { Interval, Margin, ProtocolDefinition, Step } from './protocol.ts'

/**
 * A pathway laid out by days from its anchor, as it goes when each step is done on its day: what the designer draws. Pure,
 * so that it follows each letter typed; dates of a real person come from `server/rules/walk.ts`.
 */
export interface Placed {
  step: string
  track: string
  /** Which time of the step, from 1. */
  nth: number
  day: number
  from: number
  until: number
  /** anchor: begins its track · next: follows · repeat: the same again · branch: only where a branch leads to it. */
  by: 'anchor' | 'next' | 'repeat' | 'branch'
  /** The step before it. */
  after: string | null
}

export interface AxisFault {
  code: 'same-day' | 'too-many' | 'outside-hours' | 'gap'
  day: number
  /** The day a gap ends; else the same day. */
  until: number
  steps: string[]
}

export interface Axis {
  lanes: { track: string; placed: Placed[] }[]
  /** Steps that nothing leads to. */
  loose: string[]
  /** Steps that repeat without an end. */
  endless: string[]
  /** The last day that is drawn. */
  days: number
  faults: AxisFault[]
}

/** No year in the middle of it is a leap year, and months are as long as they are on average. */
const DAY_0 = '2001-01-01'
const DAYS_MAX = 3700
/** So far at least, and so many repeats of what never ends. */
const DAYS_LEAST = 30
const REPEATS_DRAWN = 4
const PLACED_MAX = 600

const dateOf = (day: number) => addDays(DAY_0, day)

/** The day an interval later. */
export function later(day: number, { days = 0, months = 0 }: Interval): number {
  return daysBetween(DAY_0, addDays(months === 0 ? dateOf(day) : addMonths(dateOf(day), months), days))
}

export function axisOf(definition: ProtocolDefinition): Axis {
  const reach = lay(definition, 0)
  const endless = reach.endless.map((code) => definition.steps.find((step) => step.code === code)!)
  const drawn = endless.map((step) => {
    const last = reach.placed.findLast((one) => one.step === step.code)!
    return last.day + (later(last.day, step.after ?? { days: 1 }) - last.day) * (REPEATS_DRAWN - 1)
  })
  const days = Math.min(DAYS_MAX, Math.max(DAYS_LEAST, ...reach.placed.map(({ until }) => until), ...drawn))
  const { placed } = lay(definition, days)
  const found = new Set(placed.map(({ step }) => step))
  const tracks = [...new Set(definition.steps.map(({ track }) => track))]
  return {
    lanes: tracks.map((track) => ({ track, placed: placed.filter((one) => one.track === track) })),
    loose: definition.steps.flatMap(({ code }) => (found.has(code) ? [] : [code])),
    endless: reach.endless,
    days,
    faults: faultsOf(definition, placed),
  }
}

/** The way of each track to the day where what never ends is broken off, and where branches lead. */
function lay(definition: ProtocolDefinition, days: number): { placed: Placed[]; endless: string[] } {
  const byCode = new Map(definition.steps.map((step) => [step.code, step]))
  const placed: Placed[] = []
  const endless: string[] = []
  for (const track of new Set(definition.steps.map((step) => step.track))) {
    const first = definition.steps.find((step) => step.track === track && step.first !== null)
    if (first) follow({ byCode, placed, endless, days }, first, later(0, first.first!), 0, 'anchor', null)
  }
  for (let at = 0; at < placed.length && placed.length < PLACED_MAX; at++) {
    const source = placed[at]!
    if (source.nth > 1) continue
    for (const { next } of byCode.get(source.step)!.branches) {
      const target = next === null ? undefined : byCode.get(next)
      if (!target?.after || placed.some((one) => one.step === target.code)) continue
      placed.push(place(target, later(source.day, target.after), source.day, 1, 'branch', source.step))
    }
    // What follows a step that only a branch leads to.
    const then = source.by === 'branch' ? byCode.get(byCode.get(source.step)!.next ?? '') : undefined
    if (then?.after && !placed.some((one) => one.step === then.code))
      placed.push(place(then, later(source.day, then.after), source.day, 1, 'branch', source.step))
  }
  return { placed, endless }
}

interface Laying {
  byCode: ReadonlyMap<string, Step>
  placed: Placed[]
  endless: string[]
  days: number
}

function follow(
  { byCode, placed, endless, days }: Laying,
  first: Step,
  firstDay: number,
  from: number,
  by: Placed['by'],
  after: string | null,
): void {
  const times = new Map<string, number>()
  let step: Step | undefined = first
  let now = { day: firstDay, from, by, after }
  while (step && placed.length < PLACED_MAX) {
    const nth: number = (times.get(step.code) ?? 0) + 1
    times.set(step.code, nth)
    placed.push(place(step, now.day, now.from, nth, nth > 1 ? 'repeat' : now.by, now.after))
    const code: string | null = isLast(step, nth, now.day) ? (step.recurrence?.then ?? null) : step.next
    const next: Step | undefined = code === null ? undefined : byCode.get(code)
    if (!next?.after) return
    const day = later(now.day, next.after)
    const isAgain = times.has(next.code)
    if (isAgain && !next.recurrence && !endless.includes(next.code)) endless.push(next.code)
    if (isAgain && (day > DAYS_MAX || (!next.recurrence && day > days))) return
    now = { day, from: now.day, by: 'next', after: step.code }
    step = next
  }
}

function isLast({ code, next, after, recurrence }: Step, nth: number, day: number): boolean {
  if (!recurrence || next !== code) return false
  if (recurrence.times !== undefined && nth >= recurrence.times) return true
  return recurrence.until !== undefined && later(day, after ?? { days: 0 }) > later(0, recurrence.until)
}

function place(step: Step, day: number, from: number, nth: number, by: Placed['by'], after: string | null): Placed {
  const distance = day - from
  const width = (margin: Margin) => ('days' in margin ? margin.days : Math.round((distance * margin.percent) / 100))
  const opens = Math.max(day - width(step.window.before), day > from ? from + 1 : day)
  return { step: step.code, track: step.track, nth, day, from: opens, until: day + width(step.window.after), by, after }
}

/** Contacts as the walk reckons them, of what comes to everybody. */
function faultsOf(definition: ProtocolDefinition, placed: readonly Placed[]): AxisFault[] {
  const byCode = new Map(definition.steps.map((step) => [step.code, step]))
  const contacts = placed
    .filter(({ by }) => by !== 'branch')
    .flatMap((one): Contact[] => {
      const step = byCode.get(one.step)!
      const isSent = step.kind === 'message' || step.kind === 'education'
      const isAsked = step.kind === 'questionnaire'
      const about = { step: one.step, of: `${one.track} ${one.step} ${one.nth}` }
      return [
        ...(step.message !== null || isSent || isAsked
          ? [{ ...about, on: dateOf(one.from), how: 'message' as const, timeOfDay: step.timeOfDay }]
          : []),
        ...(isSent || isAsked || step.kind === 'task'
          ? []
          : [{ ...about, on: dateOf(one.day), how: 'visit' as const, timeOfDay: undefined }]),
      ]
    })
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const last = contacts.at(-1)?.on
  if (!last) return []
  const dayOf = (on: string) => daysBetween(DAY_0, on)
  return [
    ...clashesOf(contacts, definition.contacts).map(({ code, on, steps }) => ({
      code,
      day: dayOf(on),
      until: dayOf(on),
      steps,
    })),
    ...gapsOf(contacts, DAY_0, last, definition.contacts).map(({ from, to }) => ({
      code: 'gap' as const,
      day: dayOf(from),
      until: dayOf(to),
      steps: contacts
        .filter(({ on }) => on === to)
        .map(({ step }) => step)
        .slice(0, 1),
    })),
  ]
}
