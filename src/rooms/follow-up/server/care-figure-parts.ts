import { sql, type RawBuilder } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleParts } from '../../patient/server/index.ts'
import type { ExitReason } from '../contract/words.ts'

/** What each figure counts, in one place: the counts and the rows behind them are made of the same words. */

export type Reading = Pick<ReadContext, 'db' | 'organizationId' | 'actor' | 'clock' | 'today'>

/** Of follow-ups whose window ended in the span. */
export const VISIT_FIGURES = ['coverage', 'connect', 'consent', 'completion', 'onTime', 'recheck'] as const
export type VisitFigure = (typeof VISIT_FIGURES)[number]
/** Of plans. */
export const PLAN_FIGURES = ['lost', 'retention'] as const
export type PlanFigure = (typeof PLAN_FIGURES)[number]

/** Nobody is blamed for, and nobody is kept through, what ended a plan so: neither part of a fraction. */
export const ENDED_APART: readonly ExitReason[] = ['death', 'merged', 'switched', 'not-applicable']
/** 失访: nobody sees the person any more, and why. `by-hand` is none: somebody decided it. */
export const LOST_REASONS: readonly ExitReason[] = ['lost', 'refusal', 'moved-away']

/** Calendar dates, both included, and the instants they mean: from the first, up to the second. */
export interface FigureSpan {
  from: string
  until: string
  at: Date
  to: Date
}

export interface StepKey {
  code: string
  version: number
  step: string
}

/** Steps that somebody does with the person; `face` are those that are face to face. */
export interface SeenSteps {
  all: readonly StepKey[]
  face: readonly StepKey[]
}

interface Part {
  of: RawBuilder<boolean>
  counts: RawBuilder<boolean>
}

/** Of a follow-up `o` of a plan `r`. Compared column by column: the planner has to know that most of them are one. */
export function isOneOf(steps: readonly StepKey[]): RawBuilder<boolean> {
  const [codes, versions, names] = [
    steps.map(({ code }) => code),
    steps.map(({ version }) => version),
    steps.map(({ step }) => step),
  ]
  return sql<boolean>`(r.protocol_code, r.protocol_version, o.step) in (
    select * from unnest(${codes}::text[], ${versions}::int[], ${names}::text[]))`
}

const IS_DONE = sql<boolean>`o.state in ('done', 'done-late')`

export function visitParts({ face }: SeenSteps): Record<VisitFigure, Part> {
  return {
    coverage: { of: sql<boolean>`true`, counts: sql<boolean>`(o.attempts > 0 or ${IS_DONE})` },
    connect: { of: sql<boolean>`o.reach > 0`, counts: sql<boolean>`o.reach >= 2` },
    consent: { of: sql<boolean>`o.reach >= 3`, counts: sql<boolean>`o.reach = 4` },
    completion: { of: sql<boolean>`true`, counts: IS_DONE },
    onTime: { of: sql<boolean>`true`, counts: sql<boolean>`o.state = 'done'` },
    recheck: { of: isOneOf(face), counts: sql<boolean>`o.state = 'done'` },
  }
}

/** Whom the reader looks after, one after another by an index; undefined: nobody. */
export function ownPatients(ctx: Reading): RawBuilder<unknown> | undefined {
  const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
  if (parts.length === 0) return undefined
  const selects = parts.map(
    (part) => sql`select patient.id from patient where patient.organization_id = ${ctx.organizationId} and ${part}`,
  )
  return sql`${sql.join(selects, sql` union `)}`
}

/** Where the rows come from: of everybody, or of whom the reader looks after. */
export function fromTable(ctx: Reading, table: 'occurrence o' | 'plan_run r', own: boolean): RawBuilder<unknown> {
  const alias = sql.ref(table.slice(-1))
  return own
    ? sql`mine m join ${sql.raw(table)} on ${alias}.organization_id = ${ctx.organizationId} and ${alias}.patient_id = m.id`
    : sql`${sql.raw(table)}`
}

export function withMine(mine: RawBuilder<unknown> | undefined): RawBuilder<unknown> {
  return mine ? sql`mine as materialized (${mine})` : sql`nobody as (select)`
}

/** What may still be done today counts tomorrow: a window has ended when its last day is over. */
const lastOver = ({ today }: Reading, until: string) => (until < today ? until : addDays(today, -1))

/** Follow-ups whose window ended in the span, of whichever step (`isOneOf` says whose); what rests while somebody is in hospital comes again and counts then. */
export function endedVisits(ctx: Reading, span: FigureSpan, own: boolean): RawBuilder<unknown> {
  return sql`${fromTable(ctx, 'occurrence o', own)}
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id
    where o.organization_id = ${ctx.organizationId} and o.window_until between ${span.from}::date and ${lastOver(ctx, span.until)}::date
      and o.state in ('due', 'done', 'done-late', 'missed') and (o.state <> 'due' or o.resting_since is null)`
}

const CLASSED = sql`('satisfied', 'unsatisfied', 'adverse-reaction', 'complication')`

/** Visits with a class that took place in the span. */
const classedWithin = ({ organizationId }: Reading, { from, until }: FigureSpan, alias: 'o' | 'later') =>
  sql<boolean>`${sql.ref(alias)}.organization_id = ${organizationId} and ${sql.ref(alias)}.actual_on between ${from}::date and ${until}::date
    and ${sql.ref(alias)}.class in ${CLASSED}`

/** The newest visit with a class of each plan, of those that took place in the span: taken first, and only then named. */
export function classedVisits(
  ctx: Reading,
  span: FigureSpan,
  codes: readonly string[],
  own: boolean,
): RawBuilder<unknown> {
  return sql`select v.*, r.protocol_code, r.protocol_version
    from (select distinct on (run_id) * from (
        select o.run_id, o.id, o.patient_id, o.step, o.class, o.actual_on, o.sequence from ${fromTable(ctx, 'occurrence o', own)}
        where ${classedWithin(ctx, span, 'o')} offset 0) seen
      order by run_id, actual_on desc, sequence desc, id desc) v
    join plan_run r on r.organization_id = ${ctx.organizationId} and r.id = v.run_id
    where r.protocol_code = any(${[...codes]}::text[])`
}

/** The same visits from the newest on, for whoever looks at some of them: a year is not sorted for fifty rows. */
export function newestVisits(
  ctx: Reading,
  span: FigureSpan,
  codes: readonly string[],
  own: boolean,
): RawBuilder<unknown> {
  return sql`select o.id, o.patient_id, o.step, o.class, o.actual_on, r.protocol_code, r.protocol_version
    from ${fromTable(ctx, 'occurrence o', own)}
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id
    where ${classedWithin(ctx, span, 'o')} and r.protocol_code = any(${[...codes]}::text[])
      and not exists (select from occurrence later where later.run_id = o.run_id and ${classedWithin(ctx, span, 'later')}
        and (later.actual_on, later.sequence, later.id) > (o.actual_on, o.sequence, o.id))`
}

/** Plans that ran at some time in the span. */
export function ranWithin(ctx: Reading, { at, to }: FigureSpan): RawBuilder<boolean> {
  return sql<boolean>`r.organization_id = ${ctx.organizationId} and r.started_at < ${to} and (r.ended_at is null or r.ended_at >= ${at})`
}

/** How a plan stands at an instant: null while it ran then. */
export function standingAt(to: Date): RawBuilder<string | null> {
  return sql`case when r.ended_at is null or r.ended_at >= ${to} then null when r.state = 'completed' then 'completed' else r.exit_reason end`
}
