import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { closeTasks, createTasks, type NewTask } from '../../task/server/index.ts'
import { askedByPathway } from './asked.ts'
import { educationDue, followUpMissed } from '../contract/events.ts'
import type { Differences, Opening } from './differences.ts'
import { endPlans } from './end.ts'
import { escalateLate, escalateMissed } from './escalate.ts'
import { changeStates, findTaskIds, insertOccurrences } from './occurrence-store.ts'
import { workOf } from './owner.ts'
import type { Person } from './person-store.ts'
import { TASK_SOURCE } from './progress.ts'
import { applySwitch, insertRunEvents } from './run-store.ts'
import { tellPatients } from './tell.ts'

/** Writes what a look at many plans came to: rows, tasks, messages, questionnaires, events. */
export async function writeDifferences(
  ctx: WriteContext,
  all: Differences,
  people: ReadonlyMap<string, Person>,
): Promise<void> {
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
  const open = <T extends { occurrenceId: string }>(some: readonly T[]) =>
    some.filter(({ occurrenceId }) => !missed.has(occurrenceId))
  const due = open(all.due)
  // Whom a questionnaire cannot be sent to is asked by a colleague.
  const { unsent, worded } = await askedByPathway(ctx, open(all.asked))
  const work = [...due, ...unsent]
  const tasks = await createTasks(
    ctx,
    work.map((one) => taskFor(one, people.get(one.patientId))),
  )
  const taskOf = new Map(work.map(({ occurrenceId }, index) => [occurrenceId, tasks[index]?.id ?? null]))
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
    open(all.told).filter(({ occurrenceId }) => !worded.has(occurrenceId)),
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
  await escalateLate(ctx, all.late, people)
  await emitAll(ctx, all, open(all.taught))
}

async function emitAll(ctx: WriteContext, all: Differences, taught: readonly Opening[]): Promise<void> {
  for (const { occurrenceId, run, step } of all.missed)
    await ctx.emit(followUpMissed, {
      runId: run.id as never,
      patientId: run.patient_id as PatientId,
      protocol: run.protocol_code,
      occurrenceId: occurrenceId as never,
      step,
    })
  await ctx.emitMany(
    educationDue,
    taught.map(({ occurrenceId, patientId, runId, step, protocol }) => ({
      runId: runId as never,
      patientId: patientId as PatientId,
      protocol: protocol.code,
      occurrenceId: occurrenceId as never,
      step: step.code,
      cards: step.cards ?? [],
      because: { zh: `${protocol.name.zh} · ${step.name.zh}`, en: `${protocol.name.en}: ${step.name.en}` },
      isMental: protocol.sensitivity === 'mental',
    })),
  )
}

function taskFor(
  { occurrenceId, patientId, step, dueOn, windowUntil, protocol }: Opening,
  person: Person | undefined,
): NewTask {
  return {
    type: 'follow-up',
    title: { zh: `${protocol.name.zh} · ${step.name.zh}`, en: `${protocol.name.en}: ${step.name.en}` },
    patientId,
    ...workOf(step.owner, person),
    priority: step.rank === 0 ? 'urgent' : 'routine',
    dueOn: windowUntil,
    plannedOn: dueOn,
    source: TASK_SOURCE,
    sourceKey: occurrenceId,
  }
}
