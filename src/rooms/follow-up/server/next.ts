import type { WriteContext } from '../../../platform/context/context.ts'
import { closeTasks } from '../../task/server/index.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import type { Opened } from './begin.ts'
import type { Answers } from '../contract/form.ts'
import {
  cancelOpen,
  findLast,
  findRepeats,
  insertOccurrences,
  markEnd,
  type NewOccurrence,
} from './occurrence-store.ts'
import { keyOf } from './protocol-store.ts'
import { standing } from './progress.ts'
import { conditionsOf } from './rules/branch.ts'
import { latestDueOn, nextInTrack, stepOf, type Known, type Planned } from './rules/plan.ts'
import { applySwitch, insertRunEvents } from './run-store.ts'
import { askAll } from './says.ts'

/**
 * Plans what follows a settled follow-up, counted from the day it took place. One that was entered late finds the next
 * one planned from its due date: that gives way, unless something has happened in it already.
 * @param nextOn the day agreed with the person
 * @param answers of the form that was filled in, for branches that ask them
 * @returns the next follow-up; undefined where the track has ended, or goes on by what came later
 */
export async function planNext(
  ctx: WriteContext,
  opened: Opened,
  nextOn: string | undefined,
  answers?: Answers,
): Promise<{ id: string; dueOn: string } | undefined> {
  const { run, occurrence } = opened
  const newest = (await findLast(ctx.tx, ctx.organizationId, [run.id])).find((row) => row.track === occurrence.track)
  const later = newest && newest.sequence > occurrence.sequence ? newest : undefined
  if (later && (later.sequence > occurrence.sequence + 1 || (later.state !== 'planned' && later.state !== 'due')))
    return undefined
  const protocol = await protocolFromNow(ctx, opened)
  const sequence = (later ?? occurrence).sequence
  const known = await knownAt(ctx, opened, protocol, later?.step)
  const settled = { ...standing(occurrence)!, sequence, answers, ends: false }
  const planned = nextInTrack(protocol, occurrence.track, run.anchor_on, settled, nextOn, known)
  if (planned && nextOn) refuseOutOfReach(planned, occurrence.actual_on ?? occurrence.due_on, nextOn)
  if (later) {
    const gone = await cancelOpen(
      ctx.tx,
      ctx.organizationId,
      { runIds: [run.id], track: occurrence.track, reason: 're-anchored' },
      ctx.actor,
      ctx.clock.now(),
    )
    await closeTasks(
      ctx,
      gone.flatMap((row) => row.task_id ?? []),
      { state: 'cancelled', reasonCode: 'next-follow-up' },
    )
  }
  if (!planned !== occurrence.ends_track) await markEnd(ctx.tx, ctx.organizationId, occurrence.id, !planned)
  if (!planned) return undefined
  const row = newRow(ctx, opened, planned)
  await insertOccurrences(ctx.tx, ctx.organizationId, [row], ctx.actor.name, ctx.clock.now())
  return { id: row.id, dueOn: row.dueOn }
}

/** What the branches of one step ask of its person, and how often it was there; `later`: the step that gives way. */
export async function knownAt(
  ctx: WriteContext,
  { run, occurrence }: Opened,
  protocol: ProtocolDefinition,
  later?: string,
): Promise<Known> {
  const step = stepOf(protocol, occurrence.step)
  const says = await askAll(ctx, step ? conditionsOf([step]) : [], [run.patient_id])
  const repeats = step?.recurrence?.times
    ? await findRepeats(ctx.tx, ctx.organizationId, [run.id])
    : new Map<string, number>()
  return {
    holds: says.holdsFor(run.patient_id),
    repeats: (code) => (repeats.get(`${run.id} ${code}`) ?? 0) - (later === code ? 1 : 0),
  }
}

function newRow(
  ctx: WriteContext,
  { run, occurrence }: Opened,
  { step, sequence, windowFrom, dueOn, windowUntil }: Planned,
): NewOccurrence {
  return {
    id: ctx.ids.next(),
    runId: run.id,
    patientId: run.patient_id,
    step: step.code,
    track: occurrence.track,
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

function refuseOutOfReach(planned: Planned, from: string, nextOn: string): void {
  const latest = latestDueOn(from, planned.step)
  if (nextOn <= from || nextOn > latest) throw followUpProblem('NextOutOfReach', { from, latest }, 'body.nextOn')
}

/** The version the next step stands in: a plan that was sent over to a new one goes with this step. */
async function protocolFromNow(ctx: WriteContext, { run, protocol, protocols }: Opened) {
  const next = run.switch_to === null ? undefined : protocols.get(keyOf(run.protocol_code, run.switch_to))
  if (!next) return protocol
  await applySwitch(ctx.tx, ctx.organizationId, [run.id])
  const event = {
    id: ctx.ids.next(),
    runId: run.id,
    kind: 'version-switched' as const,
    detail: { from: run.protocol_version, to: run.switch_to },
  }
  await insertRunEvents(ctx.tx, ctx.organizationId, [event], ctx.actor, ctx.clock.now())
  return next.definition
}
