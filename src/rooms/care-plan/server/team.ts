import { addDays } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummary, requireVisible } from '../../patient/server/index.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { addHomework, CARER_ROLES, handOverNote } from '../contract/team.ts'
import { openPlan } from './open.ts'

const NOTES_SHOWN = 20

/** Doctor, manager and counsellor of a person, and what they left for each other. */
export async function showTeam(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const person = await patientSummary(ctx, patientId)
  const slots: [(typeof CARER_ROLES)[number], string | null | undefined, string | null | undefined][] = [
    ['doctor', person?.doctorId, person?.doctorName],
    ['counsellor', person?.counsellorId, person?.counsellorName],
    ['manager', person?.managerId, person?.managerName],
  ]
  const notes = await ctx.db
    .selectFrom('care_team_note')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('at', 'desc')
    .limit(NOTES_SHOWN)
    .execute()
  return {
    carers: slots.flatMap(([role, id, name]) => (id && name ? [{ role, id: id as StaffId, name }] : [])),
    notes: notes.map(({ id, text, by_name, at }) => ({ id, text, byName: by_name, at: at.toISOString() })),
  }
}

/** @returns false when this note was kept before */
export async function leaveNote(
  ctx: WriteContext,
  patientId: string,
  { id, text }: InputOf<typeof handOverNote>['body'],
) {
  await requireVisible(ctx, patientId)
  const added = await ctx.tx
    .insertInto('care_team_note')
    .values({
      organization_id: ctx.organizationId,
      id,
      patient_id: patientId,
      text,
      by_id: ctx.actor.id!,
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return { kept: added.numInsertedOrUpdatedRows === 1n }
}

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
