import { sql } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { plansWithin } from '../../care-plan/server/index.ts'
import './table.ts'

/** A stage is a month unless a plan says otherwise. */
export const STAGE_DAYS = 30
/** A signed plan begins at most so many days later. */
const BEGINS_WITHIN_DAYS = 60

/** A plan was signed: the first summary is due a stage after its beginning, unless one is due already. */
export async function expectFirst(ctx: WriteContext, patientId: string): Promise<void> {
  const plans = await plansWithin(ctx, patientId, ctx.today, addDays(ctx.today, BEGINS_WITHIN_DAYS))
  const [begun = ctx.today] = plans.map(({ startedOn }) => startedOn).toSorted()
  await ctx.tx
    .insertInto('stage_summary_due')
    .values({ organization_id: ctx.organizationId, patient_id: patientId, due_on: addDays(begun, STAGE_DAYS) })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** A plan ended: it is time to look back, now. */
export function expectLast(ctx: WriteContext, patientId: string): Promise<void> {
  return expectOn(ctx, patientId, ctx.today)
}

/** A summary was signed: the next is due a stage later, as long as a plan goes on. */
export async function expectNext(ctx: WriteContext, patientId: string, untilOn: string): Promise<void> {
  const plans = await plansWithin(ctx, patientId, ctx.today, addDays(ctx.today, BEGINS_WITHIN_DAYS))
  if (plans.some(({ state }) => state === 'active' || state === 'paused'))
    await expectOn(ctx, patientId, addDays(untilOn, STAGE_DAYS))
  else await expectNone(ctx, patientId)
}

async function expectOn(ctx: WriteContext, patientId: string, dueOn: string): Promise<void> {
  await ctx.tx
    .insertInto('stage_summary_due')
    .values({ organization_id: ctx.organizationId, patient_id: patientId, due_on: dueOn })
    .onConflict((c) => c.columns(['organization_id', 'patient_id']).doUpdateSet({ due_on: dueOn }))
    .execute()
}

export async function expectNone(ctx: WriteContext, patientId: string): Promise<void> {
  await ctx.tx
    .deleteFrom('stage_summary_due')
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .execute()
}

/** Of two people who turn out to be one the earlier day counts. An undone merge finds its days anew with the next event. */
export async function mergeDue(
  { tx, organizationId }: WriteContext,
  { fromId, intoId }: { fromId: string; intoId: string },
): Promise<void> {
  await sql`
    with gone as (delete from stage_summary_due where organization_id = ${organizationId} and patient_id = ${fromId} returning due_on)
    insert into stage_summary_due as d (organization_id, patient_id, due_on) select ${organizationId}::uuid, ${intoId}::uuid, due_on from gone
    on conflict (organization_id, patient_id) do update set due_on = least(d.due_on, excluded.due_on)`.execute(tx)
}
