import { sql } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import '../../staff/server/table.ts'

export interface DutyRow {
  id: string
  staff_id: string
  name: string
  from_at: Date
  until_at: Date
  rank: number
  phone: string
}

/** Shifts that touch a span, the first to be told first; whoever has left the house is on no list. */
export async function findDuty(db: Db, organizationId: string, from: Date, until: Date): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`
    select d.id, d.staff_id, s.name, d.from_at, d.until_at, d.rank, d.phone from alert_duty d
    join staff s on s.organization_id = d.organization_id and s.id = d.staff_id and s.state = 'active'
    where d.organization_id = ${organizationId} and d.removed_at is null and d.until_at > ${from} and d.from_at <= ${until}
    order by d.rank, d.from_at, d.id limit 1000`.execute(db)
  return rows
}

/** Who is on duty at this moment, in the order in which they are told. */
export async function onDuty(db: Db, organizationId: string, at: Date): Promise<DutyRow[]> {
  const rows = await findDuty(db, organizationId, at, at)
  return rows.filter((row, place) => rows.findIndex(({ staff_id }) => staff_id === row.staff_id) === place)
}
