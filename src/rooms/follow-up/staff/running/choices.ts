import type { ImpactLine, SwitchHow } from '../../contract/impact.ts'

/** Exceptions to what was chosen for all, by plan. */
export type Choices = ReadonlyMap<string, SwitchHow>

/** What is being decided: to which version, for all that nothing else is known of, and for single plans. */
export interface Deciding {
  to: number
  all: SwitchHow
  choices: Choices
}

type Known = Pick<ImpactLine, 'runId' | 'switchTo' | 'switchHow'>

/** A choice of now before a decision that waits already, and that before what is for all: nothing is undone unasked. */
export function howOf({ runId, switchTo, switchHow }: Known, { to, all, choices }: Deciding): SwitchHow {
  return choices.get(runId) ?? (switchTo === to && switchHow ? switchHow : all)
}

/** What is to be said to the house: only where it differs from what waits. */
export function decisionsOf(lines: readonly ImpactLine[] | undefined, deciding: Deciding) {
  return (lines ?? []).flatMap((line) => {
    const how = howOf(line, deciding)
    const waits = line.switchTo === deciding.to ? line.switchHow : 'leave'
    // What waits for another version is taken off only by a word of its own.
    const isSaid = line.switchTo !== null && line.switchTo !== deciding.to && deciding.choices.has(line.runId)
    return how === waits && !isSaid ? [] : [{ runId: line.runId, how, stamp: line.stamp }]
  })
}

export function tally(lines: readonly ImpactLine[] | undefined, deciding: Deciding) {
  const counts: Record<SwitchHow, number> = { leave: 0, 'next-step': 0, 're-plan': 0 }
  for (const line of lines ?? []) counts[howOf(line, deciding)]++
  return counts
}

/** Groups that somebody may decide about together: what stands next in them, and whether any day moves. */
export const GROUPS = ['all', 'moves', 'stays', 'due', 'exceptions'] as const
export type Group = (typeof GROUPS)[number]

export function inGroup(line: ImpactLine, group: Group, choices: Choices): boolean {
  if (group === 'moves') return line.moves
  if (group === 'stays') return !line.moves
  if (group === 'due') return line.before.some(({ due }) => due)
  return group === 'all' || choices.has(line.runId)
}
