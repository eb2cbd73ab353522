import { addDays } from '../../../../platform/clock.ts'
import type { Contact } from '../../contract/clash.ts'
import type { Answers } from '../../contract/form.ts'
import type { ProtocolDefinition } from '../../contract/protocol.ts'
import type { VisitAction } from '../../contract/words.ts'
import { branchOf, type Holds } from './branch.ts'
import { addInterval } from './dates.ts'
import { exitCondition } from './goal.ts'
import { advance, isSent, stepOf, tracksOf, type Standing } from './plan.ts'

/** What is assumed to come of a step; without one it is done on the day it is due, by the normal cycle. */
export interface AssumedOutcome {
  step: string
  /** Which time of the step, from 1; absent: each time. */
  nth?: number | undefined
  result: 'done' | 'missed'
  /** Days after its window opens; absent: the day it is due. */
  afterDays?: number | undefined
  action?: VisitAction | undefined
  answers?: Answers | undefined
}

export interface Assumptions {
  startOn: string
  anchorOn: string
  /** So far the walk goes; what is open then stays open. */
  untilOn: string
  outcomes: readonly AssumedOutcome[]
  /** What is true of the person on a day of the walk. */
  holds: (on: string) => Holds
}

export interface WalkItem {
  step: string
  track: string
  sequence: number
  windowFrom: string
  dueOn: string
  windowUntil: string
  state: 'done' | 'missed' | 'skipped' | 'open'
  /** The day it was settled; null: still open. */
  on: string | null
  /** Index of the step's branch that was taken; null: by `next`. */
  branch: number | null
}

export interface Walk {
  items: WalkItem[]
  /** How it ended: by a rule of leaving, or because nothing more came; null: it goes on. */
  ended: { on: string; exit: string | null } | null
}

/** More follow-ups than anybody looks at; a definition that stands still ends here. */
const ITEMS_MAX = 1000

/**
 * Walks somebody through a definition in fast time, by the same rules by which plans run: nothing is kept. The same
 * assumptions give the same walk.
 */
export function walk(definition: ProtocolDefinition, assumed: Assumptions): Walk {
  const tracks = new Map<string, Standing | undefined>(tracksOf(definition).map((track) => [track, undefined]))
  const items: WalkItem[] = []
  const state = { definition, assumed, tracks, items }
  let today: string | undefined = assumed.startOn
  let last = assumed.startOn
  while (today !== undefined && today <= assumed.untilOn && items.length < ITEMS_MAX) {
    last = today
    const exit = exitOn(state, today)
    if (exit) return { items, ended: { on: today, exit } }
    for (const track of tracks.keys()) lookAt(state, track, today)
    // What was missed today may have been one too many.
    const lost = exitOn(state, today)
    if (lost) return { items, ended: { on: today, exit: lost } }
    today = nextDay(state, today)
  }
  const open = [...tracks.values()].some((now) => now && (now.state === 'planned' || now.state === 'due'))
  return { items, ended: open ? null : { on: last, exit: null } }
}

interface State {
  definition: ProtocolDefinition
  assumed: Assumptions
  tracks: Map<string, Standing | undefined>
  items: WalkItem[]
}

const openOf = ({ items }: State, { track, sequence }: Standing) =>
  items.find((item) => item.track === track && item.sequence === sequence)!
const timesOf = ({ items }: State, step: string) => items.filter((item) => item.step === step).length

function assumedFor(state: State, now: Standing): AssumedOutcome | undefined {
  const nth = state.items.filter((item) => item.step === now.step && item.sequence <= now.sequence).length
  const fitting = state.assumed.outcomes.filter(({ step }) => step === now.step)
  return fitting.find((one) => one.nth === nth) ?? fitting.find((one) => one.nth === undefined)
}

/** The day on which an open follow-up is done; undefined: nobody does it. */
function doneOn(state: State, now: Standing): string | undefined {
  const outcome = assumedFor(state, now)
  if (outcome?.result === 'missed') return undefined
  const day = outcome?.afterDays === undefined ? now.dueOn : addDays(now.windowFrom, outcome.afterDays)
  const earliest = day < now.windowFrom ? now.windowFrom : day
  return earliest > now.windowUntil ? now.windowUntil : earliest
}

