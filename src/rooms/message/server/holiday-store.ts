import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { HolidayDay } from '../contract/holiday.ts'
import './table.ts'

export interface HolidayYearRow {
  year: number
  source: string
  imported_by_name: string
  imported_at: Date
  days: HolidayDay[]
}

export async function findHolidayYears(db: Db, organizationId: string): Promise<HolidayYearRow[]> {
  const { rows } = await sql<HolidayYearRow>`
    select y.year, y.source, y.imported_by_name, y.imported_at,
      (select coalesce(json_agg(json_build_object('day', d.day, 'kind', d.kind, 'name', d.name) order by d.day), '[]') from holiday d
        where d.organization_id = y.organization_id and d.year = y.year) days
    from holiday_year y where y.organization_id = ${organizationId} order by y.year desc`.execute(db)
  return rows
}

/** Puts a whole year in the place of what was known of it. */
export async function putHolidayYear(
  ctx: WriteContext,
  { year, source, days }: { year: number; source: string; days: readonly HolidayDay[] },
): Promise<void> {
  const { organizationId } = ctx
  const by = { imported_by: ctx.actor.id, imported_by_name: ctx.actor.name, imported_at: ctx.clock.now(), source }
  await ctx.tx
    .insertInto('holiday_year')
    .values({ organization_id: organizationId, year, ...by })
    .onConflict((conflict) => conflict.columns(['organization_id', 'year']).doUpdateSet(by))
    .execute()
  await ctx.tx.deleteFrom('holiday').where('organization_id', '=', organizationId).where('year', '=', year).execute()
  await sql`
    insert into holiday (organization_id, year, day, kind, name)
    select ${organizationId}::uuid, ${year}, d.day, d.kind, d.name
    from json_to_recordset(${JSON.stringify(days)}::json) d (day date, kind text, name text)`.execute(ctx.tx)
}

/** What stood still for want of the table is looked at again at once. @returns the ids */
export async function wakeForTable(ctx: WriteContext): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update message set next_at = ${ctx.clock.now()}
    where organization_id = ${ctx.organizationId} and state in ('planned', 'deferred') and reason = 'holidays-unknown' returning id`.execute(
    ctx.tx,
  )
  return rows.map(({ id }) => id)
}
