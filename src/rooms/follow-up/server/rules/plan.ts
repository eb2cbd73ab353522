import { addDays } from '../../../../platform/clock.ts'
import type { Bilingual } from '../../../../platform/contract/index.ts'
import type { ProtocolDefinition, Step } from '../../contract/protocol.ts'
import { branchOf, type Holds, type Outcome } from './branch.ts'
import { addInterval, windowAround, type Window } from './dates.ts'

/** As much of a follow-up as decides what comes after it. */
export interface Standing extends Window, Outcome {
  step: string
  track: string
  sequence: number
  /** It was decided, with its answers in hand, that nothing follows. */
  ends?: boolean
}

export interface Planned extends Window {
  step: Step
  sequence: number
}

/** What is known about a person and a plan besides the newest follow-up. */
export interface Known {
  holds: Holds
  /** How often a step has been there in this plan, the newest one included. */
  repeats: (step: string) => number
  /** The day the plan began, where what lay before it is skipped instead of missed. */
  skipsBefore?: string | undefined
  /** In hospital: nothing opens, nothing is missed. */
  rests?: boolean
}

/** For definitions that ask nothing, and for looking ahead. */
export const NOTHING_KNOWN: Known = { holds: () => false, repeats: () => 1 }

export function stepOf(protocol: ProtocolDefinition, code: string): Step | undefined {
  return protocol.steps.find((step) => step.code === code)
}

export function tracksOf(protocol: ProtocolDefinition): string[] {
  return [...new Set(protocol.steps.map((step) => step.track))]
}

/** What begins a track; undefined where only branches lead into it. */
function firstStep(protocol: ProtocolDefinition, track: string): Step | undefined {
  return protocol.steps.find((step) => step.track === track && step.first !== null)
}

/**
 * The follow-up that comes next in a track: the first one from the anchor; after a visit from the day it really took
 * place, by what the visit decided; after one that was missed or cancelled from its due date, the normal cycle.
 * @param last the newest follow-up of the track; undefined when there is none
 * @param wishedOn the day that was agreed with the person at the visit, instead of the computed one
 * @returns undefined while one is open, or when the track has ended
 */
export function nextInTrack(
  protocol: ProtocolDefinition,
  track: string,
  anchorOn: string,
  last: Standing | undefined,
  wishedOn?: string,
  known: Known = NOTHING_KNOWN,
): Planned | undefined {
  if (!last) {
    const step = firstStep(protocol, track)
    return step && { step, sequence: 1, ...windowAround(addInterval(anchorOn, step.first!), anchorOn, step) }
  }
  if (last.ends || last.state === 'planned' || last.state === 'due') return undefined
  const before = stepOf(protocol, last.step)
  const step = before ? following(protocol, before, anchorOn, last, known) : firstStep(protocol, track)
  if (!step) return undefined
  const from = last.actualOn ?? last.dueOn
  const dueOn = wishedOn ?? addInterval(from, step.after ?? step.first!)
  return { step, sequence: last.sequence + 1, ...windowAround(dueOn, from, step) }
}

function following(
  protocol: ProtocolDefinition,
  before: Step,
  anchorOn: string,
  last: Standing,
  known: Known,
): Step | undefined {
  const branch = branchOf(before, last, known.holds)
  const code = branch
    ? branch.next
    : isOver(before, anchorOn, last, known)
      ? (before.recurrence?.then ?? null)
      : before.next
  return code === null ? undefined : stepOf(protocol, code)
}

/** Whether a step that repeats has been there often enough, or its next day lies too far out. */
function isOver({ code, next, after, recurrence }: Step, anchorOn: string, last: Standing, known: Known): boolean {
  if (!recurrence || next !== code) return false
  const { times, until } = recurrence
  if (times !== undefined && known.repeats(code) >= times) return true
  if (until === undefined) return false
  return addInterval(last.actualOn ?? last.dueOn, after ?? { days: 0 }) > addInterval(anchorOn, until)
}

/** What a due date must not pass: a look within two weeks stays within two weeks. */
export function latestDueOn(actualOn: string, step: Step): string {
  const latest = windowAround(addInterval(actualOn, step.after ?? { days: 0 }), actualOn, step)
  return step.rank < 2 ? latest.dueOn : latest.windowUntil
}

