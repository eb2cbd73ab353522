import type { ExitReason, RunState } from '../../contract/words.ts'

export interface FormerRun {
  state: RunState
  exit_reason: ExitReason | null
  /** The rule of leaving that ended it: whoever went that way has been through it. */
  exit_rule?: string | null
}

/**
 * Whether a person's former plans of a protocol keep the house from starting another one by itself. Whoever said no is
 * not asked again by a rule, whatever brought them; whoever a colleague took out, not for the condition they still have.
 */
export function bars(runs: readonly FormerRun[], by: 'condition' | 'procedure' | 'tag'): boolean {
  if (by !== 'procedure' && runs.some((run) => run.state === 'active')) return true
  if (by === 'procedure') return false
  const last = runs.at(-1)
  if (!last) return false
  if (last.exit_reason === 'refusal') return true
  if (by === 'condition' && last.exit_rule) return true
  return (
    by === 'condition' &&
    last.exit_reason !== 'not-applicable' &&
    last.exit_reason !== 'merged' &&
    last.exit_reason !== 'death'
  )
}
