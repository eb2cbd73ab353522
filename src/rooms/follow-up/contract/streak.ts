import type { ProtocolDefinition } from './protocol.ts'
import type { OccurrenceState } from './words.ts'

/** How a step that repeats every week goes: weeks in a row up to now, and the longest row there was. */
export interface Streak {
  step: string
  weeks: number
  longest: number
  /** The newest that is settled was not done. */
  broken: boolean
}

interface Settled {
  step: string
  sequence: number
  state: OccurrenceState
}

/**
 * Weeks in a row in which a weekly step took place; undefined where the protocol has none or nothing is settled yet.
 * Late counts as done, what was cancelled for a reason neither counts nor breaks the row, what was missed breaks it.
 */
export function streakOf(protocol: ProtocolDefinition, occurrences: readonly Settled[]): Streak | undefined {
  const weekly = protocol.steps.find(
    (step) => (step.kind === 'visit' || step.kind === 'call') && step.next === step.code && step.after?.days === 7,
  )
  if (!weekly) return undefined
  const settled = occurrences
    .filter(({ step, state }) => step === weekly.code && ['done', 'done-late', 'missed'].includes(state))
    .toSorted((a, b) => a.sequence - b.sequence)
  if (settled.length === 0) return undefined
  let weeks = 0
  let longest = 0
  for (const { state } of settled) {
    weeks = state === 'missed' ? 0 : weeks + 1
    longest = Math.max(longest, weeks)
  }
  return { step: weekly.code, weeks, longest, broken: settled.at(-1)!.state === 'missed' }
}
