import { dateIn, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import type { CareBatch } from '../../agenda/server/index.ts'
import { closeTasks, createTasks, type NewTask } from '../../task/server/index.ts'
import { followUpMissed } from '../contract/events.ts'
import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import { endPlans } from './end.ts'
import { escalateMissed, type Missed } from './escalate.ts'
import {
  changeStates,
  findLast,
  findTaskIds,
  insertOccurrences,
  type NewOccurrence,
  type OccurrenceRow,
  type StateChange,
} from './occurrence-store.ts'
import type { Person } from './person-store.ts'
import { keyOf, type Protocols } from './protocol-store.ts'
import { replan } from './replan.ts'
import { advance, closesOn, nextLook, stepOf, tracksOf, type Move, type Standing } from './rules/plan.ts'
import { applySwitch, insertRunEvents, type RunRow } from './run-store.ts'
import { tellPatients, type Telling } from './tell.ts'

/** What one look at a plan leads to, gathered for all plans of the batch and written in a few statements. */
interface Differences {
  added: NewOccurrence[]
  changed: StateChange[]
  due: {
    occurrenceId: string
    patientId: string
    runId: string
    step: Step
    dueOn: string
    windowUntil: string
    protocol: ProtocolDefinition
  }[]
  missed: { occurrenceId: string; run: RunRow; step: string; as: Missed | undefined }[]
  told: Telling[]
  switched: RunRow[]
  completed: RunRow[]
}

/** Brings locked plans up to the date of the batch, and says when to look again. */
export async function progress(
  ctx: WriteContext,
  batch: CareBatch,
  protocols: Protocols,
  people: readonly Person[],
  runs: readonly RunRow[],
): Promise<void> {
  const replanned = await replan(ctx, protocols, runs)
  const last = Map.groupBy(
    await findLast(
      ctx.db,
      ctx.organizationId,
      runs.map((run) => run.id),
    ),
    (row) => row.run_id,
  )
  const differences: Differences = {
    added: [],
    changed: [],
    due: [],
    missed: [],
    told: [],
    switched: [],
    completed: [],
  }
  for (const run of runs.map((one) => replanned.get(one.id) ?? one))
    lookAt(ctx, batch, protocols, run, last.get(run.id) ?? [], differences)
  await write(ctx, differences, new Map(people.map((person) => [person.id, person])))
}

function lookAt(
  ctx: WriteContext,
  batch: CareBatch,
  protocols: Protocols,
  run: RunRow,
  rows: readonly OccurrenceRow[],
  to: Differences,
): void {
  const pinned = protocols.get(keyOf(run.protocol_code, run.protocol_version))!.definition
  const next = run.switch_to === null ? undefined : protocols.get(keyOf(run.protocol_code, run.switch_to))?.definition
  const newest = new Map(rows.map((row) => [row.track, row]))
  // A plan that is not of today begins a track it has not had yet from today.
  const isNew = dateIn(run.started_at, ctx.tenant.timeZone) === batch.today
  const anchorOn = isNew || rows.length === 0 ? run.anchor_on : batch.today
  const bring = (protocol: ProtocolDefinition) =>
    [...new Set([...tracksOf(protocol), ...newest.keys()])].map((track) => ({
      track,
      ...advance(protocol, track, anchorOn, standing(newest.get(track)), batch.today),
    }))
  let protocol = pinned
  let brought = bring(pinned)
  if (next && brought.some(({ moves }) => moves.some((move) => move.kind === 'plan'))) {
    protocol = next
    brought = bring(next)
    to.switched.push(run)
  }
  for (const { track, moves } of brought) gather(ctx, run, protocol, track, newest.get(track), moves, batch.today, to)
  const standings = brought.map(({ now }) => now).filter((now) => now !== undefined)
  const dates = standings.map(nextLook).filter((date) => date !== undefined)
  const closes = closesOn(protocol, standings)
  if (closes !== undefined && closes <= batch.today) to.completed.push(run)
  else if (closes !== undefined) dates.push(closes)
  const soonest = dates.toSorted()[0]
  if (soonest)
    batch.propose(run.patient_id, instantAt(soonest, 0, ctx.tenant.timeZone), `follow-up ${run.protocol_code}`)
}

export function standing(row: OccurrenceRow | undefined): Standing | undefined {
  if (!row) return undefined
  const { step, track, sequence, state, action } = row
  return {
    step,
    track,
    sequence,
    state,
    action,
    windowFrom: row.window_from,
    dueOn: row.due_on,
    windowUntil: row.window_until,
    actualOn: row.actual_on,
  }
}

/** Turns the moves of one track into rows: a follow-up that is planned and missed in one look is written once. */
function gather(
  ctx: WriteContext,
  run: RunRow,
  protocol: ProtocolDefinition,
  track: string,
  before: OccurrenceRow | undefined,
  moves: readonly Move[],
  today: string,
  to: Differences,
): void {
  const fresh = new Map<number, NewOccurrence>()
  const change: StateChange | undefined = before && {
    id: before.id,
    from: before.state as 'planned' | 'due',
    to: 'due',
    taskId: null,
    actualOn: null,
  }
  let touched = false
  for (const move of moves) {
    if (move.kind === 'plan') {
      const { step, sequence, windowFrom, dueOn, windowUntil } = move.planned
      const row: NewOccurrence = {
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
      fresh.set(sequence, row)
      to.added.push(row)
      continue
    }
    const row = fresh.get(move.sequence)
    const state = move.kind === 'sent' ? ('done' as const) : move.kind
    const actualOn = move.kind === 'sent' ? today : null
    if (row) Object.assign(row, { state, actualOn })
    else {
      touched = true
      Object.assign(change!, { to: state, actualOn })
    }
    const about = row ?? {
      id: before!.id,
      step: before!.step,
      dueOn: before!.due_on,
      windowUntil: before!.window_until,
    }
    if (move.kind === 'missed') {
      const step = stepOf(protocol, about.step)
      const as = step && { occurrenceId: about.id, run, step, protocol }
      to.missed.push({ occurrenceId: about.id, run, step: about.step, as })
    } else noteDue(run, protocol, about, to)
  }
  if (touched) to.changed.push(change!)
}

function noteDue(
  run: RunRow,
  protocol: ProtocolDefinition,
  about: { id: string; step: string; dueOn: string; windowUntil: string },
  to: Differences,
): void {
  const step = stepOf(protocol, about.step)
  if (!step) return
  if (step.kind !== 'message')
    to.due.push({
      occurrenceId: about.id,
      patientId: run.patient_id,
      runId: run.id,
      step,
      dueOn: about.dueOn,
      windowUntil: about.windowUntil,
      protocol,
    })
  if (step.message)
    to.told.push({
      patientId: run.patient_id,
      template: step.message,
      occurrenceId: about.id,
      dueOn: about.dueOn,
      until: about.windowUntil,
    })
}

async function write(ctx: WriteContext, all: Differences, people: ReadonlyMap<string, Person>): Promise<void> {
  const now = ctx.clock.now()
  await applySwitch(
    ctx.tx,
    ctx.organizationId,
    all.switched.map((run) => run.id),
  )
  const switches = all.switched.map((run) => ({
    id: ctx.ids.next(),
    runId: run.id,
    kind: 'version-switched' as const,
    detail: { from: run.protocol_version, to: run.switch_to },
  }))
  await insertRunEvents(ctx.tx, ctx.organizationId, switches, ctx.actor, now)
  // A follow-up that was missed on this very look needs no task; the newest open one gets it.
  const missed = new Set(all.missed.map(({ occurrenceId }) => occurrenceId))
  const due = all.due.filter(({ occurrenceId }) => !missed.has(occurrenceId))
  const tasks = await createTasks(
    ctx,
    due.map((one) => taskFor(one, people.get(one.patientId))),
  )
  const taskOf = new Map(due.map(({ occurrenceId }, index) => [occurrenceId, tasks[index]?.id ?? null]))
  for (const row of all.added) row.taskId = taskOf.get(row.id) ?? null
  for (const row of all.changed) row.taskId = taskOf.get(row.id) ?? null
  await changeStates(ctx.tx, ctx.organizationId, all.changed, ctx.actor.name, now)
  await insertOccurrences(ctx.tx, ctx.organizationId, all.added, ctx.actor.name, now)
  // What was missed keeps its task until the next one of its track is to be done.
  const stale = await findTaskIds(
    ctx.tx,
    ctx.organizationId,
    due.map(({ runId, step }) => ({ runId, track: step.track })),
  )
  await closeTasks(ctx, stale, { state: 'cancelled', reasonCode: 'next-follow-up' })
  await tellPatients(
    ctx,
    all.told.filter(({ occurrenceId }) => !missed.has(occurrenceId)),
  )
  await endPlans(
    ctx,
    all.completed.map((run) => ({ runId: run.id, state: 'completed', reason: null })),
  )
  await escalateMissed(
    ctx,
    all.missed.flatMap(({ as }) => as ?? []),
    people,
  )
  for (const { occurrenceId, run, step } of all.missed)
    await ctx.emit(followUpMissed, {
      runId: run.id as never,
      patientId: run.patient_id as PatientId,
      protocol: run.protocol_code,
      occurrenceId: occurrenceId as never,
      step,
    })
}

function taskFor(
  { occurrenceId, patientId, step, dueOn, windowUntil, protocol }: Differences['due'][number],
  person: Person | undefined,
): NewTask {
  return {
    type: 'follow-up',
    title: { zh: `${protocol.name.zh} · ${step.name.zh}`, en: `${protocol.name.en}: ${step.name.en}` },
    patientId,
    ownerId: (step.owner === 'doctor' ? person?.doctorId : person?.managerId) ?? null,
    poolRole: step.owner === 'doctor' ? 'physician' : 'service-manager',
    priority: step.rank === 0 ? 'urgent' : 'routine',
    dueOn: windowUntil,
    plannedOn: dueOn,
    source: TASK_SOURCE,
    sourceKey: occurrenceId,
  }
}

/** With the follow-up's id it makes the task unique. */
export const TASK_SOURCE = 'follow-up'
