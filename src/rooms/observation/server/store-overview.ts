import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'
import { PREPARED, type Db } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import type { LooseRow } from './view.ts'

export interface OverviewRow {
  id: string
  name: string
  called: string
  sex: string
  birth_date: string | null
  state: string
  level: string
  deceased_on: string | null
  has_contact: boolean
  main_worry: string
  main_worry_at: Date | null
  doctor_name: string | null
  manager_name: string | null
  allergies: { id: string; substance: string; reaction: string; severity: string }[]
  absences: string[]
  conditions: { id: string; code: string; name: string; clinical_status: string; onset_on: string | null }[]
  medications: { id: string; name: string; dose: string; started_on: string | null; ended_on: string | null }[]
  procedures: { id: string; name: string; performed_on: string | null }[]
  family_history: { id: string; relation: string; condition_name: string }[]
  reports: {
    id: string
    title: string
    category: string
    status: string
    effective_at: string
    performer: string
    impression: string | null
    items: number
    abnormal_count: number
    abnormal: Abnormal[]
  }[]
  /** The newest values of every code, newest first, at most two. */
  values: Newest[][]
}

/** What choosing the indicators looks at, as a row of JSON: the names of the columns would be most of it. */
export type Newest = [
  code: string,
  at: string,
  value: number | null,
  flag: LooseRow['flag'],
  low: number | null,
  high: number | null,
]
/** An item of a report that is out of its range, as a row of JSON too, with the value before it, whatever report that is from. */
export type Abnormal = [
  code: string,
  value: number | null,
  text: string | null,
  comparator: string | null,
  unit: string | null,
  flag: LooseRow['flag'],
  nameSent: string | null,
  before: [value: number, at: string] | null,
]
const NEWEST = sql`json_build_array(o.code, o.effective_at, o.value, o.flag, o.low, o.high)`

/** A flag that is no news. */
export const isAbnormal = sql<boolean>`o.flag is not null and o.flag <> 'N'`

const VALUE =
  sql.raw(`o.id, o.code, o.effective_at, o.value, o.value_text, o.comparator, o.unit, o.low, o.high, o.range_text, o.flag, o.method,
  o.original, o.report_id, o.source, o.author_id, o.superseded_by, o.superseded_at, o.superseded_author_id, o.superseded_because`)

/** All standing facts of a kind as one JSON array. */
const factsOf = (table: string, columns: string, rest = '') =>
  sql`coalesce((select json_agg(f) from (select ${sql.raw(columns)} from ${sql.table(table)} f
    where f.organization_id = p.organization_id and f.patient_id = p.id and f.superseded_by is null ${sql.raw(rest)}) f), '[]')`

/**
 * `known (code)`: the codes that the patient has values of. The recursion hops over the primary key from code to code,
 * so it costs an index probe per code, whatever the number of values: ten years of daily pressures are no slower than
 * two readings. The last row is null.
 */
export function knownCodes(organizationId: RawBuilder<unknown>, patientId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`recursive known (code) as (
      (select o.code from observation o where o.organization_id = ${organizationId} and o.patient_id = ${patientId} order by o.code limit 1)
      union all
      select (select o.code from observation o where o.organization_id = ${organizationId} and o.patient_id = ${patientId} and o.code > k.code order by o.code limit 1)
      from known k where k.code is not null
    )`
}

/** The newest `most` values of every code of the patient `p`, one JSON array a code. */
export function newestValues<Value = LooseRow>(
  organizationId: RawBuilder<unknown>,
  patientId: RawBuilder<unknown>,
  most: number,
  value: RawBuilder<unknown> = sql`o`,
): RawBuilder<Value[][]> {
  return sql`coalesce((
    with ${knownCodes(organizationId, patientId)}
    select json_agg(n.newest) from known k cross join lateral (
      select json_agg(${value}) newest from (
        select ${VALUE} from observation o where o.organization_id = ${organizationId} and o.patient_id = ${patientId} and o.code = k.code
          and o.superseded_by is null order by o.effective_at desc, o.id desc limit ${most}) o) n
    where k.code is not null and n.newest is not null), '[]')`
}

