import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { addHomework } from '../contract/team.ts'
import { openPlan } from './open.ts'

/** An exercise of the counsellor, from today on. @throws Problem CarePlanNotActive */
export async function giveHomework(
  ctx: WriteContext,
  patientId: string,
  planId: string,
  { id, ...body }: InputOf<typeof addHomework>['body'],
) {
  const plan = await openPlan(ctx, patientId, planId)
  if (plan.state !== 'active') throw carePlanProblem('CarePlanNotActive')
  const action = { key: 'homework', kind: 'homework' as const, ...body }
  const added = await ctx.tx
    .insertInto('care_plan_homework')
    .values({
      organization_id: ctx.organizationId,
      id,
      plan_id: planId,
      action: JSON.stringify(action),
      from_on: ctx.today,
      until_on: null,
      by_id: ctx.actor.id!,
      by_name: ctx.actor.name,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return { kept: added.numInsertedOrUpdatedRows === 1n }
}

/** Only who gave it takes it out; its days up to yesterday still count. */
export async function takeHomeworkOut(ctx: WriteContext, patientId: string, planId: string, homeworkId: string) {
  await openPlan(ctx, patientId, planId)
  const row = await ctx.tx
    .selectFrom('care_plan_homework')
    .select(['by_id', 'until_on'])
    .where('organization_id', '=', ctx.organizationId)
    .where('plan_id', '=', planId)
    .where('id', '=', homeworkId)
    .executeTakeFirst()
  if (!row) throw platformProblem('NotFound')
  if (row.by_id !== ctx.actor.id) throw carePlanProblem('NoteNotYours')
  const ended = await ctx.tx
    .updateTable('care_plan_homework')
    .set({ until_on: addDays(ctx.today, -1) })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', homeworkId)
    .where('until_on', 'is', null)
    .executeTakeFirst()
  return { ended: ended.numUpdatedRows === 1n }
}
