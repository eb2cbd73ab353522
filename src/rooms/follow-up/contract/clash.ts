import { addDays, daysBetween } from '../../../platform/clock.ts'
import { CONTACTS, type ContactRule } from './pathway.ts'

/** When the person hears of a step, and when they are seen: a message as the window opens, a visit on its day. */
export interface Contact {
  on: string
  step: string
  /** The follow-up it belongs to. */
  of: string
  how: 'message' | 'visit'
  timeOfDay: string | undefined
}

export interface Clash {
  code: 'same-day' | 'too-many' | 'outside-hours'
  on: string
  steps: string[]
}
export interface Gap {
  from: string
  to: string
  days: number
}

/** Where contacts of a walk get in each other's way, one entry per day and kind; in the order of the days. */
export function clashesOf(contacts: readonly Contact[], rule: ContactRule = {}): Clash[] {
  const { perWeek, from, until } = { ...CONTACTS, ...rule }
  const days = Map.groupBy(contacts, ({ on }) => on)
  const clashes: Clash[] = []
  for (const [on, those] of days) {
    const steps = [...new Set(those.map(({ step }) => step))]
    if (steps.length > 1) clashes.push({ code: 'same-day', on, steps })
    const late = those.filter(({ timeOfDay }) => timeOfDay && (timeOfDay < from || timeOfDay >= until))
    if (late.length > 0) clashes.push({ code: 'outside-hours', on, steps: [...new Set(late.map(({ step }) => step))] })
    const week = contacts.filter((one) => one.on > addDays(on, -7) && one.on <= on)
    // What tells of a visit and the visit itself are one contact to the person.
    if (new Set(week.map(({ of }) => of)).size > perWeek)
      clashes.push({ code: 'too-many', on, steps: [...new Set(week.map(({ step }) => step))] })
  }
  return clashes
}

/** Stretches in which nobody is in touch for longer than the definition wants, the way to its first contact included. */
export function gapsOf(contacts: readonly Contact[], startOn: string, endOn: string, rule: ContactRule = {}): Gap[] {
  const { gapDays } = { ...CONTACTS, ...rule }
  const days = [startOn, ...contacts.map(({ on }) => on).filter((on) => on > startOn), endOn]
  return days.slice(1).flatMap((to, index) => {
    const from = days[index]!
    const length = daysBetween(from, to)
    return length > gapDays ? [{ from, to, days: length }] : []
  })
}
