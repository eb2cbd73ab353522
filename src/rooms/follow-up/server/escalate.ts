import type { WriteContext } from '../../../platform/context/context.ts'
import { closeTasks, createTasks, findOpenTasks, type Closing } from '../../task/server/index.ts'
import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import { findMissed } from './occurrence-store.ts'
import type { Person } from './person-store.ts'
import type { RunRow } from './run-store.ts'

/** With the id of what was missed it makes the task unique. */
const SOURCE = 'follow-up-missed'

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
      const person = people.get(run.patient_id)
      const isDoctor = step.escalation === 'doctor'
      return {
        type: 'call' as const,
        title: {
          zh: `没做成，请补上或改约：${protocol.name.zh} · ${step.name.zh}`,
          en: `Missed, please make up or arrange anew: ${protocol.name.en}, ${step.name.en}`,
        },
        patientId: run.patient_id,
        ownerId: (isDoctor ? person?.doctorId : person?.managerId) ?? null,
        poolRole: isDoctor ? 'physician' : 'service-manager',
        priority: 'urgent' as const,
        dueOn: ctx.today,
        source: SOURCE,
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
  const open = await findOpenTasks(ctx, { patientIds: runs.map((run) => run.patient_id), source: SOURCE })
  if (open.length === 0) return
  const missed = await findMissed(
    ctx.tx,
    ctx.organizationId,
    runs.map(({ id }) => id),
    track,
  )
  const those = open.filter(({ sourceKey }) => sourceKey !== null && missed.has(sourceKey))
  await closeTasks(
    ctx,
    those.map(({ id }) => id),
    closing,
  )
}