/** Up to so many values of a person are read in one go; beyond, hopping from code to code is quicker. */
const FEW = 300

/** The same of the patient `p` as `Newest`, by whichever way costs less. */
const newestTwo = sql`case when (
    select count(*) from (select from observation o where o.organization_id = p.organization_id and o.patient_id = p.id limit ${sql.lit(FEW + 1)}) few
  ) > ${sql.lit(FEW)} then ${newestValues<Newest>(sql`p.organization_id`, sql`p.id`, 2, NEWEST)}
  else coalesce((select json_agg(c.newest) from (
    select json_agg(${NEWEST} order by o.place) newest from (
      select o.*, row_number() over (partition by o.code order by o.effective_at desc, o.id desc) place from observation o
      where o.organization_id = p.organization_id and o.patient_id = p.id and o.superseded_by is null) o
    where o.place <= 2 group by o.code) c), '[]') end`

const NEWEST_REPORTS = sql`coalesce((
  select json_agg(r) from (
    select r.id, r.title, r.category, r.status, r.effective_at, r.performer, r.impression, i.items, i.abnormal_count, i.abnormal
    from (select * from report r where r.organization_id = p.organization_id and r.patient_id = p.id and r.superseded_by is null
      and r.status <> 'cancelled' order by r.effective_at desc, r.id desc limit 3) r
    cross join lateral (
      select count(*)::int items, (count(*) filter (where ${isAbnormal}))::int abnormal_count,
        coalesce(json_agg(json_build_array(o.code, o.value, o.value_text, o.comparator, o.unit, o.flag, o.original ->> 'name', (
          select json_build_array(b.value, b.effective_at) from observation b where b.organization_id = o.organization_id
            and b.patient_id = o.patient_id and b.code = o.code and b.effective_at < o.effective_at and b.superseded_by is null
            and b.value is not null order by b.effective_at desc limit 1)) order by o.code) filter (where ${isAbnormal}), '[]') abnormal
      from observation o where o.organization_id = r.organization_id and o.report_id = r.id and o.superseded_by is null) i) r), '[]')`

/**
 * Everything the first screen of a patient needs but the courses of the few indicators, in one statement.
 * @returns undefined when the actor does not see the patient
 */
export async function findOverview(
  db: Db,
  organizationId: string,
  patientId: string,
  actor: Actor,
  now: Date,
): Promise<OverviewRow | undefined> {
  const { rows } = await sql<OverviewRow>`${sql.raw(PREPARED)}
    select p.id, p.name, p.called, p.sex, p.birth_date, p.state, p.level, p.deceased_on, p.main_worry, p.main_worry_at,
      p.phone_index is not null or p.guardian_phone_index is not null has_contact, d.name doctor_name, m.name manager_name,
      ${factsOf('allergy', 'id, substance, reaction, severity', 'order by f.recorded_at, f.id')} allergies,
      ${sql`coalesce((select json_agg(a.about) from absence a where a.organization_id = p.organization_id and a.patient_id = p.id and a.superseded_by is null), '[]')`} absences,
      ${factsOf('condition', 'id, code, name, clinical_status, onset_on', "order by f.clinical_status = 'resolved', f.onset_on desc nulls last, f.id")} conditions,
      ${factsOf('medication', 'id, name, dose, started_on, ended_on', 'order by f.started_on desc nulls last, f.id')} medications,
      ${factsOf('procedure', 'id, name, performed_on', 'order by f.performed_on desc nulls last, f.id limit 20')} procedures,
      ${factsOf('family_history', 'id, relation, condition_name', 'order by f.id')} family_history,
      ${NEWEST_REPORTS} reports,
      ${newestTwo} "values"
    from patient p
    left join staff d on d.organization_id = p.organization_id and d.id = p.doctor_id
    left join staff m on m.organization_id = p.organization_id and m.id = p.manager_id
    where p.organization_id = ${organizationId} and p.id = ${patientId} and ${visibleTo(actor, 'p', now)}`.execute(db)
  return rows[0]
}