export type Move =
  | { kind: 'plan'; planned: Planned }
  | { kind: 'due'; sequence: number }
  | { kind: 'sent'; sequence: number; stepCode: string }
  /** Left out when its window opened; null: it lay before the plan began. */
  | { kind: 'skipped'; sequence: number; because: Bilingual | null }
  | { kind: 'missed'; sequence: number; dueBefore: boolean }

/** What has done its work once it is sent. */
export function isSent(step: Pick<Step, 'kind'> | undefined): boolean {
  return step?.kind === 'message' || step?.kind === 'education'
}

/** Somebody sees or calls the person. */
export function isSeen({ kind }: Pick<Step, 'kind'>): boolean {
  return kind === 'visit' || kind === 'call' || kind === 'home-visit'
}

/**
 * Brings one track up to a date: opens windows, passes over what was missed, plans what comes next. However long nobody
 * looked, each follow-up is planned and, once its window is over, counted as missed; only the newest is left to be done.
 * Whoever does not meet what a step asks skips it when its window opens, however long ago that was.
 */
export function advance(
  protocol: ProtocolDefinition,
  track: string,
  anchorOn: string,
  last: Standing | undefined,
  today: string,
  known: Known = NOTHING_KNOWN,
): { moves: Move[]; now: Standing | undefined } {
  const moves: Move[] = []
  const planned = new Map<string, number>()
  const knows: Known = { ...known, repeats: (code) => (last ? known.repeats(code) : 0) + (planned.get(code) ?? 0) }
  let now = last
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    if (known.rests && (now?.state === 'planned' || now?.state === 'due') && now.windowFrom <= today)
      return { moves, now }
    const skipped = now?.state === 'planned' && now.windowFrom <= today && skipOf(protocol, now, known)
    if (now && skipped) {
      moves.push({ kind: 'skipped', sequence: now.sequence, because: skipped.because })
      now = { ...now, state: 'cancelled' }
    } else if (now && (now.state === 'planned' || now.state === 'due') && now.windowUntil < today) {
      moves.push({ kind: 'missed', sequence: now.sequence, dueBefore: now.state === 'due' })
      now = { ...now, state: 'missed' }
    } else if (now?.state === 'planned' && now.windowFrom <= today) {
      const sent = isSent(stepOf(protocol, now.step))
      moves.push(
        sent ? { kind: 'sent', sequence: now.sequence, stepCode: now.step } : { kind: 'due', sequence: now.sequence },
      )
      now = sent ? { ...now, state: 'done', actualOn: today } : { ...now, state: 'due' }
    } else {
      const next = nextInTrack(protocol, track, anchorOn, now, undefined, knows)
      if (!next) return { moves, now }
      moves.push({ kind: 'plan', planned: next })
      planned.set(next.step.code, (planned.get(next.step.code) ?? 0) + 1)
      now = standingOf(next, track)
    }
  }
  return { moves, now }
}

function standingOf({ step, sequence, windowFrom, dueOn, windowUntil }: Planned, track: string): Standing {
  return {
    step: step.code,
    track,
    sequence,
    windowFrom,
    dueOn,
    windowUntil,
    state: 'planned',
    action: null,
    actualOn: null,
  }
}

function skipOf(
  protocol: ProtocolDefinition,
  { step, windowUntil }: Standing,
  { holds, skipsBefore }: Known,
): { because: Bilingual | null } | undefined {
  if (skipsBefore && windowUntil < skipsBefore) return { because: null }
  const onlyIf = stepOf(protocol, step)?.onlyIf
  return onlyIf && !holds(onlyIf.condition) ? { because: onlyIf.otherwise } : undefined
}

/** A plan asleep for ten years of quarters is brought up in several looks rather than in one endless turn. */
const TURNS_MAX = 120

/** The next date at which `advance` would find something to do; undefined when the track has ended. */
export function nextLook(now: Standing | undefined): string | undefined {
  if (now?.state === 'planned') return now.windowFrom
  if (now?.state === 'due') return addDays(now.windowUntil, 1)
  return undefined
}

/** Whether nothing more is to come, and since when nothing more can be entered late. */
export function closesOn(protocol: ProtocolDefinition, tracks: readonly (Standing | undefined)[]): string | undefined {
  if (tracks.some((now) => now === undefined || now.state === 'planned' || now.state === 'due')) return undefined
  const ends = tracks.map((now) => now!.windowUntil).toSorted()
  const missed = tracks.some((now) => now!.state === 'missed')
  return missed ? addDays(ends.at(-1)!, protocol.closesAfterDays) : '0001-01-01'
}
