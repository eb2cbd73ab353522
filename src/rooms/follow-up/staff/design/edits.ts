import type { Branch, ProtocolDefinition, Step } from '../../contract/protocol.ts'
import { axisOf, later } from '../../contract/axis.ts'
import type { StepKind } from '../../contract/step.ts'

/** What the designer does to a definition. Each keeps what the engine cannot do without: no step leads nowhere. */

type Definition = ProtocolDefinition
const byCode = ({ steps }: Definition, code: string) => steps.find((step) => step.code === code)

export function changeStep(definition: Definition, code: string, change: (step: Step) => Step): Definition {
  return { ...definition, steps: definition.steps.map((step) => (step.code === code ? change(step) : step)) }
}

/** Takes keys away that have become undefined, so that a definition stays equal to what is kept of it. */
export function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}

export const setStep = (definition: Definition, code: string, changed: { [K in keyof Step]?: Step[K] | undefined }) =>
  changeStep(definition, code, (step) => clean({ ...step, ...changed }) as Step)

/** `call-2`: free in this definition, whatever has been removed before. */
export function freeCode(taken: Iterable<string>, stem: string): string {
  const known = new Set(taken)
  if (!known.has(stem)) return stem
  let n = 2
  while (known.has(`${stem}-${n}`)) n++
  return `${stem}-${n}`
}

const WAY: Record<StepKind, Step['way']> = {
  visit: 'any',
  call: 'phone',
  'home-visit': 'face-to-face',
  task: 'any',
  message: 'message',
  questionnaire: 'message',
  education: 'message',
}

/** A step of a kind as it begins: whole enough to be kept. */
export function newStep(definition: Definition, kind: StepKind, name: { zh: string; en: string }, track: string): Step {
  return {
    code: freeCode(
      definition.steps.map(({ code }) => code),
      kind,
    ),
    name,
    track,
    kind,
    first: null,
    after: null,
    next: null,
    branches: [],
    window: { before: { days: 0 }, after: { days: 7 } },
    way: WAY[kind],
    owner: 'manager',
    escalation: null,
    form: null,
    message: null,
    rank: 2,
    // Both are asked for by the form of a definition; which ones is chosen next, and said in the list until then.
    ...(kind === 'questionnaire' ? { questionnaire: '-' } : {}),
    ...(kind === 'education' ? { cards: ['-'] } : {}),
  }
}

/** At the end of a line of its own, beginning so many days after the anchor. */
export function addLine(definition: Definition, step: Step, day: number): Definition {
  const track = freeCode(
    definition.steps.map((one) => one.track),
    step.kind,
  )
  return { ...definition, steps: [...definition.steps, { ...step, track, first: { days: day } }] }
}

/** After a step of its line; what came next comes after it. After what repeats without an end nothing can come. */
export function addAfter(definition: Definition, code: string, step: Step, days = 30): Definition {
  const before = byCode(definition, code)
  if (!before) return definition
  const repeats = before.next === before.code
  const next = repeats ? (before.recurrence?.then ?? null) : before.next
  const added: Step = { ...step, track: before.track, phase: before.phase, after: { days }, next }
  const leads: Step = repeats
    ? { ...before, recurrence: { ...(before.recurrence ?? { times: 3 }), then: added.code } }
    : { ...before, next: added.code }
  const steps = definition.steps.flatMap((one) => (one.code === code ? [leads, clean(added) as Step] : [one]))
  return { ...definition, steps }
}

/** The last step of the main way of a line: what one goes on from. */
export function endOf(definition: Definition, track: string): string | undefined {
  const lane = axisOf(definition).lanes.find((one) => one.track === track)
  return (
    lane?.placed.findLast(({ by }) => by !== 'branch')?.step ??
    definition.steps.findLast((one) => one.track === track)?.code
  )
}

/** A second one like it, just behind it. */
export function duplicate(definition: Definition, code: string): { definition: Definition; copied: string } {
  const step = byCode(definition, code)!
  const copied = freeCode(
    definition.steps.map((one) => one.code),
    step.code.replace(/-\d+$/, ''),
  )
  const { first: _first, recurrence: _recurrence, ...rest } = step
  const copy: Step = { ...rest, code: copied, first: null, next: null }
  return { definition: addAfter(definition, code, copy, distanceOf(step)), copied }
}

