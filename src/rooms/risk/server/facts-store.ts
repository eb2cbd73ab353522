import { sql, type RawBuilder } from 'kysely'
import { PREPARED, type Db } from '../../../platform/database/database.ts'
import type { Facts } from './facts.ts'
import { codesRead, edition } from './mapping.ts'
import './table.ts'

export interface FactsAsked {
  organizationId: string
  patientIds: readonly string[]
  timeZone: string
  /** The youngest who are assessed were born on this day. */
  bornUntil: string
}

export interface FoundFacts extends Facts {
  /** Digest of all that is here and of the instruments' edition. */
  fingerprint: string
}

/**
 * What the instruments want to know of these people, in one statement; the dead, minors and people without a date of
 * birth are left out.
 * @param onlyChanged leaves out whose facts are those that were looked at last: most of a batch, most of the time
 */
export async function findFacts(db: Db, asked: FactsAsked, onlyChanged: boolean): Promise<FoundFacts[]> {
  const { organizationId, patientIds, timeZone, bornUntil } = asked
  const dayOf = (instant: RawBuilder<unknown>) => sql`(${instant} at time zone ${timeZone})::date`
  const ofPerson = (alias: string) =>
    sql`${sql.ref(`${alias}.organization_id`)} = ${organizationId} and ${sql.ref(`${alias}.patient_id`)} = p.id and ${sql.ref(`${alias}.superseded_by`)} is null`
  const { rows } = await sql<FoundFacts>`${sql.raw(PREPARED)}
    with ${mergedPersons(organizationId, patientIds)}, answer as (
      select of_id, json_agg(json_build_object('id', id, 'question', question, 'value', value, 'by', by_name,
        'on', ${dayOf(sql`at`)}) order by question) list
      from (select distinct on (p.of_id, a.question) p.of_id, a.* from person p
        join risk_answer a on a.organization_id = ${organizationId} and a.patient_id = p.id
        order by p.of_id, a.question, a.at desc, a.id desc) a group by of_id
    ), known as materialized (
      select p.id "patientId", p.sex, p.birth_date::text "birthDate", coalesce(a.list, '[]') answers,
        coalesce((select json_agg(json_build_object('id', o.id, 'code', o.code, 'value', o.value, 'text', o.value_text,
            'unit', o.unit, 'method', o.method, 'on', ${dayOf(sql`o.effective_at`)}) order by o.code, o.effective_at desc, o.id desc)
          from unnest(${[...codesRead.keys()]}::text[], ${[...codesRead.values()]}::int[]) c (code, most) cross join lateral (
            select * from observation o where ${ofPerson('o')} and o.code = c.code and o.comparator is null
            order by o.effective_at desc, o.id desc limit c.most) o), '[]') observations,
        coalesce((select json_agg(json_build_object('id', f.id, 'code', f.code, 'on', coalesce(f.onset_on, ${dayOf(sql`f.recorded_at`)})) order by f.id)
          from condition f where ${ofPerson('f')} and f.clinical_status = 'active' and f.code <> ''), '[]') conditions,
        coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'on', coalesce(f.started_on, ${dayOf(sql`f.recorded_at`)})) order by f.id)
          from medication f where ${ofPerson('f')} and f.ended_on is null), '[]') medications,
        coalesce((select json_agg(json_build_object('id', f.id, 'relation', f.relation, 'code', f.condition_code, 'on', ${dayOf(sql`f.recorded_at`)}) order by f.id)
          from family_history f where ${ofPerson('f')} and f.condition_code <> ''), '[]') families,
        coalesce((select json_agg(json_build_object('id', f.id, 'about', f.about, 'on', ${dayOf(sql`f.recorded_at`)}) order by f.id)
          from absence f where ${ofPerson('f')}), '[]') absences
      from patient p left join answer a on a.of_id = p.id
      where p.organization_id = ${organizationId} and p.id = any(${[...patientIds]}::uuid[]) and p.state = 'active'
        and p.birth_date <= ${bornUntil}::date
    ), marked as materialized (
      select k.*, md5(concat(${edition}::text, k::text)) fingerprint from known k
    )
    select m.* from marked m
    left join risk_watermark w on w.organization_id = ${organizationId} and w.patient_id = m."patientId"
    where not ${onlyChanged}::boolean or w.fingerprint is distinct from m.fingerprint
    order by m."patientId"`.execute(db)
  return rows
}

/** Each person and whoever was merged into them: their answers and results count as one's own until that is undone. */
export function mergedPersons(organizationId: string, patientIds: readonly string[]): RawBuilder<unknown> {
  return sql`recursive person (of_id, id) as (
      select id, id from unnest(${[...patientIds]}::uuid[]) id
      union
      select p.of_id, m.from_id from person p join patient_merge m
        on m.organization_id = ${organizationId} and m.into_id = p.id and m.undone_at is null
    )`
}

export async function writeWatermarks(
  db: Db,
  organizationId: string,
  people: readonly FoundFacts[],
  at: Date,
): Promise<void> {
  if (people.length === 0) return
  await sql`
    insert into risk_watermark as w (organization_id, patient_id, fingerprint, looked_at)
    select ${organizationId}::uuid, id, fingerprint, ${at}::timestamptz
    from unnest(${people.map((one) => one.patientId)}::uuid[], ${people.map((one) => one.fingerprint)}::text[]) c (id, fingerprint)
    on conflict (organization_id, patient_id) do update set fingerprint = excluded.fingerprint, looked_at = excluded.looked_at`.execute(
    db,
  )
}
