import { addDays } from '../../../../platform/clock.ts'
import type { ProtocolDefinition, Step } from '../../contract/protocol.ts'
import type { OccurrenceState, VisitAction } from '../../contract/words.ts'
import { addInterval, windowAround, type Window } from './dates.ts'

/** As much of a follow-up as decides what comes after it. */
export interface Standing extends Window {
  step: string
  track: string
  sequence: number
  state: OccurrenceState
  action: VisitAction | null
  actualOn: string | null
}

export interface Planned extends Window {
  step: Step
  sequence: number
}

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
): Planned | undefined {
  if (!last) {
    const step = firstStep(protocol, track)
    return step && { step, sequence: 1, ...windowAround(addInterval(anchorOn, step.first!), anchorOn, step) }
  }
  if (last.state === 'planned' || last.state === 'due') return undefined
  const before = stepOf(protocol, last.step)
  const step = before ? following(protocol, before, last) : firstStep(protocol, track)
  if (!step) return undefined
  const from = last.actualOn ?? last.dueOn
  const dueOn = wishedOn ?? addInterval(from, step.after ?? step.first!)
  return { step, sequence: last.sequence + 1, ...windowAround(dueOn, from, step) }
}

function following(protocol: ProtocolDefinition, before: Step, last: Standing): Step | undefined {
  const branch = last.actualOn && before.branches.find(({ action }) => action === last.action)
  const code = branch ? branch.next : before.next
  return code === null ? undefined : stepOf(protocol, code)
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
  | { kind: 'missed'; sequence: number; dueBefore: boolean }

/**
 * Brings one track up to a date: opens windows, passes over what was missed, plans what comes next. However long nobody
 * looked, each follow-up is planned and, once its window is over, counted as missed; only the newest is left to be done.
 */
export function advance(
  protocol: ProtocolDefinition,
  track: string,
  anchorOn: string,
  last: Standing | undefined,
  today: string,
): { moves: Move[]; now: Standing | undefined } {
  const moves: Move[] = []
  let now = last
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    if (now && (now.state === 'planned' || now.state === 'due') && now.windowUntil < today) {
      moves.push({ kind: 'missed', sequence: now.sequence, dueBefore: now.state === 'due' })
      now = { ...now, state: 'missed' }
    } else if (now?.state === 'planned' && now.windowFrom <= today) {
      // A reminder has done its work once it is sent.
      const isMessage = stepOf(protocol, now.step)?.kind === 'message'
      moves.push(
        isMessage
          ? { kind: 'sent', sequence: now.sequence, stepCode: now.step }
          : { kind: 'due', sequence: now.sequence },
      )
      now = isMessage ? { ...now, state: 'done', actualOn: today } : { ...now, state: 'due' }
    } else {
      const planned = nextInTrack(protocol, track, anchorOn, now)
      if (!planned) return { moves, now }
      moves.push({ kind: 'plan', planned })
      const { step, sequence, windowFrom, dueOn, windowUntil } = planned
      now = {
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
  }
  return { moves, now }
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