const distanceOf = ({ after }: Step): number => (after ? Math.max(1, later(0, after)) : 7)

/** Takes a step out; what led to it leads on, and what followed a first one begins on its day. */
export function removeStep(definition: Definition, code: string): Definition {
  const gone = byCode(definition, code)
  if (!gone || definition.steps.length === 1) return definition
  const then = gone.next === code ? (gone.recurrence?.then ?? null) : gone.next
  const to = (target: string | null): string | null => (target === code ? then : target)
  const steps = definition.steps
    .filter((step) => step.code !== code)
    .map((step): Step => {
      const { recurrence } = step
      const next = to(step.next)
      const branches = step.branches.filter((branch) => branch.next !== code)
      const begins = gone.first !== null && step.code === then && step.first === null
      return clean({
        ...step,
        next,
        branches,
        first: begins ? gone.first : step.first,
        recurrence: recurrence?.then === undefined ? recurrence : { ...recurrence, then: to(recurrence.then) },
      }) as Step
    })
  const left = { ...definition, steps }
  return steps.some((step) => step.first)
    ? left
    : changeStep(left, steps[0]!.code, (step) => ({ ...step, first: gone.first ?? { days: 7 } }))
}

/**
 * Puts a step on another day of the axis: a first one counts from the anchor, another one from the step before it, and
 * what follows moves along. It stays behind what it follows.
 */
export function moveStep(definition: Definition, code: string, by: number): Definition {
  const lanes = axisOf(definition).lanes.flatMap(({ placed }) => placed)
  const place = lanes.find((one) => one.step === code)
  if (!place || by === 0) return definition
  if (place.by === 'anchor') return setStep(definition, code, { first: { days: Math.max(0, place.day + by) } })
  const source = lanes.findLast((one) => one.step === place.after && one.day <= place.day)
  const least = byCode(definition, code)!.next === code ? 1 : 0
  return setStep(definition, code, { after: { days: Math.max(least, place.day + by - (source?.day ?? 0)) } })
}

/** Where a step goes on to: the target says after how long, as the engine needs it. */
export function leadTo(definition: Definition, code: string, next: string | null): Definition {
  const ready = withAfter(definition, next)
  return changeStep(ready, code, (step) => {
    const { recurrence: _recurrence, ...rest } = step
    return next === code ? { ...step, next } : { ...rest, next }
  })
}

export function withAfter(definition: Definition, code: string | null): Definition {
  const target = code === null ? undefined : byCode(definition, code)
  if (!target || target.after) return definition
  return setStep(definition, target.code, {
    after: target.first && later(0, target.first) > 0 ? target.first : { days: 7 },
  })
}

export function setBranch(definition: Definition, code: string, index: number, branch: Branch): Definition {
  return changeStep(withAfter(definition, branch.next), code, (step) => ({
    ...step,
    branches: step.branches.length === index ? [...step.branches, branch] : step.branches.with(index, branch),
  }))
}

export function dropBranch(definition: Definition, code: string, index: number): Definition {
  return changeStep(definition, code, (step) => ({ ...step, branches: step.branches.toSpliced(index, 1) }))
}

/** A step in the same line that only a branch leads to. */
export function addBranched(
  definition: Definition,
  code: string,
  step: Step,
  branch: (next: string) => Branch,
): Definition {
  const source = byCode(definition, code)!
  const added: Step = clean({ ...step, track: source.track, phase: source.phase, after: { days: 14 } }) as Step
  const index = definition.steps.findIndex((one) => one.code === code)
  const steps = definition.steps.toSpliced(index + 1, 0, added)
  return setBranch({ ...definition, steps }, code, source.branches.length, branch(added.code))
}

/** Whoever writes it anew is not who had reviewed it. */
export const unreviewed = (definition: Definition): Definition =>
  definition.reviewer === null ? definition : { ...definition, reviewer: null }
