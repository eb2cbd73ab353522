import { addDays, daysBetween } from '../../../../platform/clock.ts'
import { USUAL_STAY, type ProtocolDefinition, type Step } from '../../contract/protocol.ts'
import { addInterval, windowAround, type Window } from './dates.ts'

/** Days in hospital, both included. */
export interface StayDays {
  from: string
  until: string
}

export const stayRuleOf = ({ stay = USUAL_STAY }: Pick<ProtocolDefinition, 'stay'>) => stay

/** The later of two calendar dates. */
const later = (a: string, b: string) => (a > b ? a : b)

/**
 * When a follow-up that fell into a stay comes, once that is over.
 * @param before its window as it was
 * @param discharge the last day of the stay
 * @param today it never comes in the past, also where the stay is told of late
 */
export function afterStay(
  protocol: ProtocolDefinition,
  step: Step,
  before: Window,
  discharge: string,
  today: string,
): Window {
  const rule = stayRuleOf(protocol)
  if (rule.kind === 're-anchor') {
    const anew = windowAround(addInterval(discharge, step.after ?? step.first ?? { days: 0 }), discharge, step)
    return { ...anew, dueOn: later(anew.dueOn, today), windowUntil: later(anew.windowUntil, today) }
  }
  const dueOn = later(before.dueOn, later(addDays(discharge, rule.kind === 'move' ? rule.days : 0), today))
  return {
    windowFrom: later(before.windowFrom, addDays(discharge, 1)),
    dueOn,
    windowUntil: later(before.windowUntil, addDays(dueOn, daysBetween(before.dueOn, before.windowUntil))),
  }
}

/** The stay that took its days away from a window: it touches it, and too little of the window is left after it. */
export function stayIn(
  protocol: ProtocolDefinition,
  { windowFrom, windowUntil }: Window,
  stays: readonly StayDays[],
): StayDays | undefined {
  const rule = stayRuleOf(protocol)
  const days = rule.kind === 'move' ? rule.days : 1
  return stays.findLast(
    ({ from, until }) => from <= windowUntil && until >= windowFrom && windowUntil < addDays(until, days),
  )
}
