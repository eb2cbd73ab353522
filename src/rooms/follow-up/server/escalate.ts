import type { WriteContext } from '../../../platform/context/context.ts'
import { closeTasks, createTasks, findOpenTasks, type Closing } from '../../task/server/index.ts'
import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import { findSettled } from './occurrence-store.ts'
import { workOf } from './owner.ts'
import type { Person } from './person-store.ts'
import type { RunRow } from './run-store.ts'

/** With the id of what was missed it makes the task unique. */
const SOURCE = 'follow-up-missed'
/** The same for what was not done within its target time. */
const TARGET_SOURCE = 'follow-up-target'

export interface Missed {
  occurrenceId: string
  run: RunRow
  step: Step
  protocol: ProtocolDefinition
}

/**
 * What nobody did in its window becomes somebody else's task, where the step says so: once for the newest of a track,
 * however many passed while nobody looked.
 */
export async function escalateMissed(
  ctx: WriteContext,
  missed: readonly Missed[],
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const newest = new Map(
    missed.filter(({ step }) => step.escalation !== null).map((one) => [`${one.run.id} ${one.step.track}`, one]),
  )
  if (newest.size === 0) return
  await createTasks(
    ctx,
    [...newest.values()].map(({ occurrenceId, run, step, protocol }) => {
      return {
        type: 'call' as const,
        title: {
          zh: `没做成，请补上或改约：${protocol.name.zh} · ${step.name.zh}`,
          en: `Missed, please make up or arrange anew: ${protocol.name.en}, ${step.name.en}`,
        },
        patientId: run.patient_id,
        ...workOf(step.escalation!, people.get(run.patient_id)),
        priority: 'urgent' as const,
        dueOn: ctx.today,
        source: SOURCE,
        sourceKey: occurrenceId,
      }
    }),
  )
}

/**
 * What was not done within its target time becomes somebody else's task besides, once; whoever has the step keeps theirs.
 */
export async function escalateLate(
  ctx: WriteContext,
  late: readonly Missed[],
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  await createTasks(
    ctx,
    late.flatMap(({ occurrenceId, run, step, protocol }) => {
      if (!step.targetTime?.escalation) return []
      return {
        type: 'call' as const,
        title: {
          zh: `超过时限还没做：${protocol.name.zh} · ${step.name.zh}`,
          en: `Past its target time: ${protocol.name.en}, ${step.name.en}`,
        },
        patientId: run.patient_id,
        ...workOf(step.targetTime.escalation, people.get(run.patient_id)),
        priority: 'urgent' as const,
        dueOn: ctx.today,
        source: TARGET_SOURCE,
        sourceKey: occurrenceId,
      }
    }),
  )
}

/** The next one was done, or plans have ended: what was asked for the ones before is settled. */
export async function settleMissed(
  ctx: WriteContext,
  runs: readonly Pick<RunRow, 'id' | 'patient_id'>[],
  closing: Closing,
  track?: string,
): Promise<void> {
  if (runs.length === 0) return
  const patientIds = runs.map((run) => run.patient_id)
  const open = [
    ...(await findOpenTasks(ctx, { patientIds, source: SOURCE })),
    ...(await findOpenTasks(ctx, { patientIds, source: TARGET_SOURCE })),
  ]
  if (open.length === 0) return
  const settled = await findSettled(
    ctx.tx,
    ctx.organizationId,
    runs.map(({ id }) => id),
    track,
  )
  const those = open.filter(({ sourceKey }) => sourceKey !== null && settled.has(sourceKey))
  await closeTasks(
    ctx,
    those.map(({ id }) => id),
    closing,
  )
}
