import { addInterval } from './dates.ts'
import { leadsTo, type ProtocolDefinition } from '../../contract/protocol.ts'
import { nextInTrack, stepOf, tracksOf, type Known, type Planned, type Standing } from './plan.ts'

/** A running plan as far as another version may change it. */
export interface RunningPlan {
  anchorOn: string
  /** The newest follow-up of each track, and the newest settled one. */
  newest: ReadonlyMap<string, Standing>
  settled: ReadonlyMap<string, Standing>
}

export interface Next {
  track: string
  step: string
  dueOn: string
  due: boolean
}

export interface Impact {
  before: Next[]
  nextStep: Next[]
  rePlan: Next[]
  lost: string[]
  added: string[]
}

/**
 * What another version does to a plan: the next follow-up of each track as it is, as it would be once it goes over with its
 * next step (the open one counted as done on its day), and as it would be planned anew. What is due already stays.
 */
export function impactOf(
  old: ProtocolDefinition,
  next: ProtocolDefinition,
  plan: RunningPlan,
  today: string,
  known: Known,
): Impact {
  const tracks = [...new Set([...tracksOf(old), ...tracksOf(next), ...plan.newest.keys()])]
  const lists: Pick<Impact, 'before' | 'nextStep' | 'rePlan'> = { before: [], nextStep: [], rePlan: [] }
  const ahead = new Set<string>()
  for (const track of tracks) {
    const newest = plan.newest.get(track)
    const open = newest && (newest.state === 'planned' || newest.state === 'due') ? newest : undefined
    const before = open
      ? openOf(open)
      : plannedOf(track, nextInTrack(old, track, anchorFor(old, track, plan, today), newest, undefined, known))
    if (before) {
      lists.before.push(before)
      for (const code of reachableFrom(old, before.step)) ahead.add(code)
    }
    const anchor = newest ? plan.anchorOn : today
    const done = open && { ...open, state: 'done' as const, action: null, actualOn: open.dueOn }
    const over = nextInTrack(next, track, anchor, done ?? newest, undefined, known)
    push(lists.nextStep, plannedOf(track, over))
    if (open?.state === 'due') lists.rePlan.push(openOf(open))
    else
      push(lists.rePlan, plannedOf(track, nextInTrack(next, track, anchor, plan.settled.get(track), undefined, known)))
  }
  const codes = new Set(next.steps.map(({ code }) => code))
  const had = new Set(old.steps.map(({ code }) => code))
  return {
    ...lists,
    lost: [...ahead].filter((code) => !codes.has(code)),
    added: [...codes].filter((code) => !had.has(code)),
  }
}

/** A track that a plan has not begun begins by its anchor while it is young, and from today once it is not. */
function anchorFor(definition: ProtocolDefinition, track: string, plan: RunningPlan, today: string): string {
  const first = definition.steps.find((step) => step.track === track && step.first !== null)?.first
  return first && addInterval(plan.anchorOn, first) >= today ? plan.anchorOn : today
}

const openOf = ({ track, step, dueOn, state }: Standing): Next => ({ track, step, dueOn, due: state === 'due' })
const plannedOf = (track: string, planned: Planned | undefined): Next | undefined =>
  planned && { track, step: planned.step.code, dueOn: planned.dueOn, due: false }
const push = (list: Next[], one: Next | undefined) => void (one && list.push(one))

function reachableFrom(definition: ProtocolDefinition, code: string): Set<string> {
  const found = new Set<string>()
  const waiting = [code]
  while (waiting.length > 0) {
    const step = stepOf(definition, waiting.pop()!)
    if (!step || found.has(step.code)) continue
    found.add(step.code)
    waiting.push(...leadsTo(step).filter((to) => to !== null))
  }
  return found
}

/** What was shown of a plan: another one says that it has gone on. */
export function stampOf(version: number, switchTo: number | null, newest: Iterable<Standing>): string {
  const tracks = [...newest].map(({ track, sequence, state }) => `${track}.${sequence}.${state}`).toSorted()
  return [version, switchTo ?? '-', ...tracks].join(' ')
}
