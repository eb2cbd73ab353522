import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { findPlansOf, lockPlan } from './plan-store.ts'
import { end, refreshNextStep } from './sign.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

const MOVING = ['care_plan', 'care_team_note', 'counselling_note', 'mdt_meeting'] as const

/**
 * Plans and notes follow their person into the file they were merged into. Of two open plans of one kind that of the
 * file that stays goes on; the other ends, and is open again when the merge is taken back.
 */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const now = ctx.clock.now()
  const step = (state: string) =>
    sql`jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text, 'state', ${sql.raw(state)}))`
  await sql`
    update care_plan c set patient_id = ${intoId}, moved = moved || ${step('c.state')}, submitted_at = null,
      state = case when c.state = 'draft' then 'discarded' else 'ended' end,
      ended_on = ${ctx.today}, ended_at = ${now}, end_reason = 'moved-on'
    where c.organization_id = ${ctx.organizationId} and c.patient_id = ${fromId} and c.state in ('draft', 'active', 'paused') and exists (
      select from care_plan o where o.organization_id = c.organization_id and o.patient_id = ${intoId} and o.kind = c.kind
        and o.state in ('draft', 'active', 'paused'))`.execute(ctx.tx)
  for (const table of MOVING)
    await sql`
      update ${sql.table(table)} set patient_id = ${intoId}, moved = moved || ${step('null')}
      where organization_id = ${ctx.organizationId} and patient_id = ${fromId}`.execute(ctx.tx)
  // Who is in both teams already stays where they are, and is there again when the merge is taken back.
  await sql`
    update care_team_member m set patient_id = ${intoId}, moved = moved || ${step('null')}
    where organization_id = ${ctx.organizationId} and patient_id = ${fromId} and not exists (
      select from care_team_member o where o.organization_id = m.organization_id and o.patient_id = ${intoId} and o.staff_id = m.staff_id)`.execute(
    ctx.tx,
  )
  await sql`
    insert into care_plan_reminder (organization_id, patient_id, wanted, minute, last_on)
    select organization_id, ${intoId}, wanted, minute, last_on from care_plan_reminder
    where organization_id = ${ctx.organizationId} and patient_id = ${fromId} on conflict do nothing`.execute(ctx.tx)
}

/** Takes a merge back: what it brought goes home, what it ended runs on, what came since stays. */
export async function moveBack(ctx: WriteContext, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update care_plan set state = moved -> -1 ->> 'state', ended_on = null, ended_at = null, end_reason = null,
      patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text
      and moved -> -1 ->> 'state' is not null and end_reason = 'moved-on'
      and not exists (select from care_plan o where o.organization_id = care_plan.organization_id
        and o.patient_id = (care_plan.moved -> -1 ->> 'from')::uuid and o.kind = care_plan.kind and o.state in ('draft', 'active', 'paused'))`.execute(
    ctx.tx,
  )
  for (const table of [...MOVING, 'care_team_member'])
    await sql`
      update ${sql.table(table)} set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
      where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
      ctx.tx,
    )
}

/** With the person the plans end. */
export async function endWithDeath(ctx: WriteContext, patientId: string): Promise<void> {
  for (const { id } of await findPlansOf(ctx.tx, ctx.organizationId, patientId)) {
    const plan = await lockPlan(ctx.tx, ctx.organizationId, patientId, id)
    if (plan && ['draft', 'active', 'paused'].includes(plan.state)) await end(ctx, plan, 'deceased', '')
  }
}

/** The task of a step was done, or left out by somebody. */
export async function closeStep(
  ctx: WriteContext,
  sourceKey: string | null,
  state: 'done' | 'cancelled',
): Promise<void> {
  const [planId, day] = sourceKey?.split(':') ?? []
  if (!planId || !day) return
  const closed = await ctx.tx
    .updateTable('care_plan_step')
    .set({ state, done_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('plan_id', '=', planId)
    .where('day', '=', Number(day))
    .where('state', '=', 'due')
    .executeTakeFirst()
  if (closed.numUpdatedRows > 0n) await refreshNextStep(ctx, planId)
}
