import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type {
  Condition,
  conditionTest,
  familyHistoryTest,
  indicatorTest,
  Limit,
  procedureTest,
  sinceTest,
  Span,
  tagTest,
} from '../contract/condition.ts'

/** What a compiled condition is evaluated with; everything but the patient is a parameter of the statement. */
export interface EvaluationMoment {
  organizationId: string
  now: Date
  /** The organization's calendar date now. */
  today: string
  timeZone: string
}

/**
 * A question to one table, asked for the patient `p` of the outer query: at most one row with `ok`, the `fact` that
 * made it so, and `flips_at`, the moment at which time alone would turn the answer.
 */
export interface Probe {
  rows: RawBuilder<unknown>
}

export type ProbeLeaf = Extract<
  Condition,
  | { indicator: unknown }
  | { condition: unknown }
  | { procedure: unknown }
  | { familyHistory: unknown }
  | { tag: unknown }
  | { since: unknown }
>

export function compileProbe(leaf: ProbeLeaf, moment: EvaluationMoment): Probe {
  if ('indicator' in leaf) return { rows: indicatorRows(leaf.indicator, moment) }
  if ('condition' in leaf) return { rows: conditionRows(leaf.condition) }
  if ('procedure' in leaf) return { rows: procedureRows(leaf.procedure, moment) }
  if ('familyHistory' in leaf) return { rows: familyHistoryRows(leaf.familyHistory) }
  if ('tag' in leaf) return { rows: tagRows(leaf.tag) }
  return { rows: sinceRows(leaf.since, moment) }
}

/** The instant a span before now: earlier facts are outside of the window. */
export function windowStart(span: Span, { today, timeZone }: EvaluationMoment): RawBuilder<Date> {
  return sql`((${today}::date - ${intervalOf(span)})::timestamp at time zone ${timeZone})`
}

/**
 * The instant at which a fact leaves the window: the first midnight on which `windowStart` has passed it. Months end
 * early: six of them after 31 March is 30 September, from where six months back is still 30 March, so one day more.
 */
export function windowEnd(at: RawBuilder<unknown>, span: Span, { timeZone }: EvaluationMoment): RawBuilder<Date> {
  const day = sql`(${at} at time zone ${timeZone})::date`
  const end = sql`(${day} + 1 + ${intervalOf(span)})::date`
  return sql`((${end} + case when (${end} - ${intervalOf(span)})::date <= ${day} then 1 else 0 end)::timestamp at time zone ${timeZone})`
}

function intervalOf({ days = 0, months = 0 }: Span): RawBuilder<unknown> {
  return sql`make_interval(months => ${months}::int, days => ${days}::int)`
}

export function compare(left: RawBuilder<unknown>, limit: Limit, flag: RawBuilder<unknown>): RawBuilder<boolean> {
  if ('flagged' in limit) return sql`${flag} = any(${limit.flagged}::text[])`
  if ('from' in limit) return sql`(${left} >= ${limit.from} and ${left} < ${limit.below})`
  return sql`${left} ${sql.raw(limit.op)} ${limit.value}`
}

const OBSERVATION_FACT = sql`jsonb_build_object('kind', 'observation', 'id', o.id, 'code', o.code, 'value', o.value,
  'text', o.value_text, 'unit', o.unit, 'flag', o.flag, 'at', o.effective_at, 'report', o.report_id)`

function indicatorRows(test: z.infer<typeof indicatorTest>, moment: EvaluationMoment): RawBuilder<unknown> {
  const isNumber = test.or === undefined && !('flagged' in test.is)
  const alternatives = [{ code: test.code, is: test.is }, ...(test.or ?? [])]
  const code = test.or ? sql`o.code = any(${alternatives.map((a) => a.code)}::text[])` : sql`o.code = ${test.code}`
  const standing = sql`o.organization_id = p.organization_id and o.patient_id = p.id and ${code}
    and o.superseded_by is null ${isNumber ? sql`and o.value is not null` : sql``}`
  const inWindow = test.within ? sql`and o.effective_at >= ${windowStart(test.within, moment)}` : sql``
  const meets = test.or
    ? sql`(${sql.join(
        alternatives.map((a) => sql`(o.code = ${a.code} and ${compare(sql`o.value`, a.is, sql`o.flag`)})`),
        sql` or `,
      )})`
    : compare(sql`o.value`, test.is, sql`o.flag`)
  const leaves = (at: RawBuilder<unknown>) =>
    test.within ? windowEnd(at, test.within, moment) : sql`null::timestamptz`
  if (test.pick === 'newest')
    // Time turns a yes only: what does not meet the limit leaves the window unnoticed.
    return sql`select ${meets} ok, case when ${meets} then ${OBSERVATION_FACT} end fact, case when ${meets} then ${leaves(sql`o.effective_at`)} end flips_at from (
      select * from observation o where ${standing} ${inWindow} order by o.effective_at desc limit 1) o`
  if (test.pick === 'any')
    return sql`select true ok, ${OBSERVATION_FACT} fact, ${leaves(sql`o.effective_at`)} flips_at
      from observation o where ${standing} ${inWindow} and ${meets} order by o.effective_at desc limit 1`
  const needed = test.atLeast ?? 1
  // The newest `needed` hits decide: the answer turns when the oldest of them leaves the window.
  const hits = test.onDifferentDays
    ? sql`select distinct on (o.day) o.* from (
        select o.*, (o.effective_at at time zone ${moment.timeZone})::date as day
        from observation o where ${standing} ${inWindow} and ${meets}) o
        order by o.day desc, o.effective_at desc limit ${needed}`
    : sql`select o.* from observation o where ${standing} ${inWindow} and ${meets} order by o.effective_at desc limit ${needed}`
  return sql`select count(*) >= ${needed} ok, jsonb_agg(${OBSERVATION_FACT} order by o.effective_at desc) fact,
    case when count(*) >= ${needed} then ${leaves(sql`min(o.effective_at)`)} end flips_at from (${hits}) o`
}

