import type { WriteContext } from '../../../platform/context/context.ts'
import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import type { Missed } from './escalate.ts'
import type { NewOccurrence, OccurrenceRow, StateChange } from './occurrence-store.ts'
import { isSent, stepOf, type Move } from './rules/plan.ts'
import type { RunRow } from './run-store.ts'
import type { Telling } from './tell.ts'

/** A window that has opened. */
export interface Opening {
  occurrenceId: string
  patientId: string
  runId: string
  step: Step
  dueOn: string
  windowUntil: string
  protocol: ProtocolDefinition
}

/** What one look at a plan leads to, gathered for all plans of the batch and written in a few statements. */
export interface Differences {
  added: NewOccurrence[]
  changed: StateChange[]
  /** For somebody of the house to do, for the person to answer, to be put forward. */
  due: Opening[]
  asked: Opening[]
  taught: Opening[]
  missed: { occurrenceId: string; run: RunRow; step: string; as: Missed | undefined }[]
  /** Open past its target time. */
  late: Missed[]
  told: Telling[]
  switched: RunRow[]
  completed: RunRow[]
}

export const noDifferences = (): Differences => ({
  added: [],
  changed: [],
  due: [],
  asked: [],
  taught: [],
  missed: [],
  late: [],
  told: [],
  switched: [],
  completed: [],
})

/**
 * Turns the moves of one track into rows: a follow-up that is planned and missed in one look is written once.
 * @returns the id of the newest follow-up of the track
 */
export function gather(
  ctx: WriteContext,
  run: RunRow,
  protocol: ProtocolDefinition,
  track: string,
  before: OccurrenceRow | undefined,
  moves: readonly Move[],
  today: string,
  to: Differences,
): string | undefined {
  const fresh = new Map<number, NewOccurrence>()
  const change = before && changeOf(before)
  for (const move of moves) {
    if (move.kind === 'plan') {
      const row = rowOf(ctx, run, track, move)
      fresh.set(row.sequence, row)
      to.added.push(row)
      continue
    }
    const row = fresh.get(move.sequence)
    const settled = settledAs(ctx, move, today)
    if (row) Object.assign(row, settled)
    else Object.assign(change!, settled, { to: settled.state })
    if (!row && !to.changed.includes(change!)) to.changed.push(change!)
    const about = row ?? {
      id: before!.id,
      step: before!.step,
      dueOn: before!.due_on,
      windowUntil: before!.window_until,
    }
    if (move.kind === 'skipped') continue
    if (move.kind === 'missed') {
      const step = stepOf(protocol, about.step)
      const as = step && { occurrenceId: about.id, run, step, protocol }
      to.missed.push({ occurrenceId: about.id, run, step: about.step, as })
    } else noteOpening(run, protocol, about, to)
  }
  return [...fresh.values()].at(-1)?.id ?? before?.id
}

function changeOf({ id, state }: OccurrenceRow): StateChange {
  return { id, from: state as 'planned' | 'due', to: 'due', taskId: null, actualOn: null, reason: null }
}

function rowOf(
  ctx: WriteContext,
  run: RunRow,
  track: string,
  { planned: { step, sequence, windowFrom, dueOn, windowUntil } }: Extract<Move, { kind: 'plan' }>,
): NewOccurrence {
  return {
    id: ctx.ids.next(),
    runId: run.id,
    patientId: run.patient_id,
    step: step.code,
    track,
    sequence,
    windowFrom,
    dueOn,
    windowUntil,
    rank: step.rank,
    state: 'planned',
    taskId: null,
    actualOn: null,
  }
}

function settledAs(ctx: WriteContext, move: Exclude<Move, { kind: 'plan' }>, today: string) {
  if (move.kind === 'sent') return { state: 'done' as const, actualOn: today, reason: null }
  if (move.kind !== 'skipped') return { state: move.kind, actualOn: null, reason: null }
  const language = ctx.tenant.locale === 'en' ? 'en' : 'zh'
  return { state: 'cancelled' as const, actualOn: null, reason: move.because?.[language] ?? 'before-start' }
}

function noteOpening(
  run: RunRow,
  protocol: ProtocolDefinition,
  about: { id: string; step: string; dueOn: string; windowUntil: string },
  to: Differences,
): void {
  const step = stepOf(protocol, about.step)
  if (!step) return
  const { id: occurrenceId, dueOn, windowUntil } = about
  const opening = { occurrenceId, patientId: run.patient_id, runId: run.id, step, dueOn, windowUntil, protocol }
  if (step.kind === 'questionnaire') to.asked.push(opening)
  else if (step.kind === 'education') to.taught.push(opening)
  else if (!isSent(step)) to.due.push(opening)
  if (step.message) to.told.push(tellingOf(step, opening))
}

/** The message of a step, on the first channel of its ladder, at its time of the day. */
export function tellingOf(
  step: Pick<Step, 'message' | 'channels' | 'timeOfDay'>,
  {
    patientId,
    occurrenceId,
    dueOn,
    windowUntil,
  }: Pick<Opening, 'patientId' | 'occurrenceId' | 'dueOn' | 'windowUntil'>,
): Telling {
  return {
    patientId,
    template: step.message!,
    occurrenceId,
    dueOn,
    until: windowUntil,
    ladder: step.channels,
    timeOfDay: step.timeOfDay,
  }
}