function lookAt(state: State, track: string, today: string): void {
  const { definition, assumed, tracks, items } = state
  const holds = assumed.holds(today)
  const known = {
    holds,
    repeats: (step: string) => timesOf(state, step),
    skipsBefore: ['last-period', 'delivery', 'birth'].includes(definition.anchor) ? assumed.startOn : undefined,
  }
  // Each turn settles what is done today, and then opens what may open: at most a step of each kind on one day.
  for (let turn = 0; turn < definition.steps.length + 1; turn++) {
    const now = tracks.get(track)
    if (now?.state === 'due' && doneOn(state, now) !== undefined && doneOn(state, now)! <= today) {
      const { action = null, answers } = assumedFor(state, now) ?? {}
      const done: Standing = { ...now, state: 'done', action, actualOn: today, answers }
      settle(state, done, 'done', today)
      tracks.set(track, done)
    }
    const { moves, now: then } = advance(definition, track, assumed.anchorOn, tracks.get(track), today, known)
    const before = tracks.get(track)
    let current = before
    for (const move of moves) {
      if (move.kind === 'plan') {
        const { step, sequence, windowFrom, dueOn, windowUntil } = move.planned
        items.push({
          step: step.code,
          track,
          sequence,
          windowFrom,
          dueOn,
          windowUntil,
          state: 'open',
          on: null,
          branch: null,
        })
        current = {
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
      } else if (move.kind !== 'due') {
        const as = move.kind === 'sent' ? 'done' : move.kind
        const settled: Standing = {
          ...current!,
          state: as === 'skipped' ? 'cancelled' : as,
          actualOn: as === 'done' ? today : null,
        }
        settle(state, settled, as, move.kind === 'missed' ? addDays(current!.windowUntil, 1) : today)
        current = settled
      }
    }
    tracks.set(track, then)
    if (then?.state !== 'due' || doneOn(state, then) === undefined || doneOn(state, then)! > today) return
  }
}

function settle(state: State, standing: Standing, as: 'done' | 'missed' | 'skipped', on: string): void {
  const step = stepOf(state.definition, standing.step)
  const branch = step && branchOf(step, standing, state.assumed.holds(on))
  Object.assign(openOf(state, standing), { state: as, on, branch: branch ? step.branches.indexOf(branch) : null })
}

/** The next day on which anything happens. */
function nextDay(state: State, today: string): string | undefined {
  const days = [...state.tracks.values()].flatMap((now) => {
    if (now?.state === 'planned') return now.windowFrom
    if (now?.state === 'due') return doneOn(state, now) ?? addDays(now.windowUntil, 1)
    return []
  })
  // Whoever is followed up without an end leaves on a day that only the assumptions know: looked at each day.
  const asks = state.definition.exits?.some(({ when }) => 'condition' in when || 'goals' in when) ?? false
  const after = (state.definition.exits ?? []).flatMap(({ when }) =>
    'after' in when ? addInterval(state.assumed.anchorOn, when.after) : [],
  )
  if (days.length === 0) return undefined
  const ahead = [...days, ...after, ...(asks ? [addDays(today, 1)] : [])].filter((day) => day > today)
  return ahead.toSorted()[0]
}

function exitOn(state: State, today: string): string | undefined {
  const { definition, assumed, items } = state
  return definition.exits?.find((rule) => {
    const { when, notBefore } = rule
    if (notBefore && today < addInterval(assumed.anchorOn, notBefore)) return false
    if ('after' in when) return today >= addInterval(assumed.anchorOn, when.after)
    if ('missedInRow' in when)
      return [...state.tracks.keys()].some((track) => {
        if (when.track && when.track !== track) return false
        const settled = items.filter(
          (item) => item.track === track && (item.state === 'done' || item.state === 'missed'),
        )
        return settled.length - 1 - settled.findLastIndex((item) => item.state === 'done') >= when.missedInRow
      })
    const condition = exitCondition(definition, rule)
    return condition !== undefined && assumed.holds(today)(condition)
  })?.code
}

export function contactsOf(definition: ProtocolDefinition, items: readonly WalkItem[]): Contact[] {
  return items
    .flatMap((item): Contact[] => {
      const step = stepOf(definition, item.step)
      if (!step || item.state === 'skipped') return []
      const tells = step.message !== null || step.kind === 'questionnaire' || isSent(step)
      const seen = !isSent(step) && step.kind !== 'questionnaire' && step.kind !== 'task' && item.state === 'done'
      const about = { step: item.step, of: `${item.track} ${item.sequence}` }
      return [
        ...(tells ? [{ ...about, on: item.windowFrom, how: 'message' as const, timeOfDay: step.timeOfDay }] : []),
        ...(seen ? [{ ...about, on: item.on!, how: 'visit' as const, timeOfDay: undefined }] : []),
      ]
    })
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}
