import type { Bilingual } from '../../../../platform/contract/index.ts'
import type { Branch, ProtocolDefinition } from '../../contract/protocol.ts'

/** What somebody assumes while walking: what came of one time of a step. */
export interface Assumed {
  step: string
  nth: number
  result: 'done' | 'missed'
  action?: string
  answers?: Record<string, unknown>
}
export interface Truth {
  place: string
  holds: boolean
  fromDay: number
}

export function assume(all: readonly Assumed[], one: Assumed): Assumed[] {
  return [...all.filter(({ step, nth }) => step !== one.step || nth !== one.nth), one]
}

/** The outcome that leads into a branch; undefined where it goes by a condition, which is turned above. */
export function outcomeOf(branch: Branch): Omit<Assumed, 'step' | 'nth'> | undefined {
  if ('missed' in branch) return { result: 'missed' }
  if ('when' in branch) return undefined
  if ('action' in branch) return { result: 'done', action: branch.action }
  if ('in' in branch) return { result: 'done', answers: { [branch.item]: branch.in[0]! } }
  const { op, value } = branch
  return { result: 'done', answers: { [branch.item]: op === '<' ? value - 1 : op === '>' ? value + 1 : value } }
}

type Place = { kind: 'only-if' | 'branch' | 'exit' | 'goal'; name: Bilingual; condition?: unknown }

/** `step:<code>:only-if`, `step:<code>:branch:<index>`, `exit:<code>`, `goal:<code>`. */
export function conditionAt(definition: ProtocolDefinition, place: string): Place | undefined {
  const [kind, code = '', part, index] = place.split(':')
  if (kind === 'exit') {
    const rule = definition.exits?.find((one) => one.code === code)
    return rule && { kind, name: rule.name, ...('condition' in rule.when ? { condition: rule.when.condition } : {}) }
  }
  if (kind === 'goal') {
    const goal = definition.goals?.find((one) => one.code === code)
    return goal && { kind, name: goal.name }
  }
  const step = definition.steps.find((one) => one.code === code)
  if (!step) return undefined
  if (part === 'only-if') return { kind: 'only-if', name: step.name, condition: step.onlyIf?.condition }
  const branch = step.branches[Number(index)]
  return branch && { kind: 'branch', name: step.name, ...('when' in branch ? { condition: branch.when } : {}) }
}
