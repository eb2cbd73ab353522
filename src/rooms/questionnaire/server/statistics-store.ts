import { sql, type Expression, type SqlBool } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'

export interface Counts {
  n: number
  asked: number
  spared: number
  askedAgain: number
  bands: { score: string; band: string; n: number }[]
}

/** How many answered, of how many asked, and the bands they came to. Only patients in `scope` are counted. */
export async function countAnswers(
  db: Db,
  organizationId: string,
  code: string,
  version: number | undefined,
): Promise<Counts> {
  const ofVersion = (alias: string): Expression<SqlBool> =>
    version === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(`${alias}.version`)} = ${version}`
  const { rows } = await sql<Counts>`
    select
      (select count(*)::int from questionnaire_response r where r.organization_id = ${organizationId} and r.code = ${code}
        and r.superseded_by is null and ${ofVersion('r')}) n,
      (select count(*)::int from questionnaire_invitation i where i.organization_id = ${organizationId} and i.code = ${code}
        and i.kind = 'personal' and ${ofVersion('i')}) asked,
      (select coalesce(sum(known_count), 0)::int from questionnaire_response r where r.organization_id = ${organizationId} and r.code = ${code}
        and r.superseded_by is null and ${ofVersion('r')}) spared,
      (select coalesce(sum(asked_again), 0)::int from questionnaire_response r where r.organization_id = ${organizationId} and r.code = ${code}
        and r.superseded_by is null and ${ofVersion('r')}) "askedAgain",
      coalesce((select json_agg(b) from (
        select s ->> 'code' score, s ->> 'band' band, count(*)::int n
        from questionnaire_response r, jsonb_array_elements(r.scores) s
        where r.organization_id = ${organizationId} and r.code = ${code} and r.superseded_by is null and ${ofVersion('r')}
          and s ->> 'band' is not null
        group by 1, 2 order by 1, 3 desc) b), '[]') bands`.execute(db)
  return rows[0]!
}

export interface CountedMonth {
  /** `YYYY-MM`, in the organization's time. */
  month: string
  n: number
  spared: number
  askedAgain: number
}

/** What the record spared and what was asked again, by the month of the answer; the newest twelve with answers. */
export async function countMonths(
  db: Db,
  organizationId: string,
  code: string,
  version: number | undefined,
  timeZone: string,
): Promise<CountedMonth[]> {
  const { rows } = await sql<CountedMonth>`
    select to_char(r.answered_at at time zone ${timeZone}, 'YYYY-MM') "month", count(*)::int n,
      sum(known_count)::int spared, sum(asked_again)::int "askedAgain"
    from questionnaire_response r
    where r.organization_id = ${organizationId} and r.code = ${code} and r.superseded_by is null and ${OF_VERSION(version)}
    group by 1 order by 1 desc limit 12`.execute(db)
  return rows.toReversed()
}

const OF_VERSION = (version: number | undefined) => (version === undefined ? sql`true` : sql`r.version = ${version}`)

/** How often each coded answer was given, and how many answered the question at all. */
export async function countItems(
  db: Db,
  organizationId: string,
  code: string,
  version: number | undefined,
): Promise<{ linkId: string; code: string; n: number; answered: number }[]> {
  const { rows } = await sql<{ linkId: string; code: string; n: number; answered: number }>`
    with given as (
      select r.id, item ->> 'linkId' link_id, coalesce(answer #>> '{valueCoding,code}', answer ->> 'valueBoolean') code
      from questionnaire_response r,
        jsonb_path_query(r.response, 'strict $.**{0 to 20}.item[*]') item,
        jsonb_path_query(item, '$.answer[*]') answer
      where r.organization_id = ${organizationId} and r.code = ${code} and r.superseded_by is null and ${OF_VERSION(version)}
    ), people as (select link_id, count(distinct id)::int answered from given where code is not null group by 1)
    select link_id "linkId", code, count(*)::int n, answered
    from given join people using (link_id) where code is not null
    group by 1, 2, 4 order by 1, 3 desc`.execute(db)
  return rows
}

interface CountedRow {
  name: string
  value: number
  n: number
}

/** How often each number was given, by question. */
export async function countNumbers(
  db: Db,
  organizationId: string,
  code: string,
  version: number | undefined,
): Promise<CountedRow[]> {
  const { rows } = await sql<CountedRow>`
    select item ->> 'linkId' name,
      coalesce(answer -> 'valueDecimal', answer -> 'valueInteger', answer #> '{valueQuantity,value}')::text::float8 "value", count(*)::int n
    from questionnaire_response r,
      jsonb_path_query(r.response, 'strict $.**{0 to 20}.item[*]') item,
      jsonb_path_query(item, '$.answer[*]') answer
    where r.organization_id = ${organizationId} and r.code = ${code} and r.superseded_by is null and ${OF_VERSION(version)}
      and coalesce(answer -> 'valueDecimal', answer -> 'valueInteger', answer #> '{valueQuantity,value}') is not null
    group by 1, 2`.execute(db)
  return rows
}

/** How often each score came out. */
export async function countScores(
  db: Db,
  organizationId: string,
  code: string,
  version: number | undefined,
): Promise<CountedRow[]> {
  const { rows } = await sql<CountedRow>`
    select s ->> 'code' name, (s ->> 'value')::float8 "value", count(*)::int n
    from questionnaire_response r, jsonb_array_elements(r.scores) s
    where r.organization_id = ${organizationId} and r.code = ${code} and r.superseded_by is null and ${OF_VERSION(version)}
      and s ->> 'value' is not null
    group by 1, 2`.execute(db)
  return rows
}
