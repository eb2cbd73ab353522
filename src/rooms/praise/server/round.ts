import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { minuteOfDay } from '../../../platform/clock.ts'
import { milestonesOf, type PlanMilestones } from '../../care-plan/server/index.ts'
import { givePraise, type Reached } from './give.ts'
import { policyInForce } from './rule.ts'

const BATCH = 200
/** Looked at once a day, from the morning on: a good word comes when people are up. */
const FROM_MINUTE = 9 * 60

/** Looks at all plans that run, once a day. @returns how many were praised */
export async function lookAtPlans(house: House, tenant: Tenant): Promise<number> {
  const as = <R>(use: (ctx: WriteContext) => Promise<R>) =>
    write(house, { tenant, actor: systemActor(tenant.id, 'praise/look') }, use)
  if (!(await as(takeDay))) return 0
  let [praised, after]: [number, string | null] = [0, null]
  do {
    const { given, last }: { given: number; last: string | null } = await as((ctx) => lookAtSome(ctx, after))
    praised += given
    after = last
  } while (after !== null)
  return praised
}

/** @returns whether this worker is the one that looks today */
async function takeDay(ctx: WriteContext): Promise<boolean> {
  if (minuteOfDay(ctx.clock.now(), ctx.tenant.timeZone) < FROM_MINUTE) return false
  const taken = await ctx.tx
    .insertInto('praise_look')
    .values({ organization_id: ctx.organizationId, on_date: ctx.today })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return taken.numInsertedOrUpdatedRows === 1n
}

async function lookAtSome(ctx: WriteContext, after: string | null): Promise<{ given: number; last: string | null }> {
  const plans = await milestonesOf(ctx, after, BATCH)
  const { 'days-in-a-row': row } = await policyInForce(ctx)
  const given = await givePraise(
    ctx,
    plans.flatMap((plan) => reachedIn(plan, row.days)),
  )
  return { given, last: plans.length === BATCH ? plans.at(-1)!.planId : null }
}

function reachedIn({ planId, patientId, inARow, goalsMet }: PlanMilestones, days: number): Reached[] {
  const goals = goalsMet.map((key) => ({ patientId, milestone: 'goal-met' as const, occurrence: `${planId}:${key}` }))
  if (!inARow || inARow.days < days) return goals
  return [...goals, { patientId, milestone: 'days-in-a-row', occurrence: `${planId}:${inARow.from}`, days }]
}
