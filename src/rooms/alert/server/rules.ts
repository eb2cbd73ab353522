import type { Limits } from '../contract/rule.ts'
import type { Act, AlertClass, AlertState, Result } from '../contract/words.ts'

/**
 * What may become of an alert: which act leads from which states to which. What is handed over waits for its receiver;
 * whose person was reached already goes on from there. Closed is the end: a later result raises a new alert.
 */
export const TRANSITIONS: Record<Act, { from: readonly AlertState[]; to: AlertState }> = {
  acknowledge: { from: ['raised', 'handed-over'], to: 'acknowledged' },
  attempt: { from: ['acknowledged', 'reached'], to: 'reached' },
  'hand-over': { from: ['acknowledged', 'reached'], to: 'handed-over' },
  'take-over': { from: ['handed-over', 'acknowledged', 'reached'], to: 'acknowledged' },
  close: { from: ['acknowledged', 'reached'], to: 'closed' },
}

/** Closing without having reached the person is possible where there is nothing left to tell them, or no way to. */
const WITHOUT_REACHING: readonly Result[] = ['admitted', 'corrected', 'deceased', 'unreachable']
const AFTER_REACHING: readonly Result[] = ['recheck', 'visit', 'declined', 'admitted', 'corrected', 'deceased']

/** So many tries in vain are the least before somebody may be called unreachable. */
export const ATTEMPTS_IN_VAIN_MIN = 3

export interface Standing {
  state: AlertState
  handler_id: string | null
  reached_at: Date | null
}

/** The results an alert may be closed with now; none before somebody has acknowledged it. */
export function resultsFor({ state, reached_at }: Standing): readonly Result[] {
  if (!TRANSITIONS.close.from.includes(state)) return []
  return reached_at ? AFTER_REACHING : WITHOUT_REACHING
}

/** What somebody who handles alerts may do with this one now; in the hands of a colleague it is taken over first. */
export function actsFor(alert: Standing, actorId: string | null): Act[] {
  const isMine = alert.handler_id !== null && alert.handler_id === actorId
  return (Object.keys(TRANSITIONS) as Act[]).filter((act) => {
    if (!TRANSITIONS[act].from.includes(alert.state)) return false
    if (act === 'acknowledge') return alert.state === 'raised' || isMine
    return act === 'take-over' ? !isMine : isMine
  })
}

/** The state after an act: whoever takes over an alert whose person was reached goes on from there. */
export function stateAfter(act: Act, { reached_at }: Pick<Standing, 'reached_at'>): AlertState {
  const { to } = TRANSITIONS[act]
  return to === 'acknowledged' && reached_at ? 'reached' : to
}

/** Which step is the next, and so which of the limits runs. */
export function stepOf(state: Exclude<AlertState, 'closed'>): keyof Limits['A'] {
  if (state === 'acknowledged') return 'reach'
  return state === 'reached' ? 'close' : 'acknowledge'
}

/**
 * Proposals: acknowledged within a quarter of an hour and told within two hours for class A, within a day and a week for
 * B (requirements of the 2019 consensus as the house reads them); whoever answers for it confirms or changes them.
 */
export const PROPOSED_LIMITS: Limits = {
  A: { acknowledge: 15, reach: 120, close: 3 * 1440 },
  B: { acknowledge: 1440, reach: 7 * 1440, close: 30 * 1440 },
}

/** When somebody else is told if the next step is not done by then. */
export function dueAfter(limits: Limits, cls: AlertClass, state: AlertState, now: Date, times = 1): Date | null {
  if (state === 'closed') return null
  return new Date(now.getTime() + limits[cls][stepOf(state)] * 60_000 * times)
}

/** Once everybody was told, it is said again less often: nobody hears a bell that never stops. */
export const REMINDER_SPACING = 4

/** Who is told when an alert waits too long, given whom there is that was not told yet. */
export type Escalation = 'next' | 'everybody' | 'handler' | 'again'

/**
 * The ladder: nobody has acknowledged → the next on duty, then the leads with everybody who may handle alerts, then all
 * of them again. In somebody's hands → that person with the leads, again and again.
 */
export function escalationOf(
  state: Exclude<AlertState, 'closed'>,
  untold: { onDuty: number; others: number },
): Escalation {
  if (state === 'acknowledged' || state === 'reached') return 'handler'
  if (untold.onDuty > 0) return 'next'
  return untold.others > 0 ? 'everybody' : 'again'
}

export interface Span {
  from: Date
  until: Date
}

/** Where between two moments nobody is on duty. @param shifts in any order, overlapping or not */
export function gapsOf(shifts: readonly Span[], from: Date, until: Date): Span[] {
  const gaps: Span[] = []
  let covered = from
  for (const shift of shifts.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    if (shift.from >= until) break
    if (shift.from > covered) gaps.push({ from: covered, until: shift.from })
    if (shift.until > covered) covered = shift.until
  }
  if (covered < until) gaps.push({ from: covered, until })
  return gaps
}
