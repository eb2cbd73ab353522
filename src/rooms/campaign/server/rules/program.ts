import type { Step } from '../../contract/definition.ts'

/** A path made flat: each step with the one that follows it, branches led back to what comes after them. */
export interface Program {
  /** Null: there is nothing to do. */
  first: string | null
  nodes: ReadonlyMap<string, Node>
}

export interface Node {
  step: Step
  /** What follows; of a split and a trial, what follows when a branch is empty. */
  next: string | null
  /** Of a split: `yes`, `no`; of a trial: by the number of the arm. */
  branches: readonly (string | null)[]
}

export function compileProgram(path: readonly Step[]): Program {
  const nodes = new Map<string, Node>()
  const lay = (steps: readonly Step[], after: string | null): string | null => {
    let next = after
    for (const step of steps.toReversed()) {
      const following = next
      const inner =
        step.kind === 'split' ? [step.yes, step.no] : step.kind === 'trial' ? step.arms.map((a) => a.path) : []
      nodes.set(step.id, { step, next: following, branches: inner.map((branch) => lay(branch, following)) })
      next = step.id
    }
    return next
  }
  return { first: lay(path, null), nodes }
}
