import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleTo } from '../../patient/server/index.ts'
import { GOOD, LOW, type FigureCode, type LeftOut } from '../contract/words.ts'
import './table.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** Instants: from the first, up to the second. */
export interface Moments {
  from: Date
  to: Date
}

export interface Rated {
  department: string
  score: number
  n: number
  complaints: number
}

/** Ratings that stand and came in the span, by department and score: a few dozen rows. */
export async function countRatings({ db, organizationId }: Reading, { from, to }: Moments): Promise<Rated[]> {
  const { rows } = await sql<Rated>`
    select department, score, count(*)::int n, (count(*) filter (where complains))::int complaints
    from satisfaction_answer where organization_id = ${organizationId} and superseded_by is null
      and answered_at >= ${from} and answered_at < ${to} group by 1, 2`.execute(db)
  return rows
}

export interface Sent {
  department: string
  asked: number
  answered: number
}

const HAS_ANSWERED = sql`exists (select from satisfaction_answer a where a.organization_id = v.organization_id
  and a.patient_id = v.patient_id and a.visit_id = v.visit_id and a.superseded_by is null)`

/** Letters that left the house in the span, and how many of them were answered by now. */
export async function countAsked({ db, organizationId }: Reading, { from, to }: Moments): Promise<Sent[]> {
  const { rows } = await sql<Sent>`
    select department, count(*)::int asked, (count(*) filter (where ${HAS_ANSWERED}))::int answered
    from satisfaction_visit v where organization_id = ${organizationId} and sent_at >= ${from} and sent_at < ${to}
    group by 1`.execute(db)
  return rows
}

export async function countLeftOut(
  { db, organizationId }: Reading,
  { from, to }: Moments,
): Promise<{ reason: LeftOut; n: number }[]> {
  const { rows } = await sql<{ reason: LeftOut; n: number }>`
    select reason, count(*)::int n from satisfaction_visit where organization_id = ${organizationId} and state = 'left-out'
      and decided_at >= ${from} and decided_at < ${to} group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

export interface FoundRow {
  id: string
  at: Date
  patient_id: string
  patient_name: string
  visible: boolean
  department: string
  class: string | null
  visited_on: string | null
  response_id: string | null
  score: number | null
  about: string | null
  has_words: boolean | null
  wants_contact: boolean | null
  complains: boolean | null
  complaint_id: string | null
  danger: boolean | null
  reason: LeftOut | null
}

export interface RowsAsked extends Moments {
  figure: FigureCode
  score?: number | undefined
  reason?: LeftOut | undefined
  department?: string | undefined
  after?: { at: string; id: string } | undefined
  limit: number
}

const OF_ANSWER: Record<Exclude<FigureCode, 'asked' | 'left-out'>, RawBuilder<unknown>> = {
  answered: sql`true`,
  good: sql`a.score >= ${GOOD}`,
  low: sql`a.score <= ${LOW}`,
  complaints: sql`a.complains`,
}

/** What stands behind a number, newest first. */
export function findRows(ctx: ReadContext, asked: RowsAsked): Promise<FoundRow[]> {
  return asked.figure === 'asked' || asked.figure === 'left-out'
    ? findVisits(ctx, asked)
    : findAnswers(ctx, asked, OF_ANSWER[asked.figure])
}

const isOf = (column: RawBuilder<unknown>, value: string | number | undefined) =>
  value === undefined ? sql`true` : sql`${column} = ${value}`

async function findAnswers(
  { db, organizationId, actor, clock }: ReadContext,
  { from, to, score, department, after, limit }: RowsAsked,
  which: RawBuilder<unknown>,
): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select a.response_id id, a.answered_at at, a.patient_id, p.name patient_name, ${visibleTo(actor, 'p', clock.now())} visible,
      a.department, a.class, a.visited_on, a.response_id, a.score, a.about, a.has_words, a.wants_contact, a.complains, a.complaint_id, a.danger, null reason
    from satisfaction_answer a join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
    where a.organization_id = ${organizationId} and a.superseded_by is null and a.answered_at >= ${from} and a.answered_at < ${to}
      and ${which} and ${isOf(sql`a.score`, score)} and ${isOf(sql`a.department`, department)}
      and ${after ? sql`(a.answered_at, a.response_id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by a.answered_at desc, a.response_id desc limit ${limit}`.execute(db)
  return rows
}

async function findVisits(
  { db, organizationId, actor, clock, tenant }: ReadContext,
  { from, to, figure, reason, department, after, limit }: RowsAsked,
): Promise<FoundRow[]> {
  const at = figure === 'asked' ? sql`v.sent_at` : sql`v.decided_at`
  const { rows } = await sql<FoundRow>`
    select v.visit_id id, ${at} at, v.patient_id, p.name patient_name, ${visibleTo(actor, 'p', clock.now())} visible, v.department, v.class,
      (v.closed_at at time zone ${tenant.timeZone})::date::text visited_on, a.response_id, a.score, a.about, a.has_words, a.wants_contact,
      a.complains, a.complaint_id, a.danger, v.reason
    from satisfaction_visit v join patient p on p.organization_id = v.organization_id and p.id = v.patient_id
    left join satisfaction_answer a on a.organization_id = v.organization_id and a.patient_id = v.patient_id and a.visit_id = v.visit_id
      and a.superseded_by is null
    where v.organization_id = ${organizationId} and ${figure === 'asked' ? sql`v.sent_at is not null` : sql`v.state = 'left-out'`}
      and ${at} >= ${from} and ${at} < ${to} and ${isOf(sql`v.reason`, reason)} and ${isOf(sql`v.department`, department)}
      and ${after ? sql`(${at}, v.visit_id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by 2 desc, 1 desc limit ${limit}`.execute(db)
  return rows
}

export function findAnswer({ db, organizationId }: Reading, responseId: string) {
  return db
    .selectFrom('satisfaction_answer')
    .select(['patient_id', 'danger'])
    .where('organization_id', '=', organizationId)
    .where('response_id', '=', responseId)
    .executeTakeFirst()
}
