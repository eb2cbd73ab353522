import { addDays } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { MyPlanView } from '../contract/check-in.ts'
import type { GoalView } from '../contract/plan.ts'
import type { PlanId } from '../contract/words.ts'
import { goalViews } from './goal-view.ts'
import { findPlansOf, loadWhole, ticksOf, type Whole } from './plan-store.ts'
import { tickedDays } from './rules/adherence.ts'
import { inForceOn } from './rules/plan.ts'
import { recentAdherence, SHOWN_DAYS } from './tick.ts'
import { actionViews } from './view.ts'

/** Nobody is reminded unasked; whoever asks is so at eight, as long as they name no other time. */
const USUAL_MINUTE = 8 * 60
const WEEK_DAYS = 7

/** What the person sees of their plans. */
export async function showMyPlan(ctx: ReadContext): Promise<MyPlanView> {
  const patientId = ownPatientId(ctx)
  const person = await patientSummary(ctx, patientId)
  const plans = (await findPlansOf(ctx.db, ctx.organizationId, patientId)).filter(
    ({ state }) => state === 'active' || state === 'paused',
  )
  const wholes = await loadWhole(ctx.db, ctx.organizationId, plans, addDays(ctx.today, -(SHOWN_DAYS - 1)))
  const reminder = await ctx.db
    .selectFrom('care_plan_reminder')
    .select(['wanted', 'minute'])
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .executeTakeFirst()
  return {
    today: ctx.today,
    plans: await Promise.all(wholes.map((whole) => myView(ctx, whole, person?.doctorName ?? ''))),
    reminder: reminder ?? { wanted: false, minute: USUAL_MINUTE },
  }
}

async function myView(ctx: ReadContext, whole: Whole, doctorName: string): Promise<MyPlanView['plans'][number]> {
  const { plan } = whole
  const signed = whole.versions.filter(({ state }) => state === 'signed')
  const current = inForceOn(signed, ctx.today) ?? signed.at(-1)
  const goals = await goalViews(ctx, plan.patient_id, current?.content.goals ?? [], plan.started_on)
  const actions = actionViews(ctx, whole)
  const dayOf = (on: string, which: 'today' | 'yesterday') => ({
    on,
    actions: actions
      .filter((one) => (which === 'today' ? one.dueToday : one.dueYesterday))
      .map((one) => ({
        key: one.key,
        kind: one.kind,
        title: one.title,
        words: one.words,
        cadenceWords: one.cadenceWords,
        ask: one.ask,
        given: one[which],
      })),
  })
  return {
    id: plan.id as PlanId,
    title: plan.title,
    paused: plan.state === 'paused',
    startedOn: plan.started_on!,
    doctorName: current?.signed_by_name ?? doctorName,
    goals: goals.map(myGoal),
    days: [dayOf(ctx.today, 'today'), dayOf(addDays(ctx.today, -1), 'yesterday')],
    activeDays: tickedDays(ticksOf(whole.ticks), addDays(ctx.today, -(WEEK_DAYS - 1)), ctx.today),
    adherence: recentAdherence(whole, ctx.today),
  }
}

const SIGNS = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' } as const

function myGoal({ name, words, comparator, value, unitPrinted, decimals, current, met }: GoalView) {
  const target =
    comparator !== null && value !== null ? `${name} ${SIGNS[comparator]} ${value} ${unitPrinted}`.trim() : ''
  return {
    words,
    target,
    now: current ? `${current.value.toFixed(decimals)} ${unitPrinted}`.trim() : null,
    nowOn: current?.on ?? null,
    met,
  }
}

/** Asks to be reminded, at which minute of the day, or no more. */
export async function setMyReminder(ctx: WriteContext, { wanted, minute }: { wanted: boolean; minute: number }) {
  await ctx.tx
    .insertInto('care_plan_reminder')
    .values({ organization_id: ctx.organizationId, patient_id: ownPatientId(ctx), wanted, minute, last_on: null })
    .onConflict((c) => c.columns(['organization_id', 'patient_id']).doUpdateSet({ wanted, minute }))
    .execute()
  ctx.audit.detail = { wanted }
  return { wanted, minute }
}