function conditionRows({ codes, status }: z.infer<typeof conditionTest>): RawBuilder<unknown> {
  return sql`select true ok, jsonb_build_object('kind', 'condition', 'id', c.id, 'code', c.code, 'name', c.name, 'at', c.onset_on) fact,
    null::timestamptz flips_at from condition c
    where c.organization_id = p.organization_id and c.patient_id = p.id and c.superseded_by is null
      and ${byPrefix(sql`c.code`, codes)} ${status === 'active' ? sql`and c.clinical_status = 'active'` : sql``}
    order by c.onset_on desc nulls last limit 1`
}

function procedureRows(
  { codes, kind, within }: z.infer<typeof procedureTest>,
  moment: EvaluationMoment,
): RawBuilder<unknown> {
  const day = sql`(c.performed_on::timestamp at time zone ${moment.timeZone})`
  return sql`select true ok, jsonb_build_object('kind', 'procedure', 'id', c.id, 'code', c.code, 'name', c.name, 'at', c.performed_on) fact,
    ${within ? windowEnd(day, within, moment) : sql`null::timestamptz`} flips_at from procedure c
    where c.organization_id = p.organization_id and c.patient_id = p.id and c.superseded_by is null
      ${codes ? sql`and ${byPrefix(sql`c.code`, codes)}` : sql``} ${kind ? sql`and c.kind = ${kind}` : sql``}
      ${within ? sql`and ${day} >= ${windowStart(within, moment)}` : sql``}
    order by c.performed_on desc nulls last limit 1`
}

function familyHistoryRows({ codes }: z.infer<typeof familyHistoryTest>): RawBuilder<unknown> {
  return sql`select true ok, jsonb_build_object('kind', 'family-history', 'id', f.id, 'code', f.condition_code, 'name', f.condition_name, 'relation', f.relation) fact,
    null::timestamptz flips_at from family_history f
    where f.organization_id = p.organization_id and f.patient_id = p.id and f.superseded_by is null
      and ${byPrefix(sql`f.condition_code`, codes)} limit 1`
}

function tagRows({ code }: z.infer<typeof tagTest>): RawBuilder<unknown> {
  return sql`select true ok, jsonb_build_object('kind', 'tag', 'code', t.tag_code, 'at', t.set_at) fact, t.expires_at flips_at
    from patient_tag t where t.organization_id = p.organization_id and t.patient_id = p.id and t.tag_code = ${code}
      and t.state = 'active' limit 1`
}

const LAST: Record<z.infer<typeof sinceTest>['event'], RawBuilder<Date>> = {
  encounter: sql`(select max(e.started_at) from encounter e
    where e.organization_id = p.organization_id and e.patient_id = p.id and e.superseded_by is null)`,
  report: sql`(select max(r.effective_at) from report r
    where r.organization_id = p.organization_id and r.patient_id = p.id and r.superseded_by is null)`,
  observation: sql`(select max(o.effective_at) from observation o
    where o.organization_id = p.organization_id and o.patient_id = p.id and o.superseded_by is null)`,
  registration: sql`p.created_at`,
  get 'any-contact'() {
    return sql<Date>`greatest(${LAST.encounter}, ${LAST.report}, ${LAST.registration})`
  },
}

function sinceRows({ event, op, span }: z.infer<typeof sinceTest>, moment: EvaluationMoment): RawBuilder<unknown> {
  const longAgo = sql`(l.at is null or l.at < ${windowStart(span, moment)})`
  const ok = op === '>=' ? longAgo : sql`not ${longAgo}`
  // `offset 0`: else the look for the last one stands in the statement, and is made, once for each use of it.
  return sql`select ${ok} ok, case when ${ok} then jsonb_build_object('kind', 'last', 'event', ${event}::text, 'at', l.at) end fact, ${windowEnd(sql`l.at`, span, moment)} flips_at
    from (select ${LAST[event]} at offset 0) l`
}

function byPrefix(column: RawBuilder<unknown>, codes: readonly string[]): RawBuilder<boolean> {
  return sql`(${sql.join(
    codes.map((code) => sql`starts_with(${column}, ${code})`),
    sql` or `,
  )})`
}
