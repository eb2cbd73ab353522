import type { WriteContext } from '../../../platform/context/context.ts'
import type { StaffId } from '../../../platform/contract/index.ts'
import { findStaff, type StaffSummary } from '../../staff/server/index.ts'
import { taskHandedOver } from '../contract/events.ts'
import { taskProblem } from '../contract/problems.ts'
import type { TaskType } from '../contract/words.ts'
import { answer, beginAct, give } from './act.ts'
import { aboutOf } from './close.ts'
import { fits } from './executor.ts'

/** Gives one task to somebody else, who sees the patient as long as it is open. */
export async function handOver(ctx: WriteContext, taskId: string, { toId, reason }: { toId: string; reason: string }) {
  const row = await beginAct(ctx, taskId, 'hand-over')
  if (row.owner_id === toId) throw taskProblem('HandOverToSame', {}, 'body.toId')
  await requireRecipient(ctx, toId, [row.type])
  const after = await give(ctx, row, toId, { kind: 'handed-over', reason })
  ctx.audit.detail = { ...ctx.audit.detail, fromId: row.owner_id, toId }
  await ctx.emit(taskHandedOver, {
    ...aboutOf(after),
    fromId: row.owner_id as StaffId | null,
    toId: toId as StaffId,
    by: ctx.actor.id as StaffId,
  })
  return answer(ctx, taskId)
}

/** Somebody active who can be given all these types. @throws Problem ExecutorUnfit */
export async function requireRecipient(
  ctx: Parameters<typeof findStaff>[0],
  toId: string,
  types: readonly TaskType[],
): Promise<StaffSummary> {
  const to = await findStaff(ctx, toId)
  if (!to || to.state !== 'active' || !types.every((type) => fits(type, to.roles)))
    throw taskProblem('ExecutorUnfit', {}, 'body.toId')
  return to
}
