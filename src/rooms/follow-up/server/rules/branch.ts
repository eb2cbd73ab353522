import type { Condition } from '../../../tag/contract/condition.ts'
import type { Answers } from '../../contract/form.ts'
import type { Branch, Step } from '../../contract/step.ts'
import type { OccurrenceState, VisitAction } from '../../contract/words.ts'

/** What came of a follow-up: as much as a branch may ask. */
export interface Outcome {
  state: OccurrenceState
  action: VisitAction | null
  actualOn: string | null
  /** Of its own form; absent where nothing was filled in. */
  answers?: Answers | undefined
}

/** Whether a condition holds for the person whose plan it is, at the moment of looking. */
export type Holds = (condition: Condition) => boolean

/**
 * The branch that a settled follow-up takes: the first of the list that fits. One that was left out (cancelled, skipped)
 * takes none: it goes on by `next`.
 */
export function branchOf({ branches }: Pick<Step, 'branches'>, outcome: Outcome, holds: Holds): Branch | undefined {
  const { state } = outcome
  if (state !== 'done' && state !== 'done-late' && state !== 'missed') return undefined
  return branches.find((branch) => fits(branch, outcome, holds))
}

function fits(branch: Branch, { state, action, actualOn, answers = {} }: Outcome, holds: Holds): boolean {
  if ('missed' in branch) return state === 'missed'
  if ('when' in branch) return holds(branch.when)
  if (!actualOn) return false
  if ('action' in branch) return branch.action === action
  const answer = answers[branch.item]
  if ('in' in branch) {
    const chosen = Array.isArray(answer) ? (answer as unknown[]) : [answer]
    return chosen.some((one) => typeof one === 'string' && branch.in.includes(one))
  }
  return typeof answer === 'number' && compares(answer, branch.op, branch.value)
}

function compares(value: number, op: '<' | '<=' | '=' | '>=' | '>', limit: number): boolean {
  if (op === '=') return value === limit
  if (op === '<') return value < limit
  if (op === '<=') return value <= limit
  return op === '>' ? value > limit : value >= limit
}

/** The conditions that the steps ask: branches once a step is settled, the way in when a window opens. */
export function conditionsOf(steps: readonly Step[]): Condition[] {
  return steps.flatMap((step) => [
    ...step.branches.flatMap((branch) => ('when' in branch ? [branch.when] : [])),
    ...(step.onlyIf ? [step.onlyIf.condition] : []),
  ])
}
