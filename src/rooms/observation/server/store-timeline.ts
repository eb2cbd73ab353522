import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'

export interface TimelineRow {
  kind: string
  id: string
  at: Date
  date_only: boolean
  detail: Record<string, unknown>
  author: string | null
}

export interface TimelineAsk {
  organizationId: string
  patientId: string
  timeZone: string
  kinds: readonly string[]
  before?: { at: string; id: string }
  limit: number
}

/** One kind of fact: what it shows and since when; a day without a time is its midnight. */
const KINDS: Readonly<Record<string, { table: string; at: string; dateOnly: string; detail: string }>> = {
  encounter: {
    table: 'encounter',
    at: 'f.started_at',
    dateOnly: 'false',
    detail: `'class', f.class, 'title', f.title, 'department', f.department, 'note', f.note, 'endedAt', f.ended_at`,
  },
  procedure: {
    table: 'procedure',
    at: 'f.performed_on',
    dateOnly: 'f.performed_on is not null',
    detail: `'name', f.name, 'note', f.note`,
  },
  condition: {
    table: 'condition',
    at: 'f.onset_on',
    dateOnly: 'f.onset_on is not null',
    detail: `'name', f.name, 'code', f.code, 'note', f.note, 'status', f.clinical_status`,
  },
  medication: {
    table: 'medication',
    at: 'f.started_on',
    dateOnly: 'f.started_on is not null',
    detail: `'name', f.name, 'note', f.dose, 'endedOn', f.ended_on`,
  },
  allergy: {
    table: 'allergy',
    at: 'f.noted_on',
    dateOnly: 'f.noted_on is not null',
    detail: `'name', f.substance, 'note', f.reaction, 'severity', f.severity`,
  },
  'family-history': {
    table: 'family_history',
    at: 'f.recorded_at',
    dateOnly: 'false',
    detail: `'name', f.condition_name, 'relation', f.relation`,
  },
}

/** What happened to a patient as the record knows it, newest first, up to `limit` rows over all kinds. */
export async function findTimeline(db: Db, ask: TimelineAsk): Promise<TimelineRow[]> {
  const parts = ask.kinds.flatMap((kind) => {
    if (kind === 'report') return [reports(ask)]
    if (kind === 'observation-day') return [observationDays(ask)]
    return KINDS[kind] ? [facts(kind, ask)] : []
  })
  if (parts.length === 0) return []
  const { rows } = await sql<TimelineRow>`
    select t.kind, t.id, t.at, t.date_only, t.detail, s.name author
    from (${sql.join(
      parts.map((part) => sql`(${part})`),
      sql` union all `,
    )}) t (kind, id, at, date_only, detail, author_id)
    left join staff s on s.organization_id = ${ask.organizationId} and s.id = t.author_id
    order by t.at desc, t.id desc limit ${ask.limit}`.execute(db)
  return rows
}

const earlier = (ask: TimelineAsk, at: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
  ask.before ? sql`and (${at}, ${id}) < (${ask.before.at}::timestamptz, ${ask.before.id}::uuid)` : sql``

function reports(ask: TimelineAsk): RawBuilder<unknown> {
  return sql`
    select 'report', r.id, r.effective_at, false, jsonb_build_object('title', r.title, 'category', r.category, 'performer', r.performer,
      'impression', r.impression, 'status', r.status, 'items', i.items, 'abnormal', i.abnormal), null::uuid
    from (select * from report r where r.organization_id = ${ask.organizationId} and r.patient_id = ${ask.patientId} and r.superseded_by is null
        and r.status <> 'cancelled' ${earlier(ask, sql`r.effective_at`, sql`r.id`)}
      order by r.effective_at desc, r.id desc limit ${ask.limit}) r
    cross join lateral (
      select count(*) items, coalesce(jsonb_agg(jsonb_build_object('code', o.code, 'value', o.value, 'text', o.value_text, 'comparator', o.comparator,
        'unit', o.unit, 'flag', o.flag, 'name', o.original->>'name') order by o.code) filter (where o.flag is not null and o.flag <> 'N'), '[]') abnormal
      from observation o where o.organization_id = r.organization_id and o.report_id = r.id and o.superseded_by is null) i`
}

function facts(kind: string, ask: TimelineAsk): RawBuilder<unknown> {
  const { table, at, dateOnly, detail } = KINDS[kind]!
  const moment = at.endsWith('_on')
    ? sql`coalesce((${sql.raw(at)}::timestamp at time zone ${ask.timeZone}), f.recorded_at)`
    : sql.raw(at)
  return sql`
    select * from (
      select ${kind}::text kind, f.id, ${moment} moment, ${sql.raw(dateOnly)}, jsonb_build_object(${sql.raw(detail)}), f.author_id
      from ${sql.table(table)} f
      where f.organization_id = ${ask.organizationId} and f.patient_id = ${ask.patientId} and f.superseded_by is null) f
    where true ${earlier(ask, sql`f.moment`, sql`f.id`)}
    order by f.moment desc, f.id desc limit ${ask.limit}`
}

/**
 * Days with values that no report brought, each as one entry at its last value. The recursion hops from day to day
 * over `observation_in_time`. A day whose last value the page before has shown is not begun again in its middle.
 */
function observationDays(ask: TimelineAsk): RawBuilder<unknown> {
  const { organizationId, patientId, timeZone, before } = ask
  const mine = sql`o.organization_id = ${organizationId} and o.patient_id = ${patientId} and o.report_id is null and o.superseded_by is null`
  const dayOf = (at: RawBuilder<unknown>) =>
    sql`(date_trunc('day', ${at} at time zone ${timeZone}) at time zone ${timeZone})`
  const newestBefore = (condition: RawBuilder<unknown>) =>
    sql`select o.id, o.effective_at at from observation o where ${mine} and ${condition} order by o.effective_at desc, o.id desc limit 1`
  const cursor = before && sql`(${before.at}::timestamptz, ${before.id}::uuid)`
  const cursorDay = before && dayOf(sql`${before.at}::timestamptz`)
  const first = before
    ? sql`case when exists (select from observation o where ${mine} and (o.effective_at, o.id) >= ${cursor}
        and o.effective_at < ${cursorDay} + interval '26 hours' and ${dayOf(sql`o.effective_at`)} = ${cursorDay})
        then o.effective_at < ${cursorDay} else (o.effective_at, o.id) < ${cursor} end`
    : sql`true`
  return sql`
    select 'observation-day', d.id, d.at, false, jsonb_build_object('items', i.items, 'count', i.count), i.author_id
    from (
      with recursive day (id, at, n) as (
        (select f.id, f.at, 1 from (${newestBefore(first)}) f)
        union all
        select e.id, e.at, day.n + 1 from day cross join lateral (${newestBefore(sql`o.effective_at < ${dayOf(sql`day.at`)}`)}) e
        where day.n < ${ask.limit}
      ) select id, at from day
    ) d cross join lateral (
      select count(*) count, (array_agg(o.author_id order by o.effective_at desc))[1] author_id,
        jsonb_agg(jsonb_build_object('code', o.code, 'value', o.value, 'text', o.value_text, 'comparator', o.comparator, 'unit', o.unit,
          'flag', o.flag, 'at', o.effective_at, 'source', o.source, 'name', o.original->>'name') order by o.effective_at desc, o.code) items
      from observation o where ${mine} and o.effective_at >= ${dayOf(sql`d.at`)} and o.effective_at <= d.at) i`
}
