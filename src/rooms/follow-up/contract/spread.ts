import { z } from 'zod'
import { addDays } from '../../../platform/clock.ts'
import { addInterval } from './interval.ts'
import type { ProtocolDefinition, Step } from './protocol.ts'

/**
 * How a pathway begins for many who come in at once, so that not all of them fall due on one day for ever. perDay: so many
 * begin on a day, whoever is beyond waits · overDays: spread evenly over the days that follow. Absent: all at once.
 */
export const spreadRule = z.union([
  z.strictObject({ perDay: z.number().int().min(1).max(100_000) }),
  z.strictObject({ overDays: z.number().int().min(2).max(180) }),
])
export type SpreadRule = z.infer<typeof spreadRule>

/** Up to so many of a day begin on that day by `overDays`: a trickle is no wave. */
export const ENTER_AT_ONCE = 50
/** What has to be done within so many days of coming in bears no waiting. */
export const URGENT_DAYS = 7
/** Nobody is placed further out than this: who is beyond shares the days before it. */
export const FURTHEST_DAYS = 1830

type Spreadable = Pick<ProtocolDefinition, 'entry' | 'anchor' | 'steps' | 'spread'>

/** The step that begins each track. */
export function beginningsOf({ steps }: Pick<ProtocolDefinition, 'steps'>): Step[] {
  return [...new Set(steps.map(({ track }) => track))].flatMap(
    (track) => steps.find((step) => step.track === track && step.first !== null) ?? [],
  )
}

/**
 * Why nobody may wait before a pathway begins. event: it counts from something that happened to the person, a day that
 * never moves · urgent: one of its first steps has to be done within days.
 */
export function whyNotSpread(definition: Spreadable): { why: 'event' | 'urgent'; step: string | null } | undefined {
  const { entry, anchor } = definition
  if (anchor !== 'enrolment' || 'procedure' in entry || 'encounter' in entry) return { why: 'event', step: null }
  const urgent = beginningsOf(definition).find(isUrgent)
  return urgent && { why: 'urgent', step: urgent.code }
}

function isUrgent({ first, rank, window }: Step): boolean {
  const days = (first!.days ?? 0) + (first!.months ?? 0) * 30
  const after = 'days' in window.after ? window.after.days : Math.round((days * window.after.percent) / 100)
  return rank < 2 || days + after < URGENT_DAYS
}

/** The rule that counts; undefined where there is none, or where none may be. */
export function spreadOf(definition: Spreadable): SpreadRule | undefined {
  return definition.spread && !whyNotSpread(definition) ? definition.spread : undefined
}

/** What stands of one day: who came in on it, and who begins on it. */
export interface Begun {
  begins: ReadonlyMap<string, number>
  /** Who came in today, before those who are placed now. */
  entered: number
}

export interface Days {
  today: string
  /** Whether people may begin on this day: its first step then falls on a working day. */
  isOpen: (day: string) => boolean
}

export interface Beginning {
  on: string
  count: number
}

/**
 * On which days so many people begin, earliest first; what is placed already is never moved. The same people placed in one
 * go or in many lie on the same days.
 */
export function placeMany(rule: SpreadRule, count: number, { begins, entered }: Begun, days: Days): Beginning[] {
  if (count <= 0) return []
  if ('perDay' in rule) return fillUp(rule.perDay, count, begins, days)
  const now = Math.min(count, Math.max(0, ENTER_AT_ONCE - entered))
  const rest = level(count - now, begins, openDays(addDays(days.today, 1), rule.overDays, days))
  return [...(now > 0 ? [{ on: days.today, count: now }] : []), ...rest]
}

/** Open days of a stretch; where all of it is shut, every day of it. */
function openDays(from: string, length: number, { isOpen }: Days): string[] {
  const all = Array.from({ length }, (_, n) => addDays(from, n))
  const open = all.filter(isOpen)
  return open.length > 0 ? open : all
}

function fillUp(perDay: number, count: number, begins: Begun['begins'], days: Days): Beginning[] {
  const found: Beginning[] = []
  let left = count
  let day = days.today
  for (let n = 0; n < FURTHEST_DAYS && left > 0; n++, day = addDays(day, 1)) {
    const room = days.isOpen(day) ? perDay - (begins.get(day) ?? 0) : 0
    if (room <= 0) continue
    found.push({ on: day, count: Math.min(room, left) })
    left -= Math.min(room, left)
  }
  if (left === 0) return found
  const before = new Map(found.map(({ on, count: n }) => [on, n]))
  const full = new Map([...begins].map(([on, n]) => [on, n + (before.get(on) ?? 0)]))
  for (const one of level(left, full, openDays(days.today, FURTHEST_DAYS, days)))
    before.set(one.on, (before.get(one.on) ?? 0) + one.count)
  return inOrder(before)
}

/** Evenly: each goes to the day with the fewest, the earliest of them first. */
function level(count: number, begins: Begun['begins'], days: readonly string[]): Beginning[] {
  if (count <= 0) return []
  const taken = days.map((day) => begins.get(day) ?? 0)
  const needed = (height: number) => taken.reduce((sum, n) => sum + Math.max(0, height - n), 0)
  let [low, high] = [0, Math.max(...taken) + count]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (needed(middle) <= count) low = middle
    else high = middle - 1
  }
  let left = count - needed(low)
  const found = new Map<string, number>()
  days.forEach((day, n) => {
    const extra = left > 0 && taken[n]! <= low ? 1 : 0
    left -= extra
    const here = Math.max(0, low - taken[n]!) + extra
    if (here > 0) found.set(day, here)
  })
  return inOrder(found)
}

const inOrder = (found: ReadonlyMap<string, number>): Beginning[] =>
  [...found].map(([on, count]) => ({ on, count })).toSorted((a, b) => (a.on < b.on ? -1 : 1))

/** The day on which the first thing happens to whoever begins on this day. */
export function firstStepOn(definition: Pick<ProtocolDefinition, 'steps'>, begin: string): string {
  const days = beginningsOf(definition).map(({ first }) => addInterval(begin, first!))
  return days.toSorted()[0] ?? begin
}
