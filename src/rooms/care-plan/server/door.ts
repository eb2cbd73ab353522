import { addDays } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Adherence, PlanState } from '../contract/words.ts'
import type { GoalView } from '../contract/plan.ts'
import { goalViews } from './goal-view.ts'
import { findPlansOf, findRunning, loadWhole, ticksOf, type Whole } from './plan-store.ts'
import { adherenceOf, tickedInARow } from './rules/adherence.ts'
import { isMet } from './rules/goal.ts'
import { inForceOn } from './rules/plan.ts'
import { allSpans, SHOWN_DAYS } from './tick.ts'

/** A plan as it went within a span of days: for the stage summary. */
export interface PlanStage {
  planId: string
  title: string
  state: PlanState
  startedOn: string
  version: number
  goals: GoalView[]
  adherence: Adherence
  /** Of each action that stood in the span, the latest wording. */
  actions: { key: string; title: string; adherence: Adherence }[]
  /** What the person wrote at check-ins, newest first. */
  words: { id: string; on: string; text: string }[]
}

const WORDS_SHOWN = 10

/** The plans of a person that ran within these days, both included. Who may see them is the caller's business. */
export async function plansWithin(
  ctx: ReadContext,
  patientId: string,
  from: string,
  until: string,
): Promise<PlanStage[]> {
  const plans = (await findPlansOf(ctx.db, ctx.organizationId, patientId)).filter(
    ({ started_on, ended_on, state }) =>
      started_on !== null && state !== 'discarded' && started_on <= until && (ended_on === null || ended_on >= from),
  )
  const wholes = await loadWhole(ctx.db, ctx.organizationId, plans, addDays(from, -7))
  return Promise.all(
    wholes.map(async (whole): Promise<PlanStage> => {
      const { plan } = whole
      const ticks = ticksOf(whole.ticks)
      const within = allSpans(whole).filter((span) => span.from <= until && (span.until === null || span.until >= from))
      const measure = (spans: typeof within) => adherenceOf(spans, ticks, plan.pauses, { from, until }, ctx.today)
      const byKey = Map.groupBy(within, ({ action }) => action.key)
      const signed = whole.versions.find(({ state, active_from }) => state === 'signed' && active_from! <= until)
      return {
        planId: plan.id,
        title: plan.title,
        state: plan.state,
        startedOn: plan.started_on!,
        version: signed?.version ?? plan.version!,
        goals: await goalViews(ctx, patientId, signed?.content.goals ?? [], plan.started_on),
        adherence: measure(within),
        actions: [...byKey].map(([key, spans]) => ({
          key,
          title: spans.at(-1)!.action.title,
          adherence: measure(spans),
        })),
        words: whole.ticks
          .filter(
            ({ words, by_kind, on_date }) =>
              words !== '' && by_kind === 'patient' && on_date >= from && on_date <= until,
          )
          .toSorted((a, b) => (a.on_date < b.on_date ? 1 : -1))
          .slice(0, WORDS_SHOWN)
          .map(({ id, on_date, words }) => ({ id, on: on_date, text: words })),
      }
    }),
  )
}

/** What was reached in a plan that runs: for the room that praises it. */
export interface PlanMilestones {
  planId: string
  patientId: string
  /** The row of days on which something was ticked, up to today or yesterday; null where it began before we look. */
  inARow: { from: string; days: number } | null
  /** Goals that the newest value meets, being of the time of the plan, and the one before it did not. */
  goalsMet: string[]
}

/** The plans that run, in the order of their ids, so many at a time. @param after the last id that was seen */
export async function milestonesOf(ctx: ReadContext, after: string | null, limit: number): Promise<PlanMilestones[]> {
  const plans = await findRunning(ctx.db, ctx.organizationId, after, limit)
  const from = addDays(ctx.today, -(SHOWN_DAYS - 1))
  const wholes = await loadWhole(ctx.db, ctx.organizationId, plans, from)
  return Promise.all(
    wholes.map(async (whole) => {
      const inARow = tickedInARow(ticksOf(whole.ticks), from, ctx.today)
      return {
        planId: whole.plan.id,
        patientId: whole.plan.patient_id,
        inARow: inARow && inARow.from > from ? inARow : null,
        goalsMet: await newlyMet(ctx, whole),
      }
    }),
  )
}

async function newlyMet(ctx: ReadContext, { plan, versions }: Whole): Promise<string[]> {
  const signed = inForceOn(
    versions.filter(({ state }) => state === 'signed'),
    ctx.today,
  )
  const goals = (signed?.content.goals ?? []).filter(({ code }) => code !== null)
  if (goals.length === 0) return []
  const views = await goalViews(ctx, plan.patient_id, goals, plan.started_on)
  return views
    .filter(({ met, current, before, ...goal }) => {
      const isOfPlan = current !== null && current.on >= plan.started_on! && current.id !== before?.id
      return met === true && isOfPlan && isMet(goal, before?.value ?? null) === false
    })
    .map(({ key }) => key)
}
