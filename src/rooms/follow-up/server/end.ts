import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { closeTasks } from '../../task/server/index.ts'
import { planEnded } from '../contract/events.ts'
import { settleMissed } from './escalate.ts'
import { cancelOpen, findTaskIds } from './occurrence-store.ts'
import { endRuns, insertRunEvents, type Ending, type RunRow } from './run-store.ts'

/**
 * Ends plans: what is still open of them is cancelled with the same reason, and so are the tasks, those of missed
 * follow-ups as well. What was missed stays missed. @returns the plans that were running
 */
export async function endPlans(ctx: WriteContext, endings: readonly Ending[]): Promise<RunRow[]> {
  const now = ctx.clock.now()
  const unique = [...new Map(endings.map((ending) => [ending.runId, ending])).values()]
  const ended = await endRuns(ctx.tx, ctx.organizationId, unique, ctx.actor, now)
  const events = ended.map((run) => ({
    id: ctx.ids.next(),
    runId: run.id,
    kind: run.state === 'completed' ? ('completed' as const) : ('exited' as const),
    detail: { reason: run.exit_reason, note: run.exit_note, ...(run.exit_rule ? { rule: run.exit_rule } : {}) },
  }))
  await insertRunEvents(ctx.tx, ctx.organizationId, events, ctx.actor, now)
  for (const [reason, those] of Map.groupBy(ended, (run) => run.exit_reason)) {
    const runIds = those.map((run) => run.id)
    const cancelled = await cancelOpen(
      ctx.tx,
      ctx.organizationId,
      { runIds, reason: reason ?? 'finished' },
      ctx.actor,
      now,
    )
    const missed = await findTaskIds(
      ctx.tx,
      ctx.organizationId,
      runIds.map((runId) => ({ runId })),
    )
    const taskIds = [...cancelled.flatMap((row) => row.task_id ?? []), ...missed]
    const closing = {
      state: 'cancelled',
      reasonCode: reason === 'death' ? 'patient-died' : 'plan-ended',
    } as const
    await closeTasks(ctx, taskIds, closing)
    await settleMissed(ctx, those, closing)
  }
  const told = ended.map((run) => ({
    runId: run.id as never,
    patientId: run.patient_id as PatientId,
    protocol: run.protocol_code,
    reason: run.exit_reason,
  }))
  await ctx.emitMany(planEnded, told)
  return ended
}
