import { sql } from 'kysely'
import { PREPARED, type Db } from '../../../platform/database/database.ts'
import { knownCodes } from './store-overview.ts'
import type { Flag } from './table.ts'

/**
 * The standing values of one code, newest first, column by column: PostgreSQL writes ten arrays in a third of the time
 * of thousands of rows.
 */
export interface CodeValues {
  code: string
  /** As the laboratory printed it last; only of its own items. */
  printed: string | null
  day: string[]
  value: (number | null)[]
  flag: (Flag | null)[]
  low: (number | null)[]
  high: (number | null)[]
  comparator: ('<' | '<=' | '>' | '>=' | null)[]
  text: (string | null)[]
  unit: (string | null)[]
  method: (string | null)[]
  /** What was printed behind the number. */
  remark: (string | null)[]
}

/** More than this of one indicator are cut to the latest; a sensor's readings are seen by other means. */
const POINTS_MOST = 2000

/** Every standing value of a patient by code, on the house's calendar days: one index range per code. */
export async function findCompactValues(
  db: Db,
  organizationId: string,
  patientId: string,
  timeZone: string,
): Promise<CodeValues[]> {
  const { rows } = await sql<CodeValues>`${sql.raw(PREPARED)}
    with ${knownCodes(sql`${organizationId}::uuid`, sql`${patientId}::uuid`)}
    select v.* from known k cross join lateral (
      select k.code, (array_agg(o.original ->> 'name') filter (where k.code like 'local:%'))[1] printed,
        to_json(array_agg((o.effective_at at time zone ${timeZone})::date)) as "day",
        to_json(array_agg(o.value)) as "value", to_json(array_agg(o.flag)) flag, to_json(array_agg(o.low)) low,
        to_json(array_agg(o.high)) high, to_json(array_agg(o.comparator)) comparator, to_json(array_agg(o.value_text)) as "text",
        to_json(array_agg(o.unit)) unit, to_json(array_agg(o.method)) "method", to_json(array_agg(o.original ->> 'remark')) remark
      from (select effective_at, value, flag, low, high, comparator, value_text, unit, method, original from observation o
        where o.organization_id = ${organizationId} and o.patient_id = ${patientId} and o.code = k.code
        and o.superseded_by is null order by o.effective_at desc, o.id desc limit ${sql.lit(POINTS_MOST)}) o
      having count(*) > 0) v
    where k.code is not null`.execute(db)
  return rows
}

/** The codes that a patient has or had values of. */
export async function findCodes(db: Db, organizationId: string, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    with ${knownCodes(sql`${organizationId}::uuid`, sql`${patientId}::uuid`)} select code from known where code is not null`.execute(
    db,
  )
  return rows.map(({ code }) => code)
}
