import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { PREPARED, type Db } from '../../../platform/database/database.ts'
import { knownCodes } from './store-overview.ts'
import type { Flag } from './table.ts'
import { shownTo } from './withheld.ts'

/**
 * A column of values: nothing where all are null, one where all are the same (or there is one), else each. Most laboratories print one
 * unit, one interval and no method for years; what is not written need not be read.
 */
export type Packed<T> = null | [T] | (T | null)[]

/** The standing values of one code, newest first, column by column: quicker to write than thousands of rows. */
export interface CodeValues {
  code: string
  /** As the laboratory printed it last; only of its own items. */
  printed: string | null
  /** Calendar dates, one for each value. */
  day: string[]
  value: Packed<number>
  flag: Packed<Flag>
  low: Packed<number>
  high: Packed<number>
  comparator: Packed<'<' | '<=' | '>' | '>='>
  text: Packed<string>
  unit: Packed<string>
  method: Packed<string>
  /** What was printed behind the number. */
  remark: Packed<string>
}

/** The value at a place of a column that `length` values share. */
export function unpack<T>(packed: Packed<T>, at: number, length: number): T | null {
  if (packed === null) return null
  return (packed.length === 1 && length > 1 ? packed[0] : packed[at]) ?? null
}

const sparse = (column: string) => sql.raw(`case when count(${column}) > 0 then to_json(array_agg(${column})) end`)

/** Also looks whether all are the same: cheap for numbers and where it spares many texts. */
const packed = (column: string) =>
  sql.raw(`case when count(${column}) = 0 then null
    when count(${column}) = count(*) and min(${column}) = max(${column}) then json_build_array(min(${column}))
    else to_json(array_agg(${column})) end`)

/** More than this of one indicator are cut to the latest; a sensor's readings are seen by other means. */
const POINTS_MOST = 2000

/**
 * Every standing value of a patient that the actor may see, by code, on the house's calendar days: one index range per
 * code.
 * @param code only this one
 */
export async function findCompactValues(
  { db, organizationId, tenant: { timeZone }, actor, clock }: ReadContext,
  patientId: string,
  code?: string,
): Promise<CodeValues[]> {
  const { rows } = await sql<CodeValues>`${sql.raw(PREPARED)}
    with ${knownCodes(sql`${organizationId}::uuid`, sql`${patientId}::uuid`)}
    select v.* from known k cross join lateral (
      select k.code, (array_agg(o.original ->> 'name') filter (where k.code like 'local:%'))[1] printed,
        to_json(array_agg((o.effective_at at time zone ${timeZone})::date)) as "day",
        ${sparse('o.value')} as "value", ${sparse('o.flag')} flag, ${packed('o.low')} low, ${packed('o.high')} high,
        ${sparse('o.comparator')} comparator, ${sparse('o.value_text')} as "text", ${packed('o.unit')} unit,
        ${sparse('o.method')} as "method", ${sparse('o.remark')} remark
      from (select effective_at, value, flag, low, high, comparator, value_text, unit, method, original,
          original ->> 'remark' remark from observation o
        where o.organization_id = ${organizationId} and o.patient_id = ${patientId} and o.code = k.code
        and o.superseded_by is null and ${shownTo(actor, organizationId, clock.now())} order by o.effective_at desc, o.id desc limit ${sql.lit(POINTS_MOST)}) o
      having count(*) > 0) v
    where ${code === undefined ? sql`k.code is not null` : sql`k.code = ${code}`}`.execute(db)
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
