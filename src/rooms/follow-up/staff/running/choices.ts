import type { ImpactLine, SwitchHow } from '../../contract/impact.ts'

/** Exceptions to what was chosen for all, by plan. */
export type Choices = ReadonlyMap<string, SwitchHow>

export const howOf = ({ runId }: Pick<ImpactLine, 'runId'>, all: SwitchHow, choices: Choices): SwitchHow =>
  choices.get(runId) ?? all

/** What is to be said to the house: a plan that is left as it is needs no word. */
export function decisionsOf(lines: readonly ImpactLine[] | undefined, all: SwitchHow, choices: Choices) {
  return (lines ?? []).flatMap((line) => {
    const how = howOf(line, all, choices)
    return how === 'leave' && line.switchTo === null ? [] : [{ runId: line.runId, how, stamp: line.stamp }]
  })
}

export function tally(lines: readonly ImpactLine[] | undefined, all: SwitchHow, choices: Choices) {
  const counts: Record<SwitchHow, number> = { leave: 0, 'next-step': 0, 're-plan': 0 }
  for (const line of lines ?? []) counts[howOf(line, all, choices)]++
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
