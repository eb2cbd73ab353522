import { addDays, daysBetween } from '../../../../platform/clock.ts'
import { addInterval } from '../../contract/interval.ts'
import type { Margin, Step } from '../../contract/protocol.ts'

export { addInterval }

export interface Window {
  windowFrom: string
  dueOn: string
  windowUntil: string
}

/**
 * The window around a due date. A share counts from the step's own interval, reckoned from `from`; the window never
 * opens before the day after `from` (a visit is not due again on its own day), unless it is due that day.
 */
export function windowAround(dueOn: string, from: string, step: Pick<Step, 'first' | 'after' | 'window'>): Window {
  const distance = daysBetween(from, addInterval(from, step.after ?? step.first ?? { days: 0 }))
  const days = (margin: Margin) => ('days' in margin ? margin.days : Math.round((distance * margin.percent) / 100))
  const opens = addDays(dueOn, -days(step.window.before))
  const earliest = dueOn > from ? addDays(from, 1) : dueOn
  return {
    windowFrom: opens < earliest ? earliest : opens,
    dueOn,
    windowUntil: addDays(dueOn, days(step.window.after)),
  }
}
