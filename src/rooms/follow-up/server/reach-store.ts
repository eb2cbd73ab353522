import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

/** Departments by protocol; a protocol that is not in it is open to everybody. */
export type Reaches = ReadonlyMap<string, readonly string[]>

export async function findReaches(db: Db, organizationId: string): Promise<Reaches> {
  const rows = await db
    .selectFrom('protocol_reach')
    .select(['code', 'departments'])
    .where('organization_id', '=', organizationId)
    .execute()
  return new Map(rows.map(({ code, departments }) => [code, departments]))
}

/** Whether a protocol takes somebody in by itself whose carers stand in these departments. */
export function admits(reaches: Reaches, code: string, carersIn: readonly string[]): boolean {
  const departments = reaches.get(code)
  return departments === undefined || carersIn.some((department) => departments.includes(department))
}

/** Whether anybody new may begin it at all. */
export function isClosed(reaches: Reaches, code: string): boolean {
  return reaches.get(code)?.length === 0
}

export async function putReach(
  tx: Transaction,
  organizationId: string,
  { code, departments, by, at }: { code: string; departments: readonly string[]; by: string | null; at: Date },
): Promise<void> {
  await sql`
    insert into protocol_reach (organization_id, code, departments, changed_at, changed_by)
    values (${organizationId}, ${code}, ${[...departments]}::uuid[], ${at}, ${by})
    on conflict (organization_id, code) do update
    set departments = excluded.departments, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    tx,
  )
}

export async function dropReach(tx: Transaction, organizationId: string, code: string): Promise<void> {
  await tx.deleteFrom('protocol_reach').where('organization_id', '=', organizationId).where('code', '=', code).execute()
}

/** The names of the departments of each protocol that has a reach. */
export async function findReachNames(db: Db, organizationId: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ code: string; names: string[] }>`
    select r.code, array(select d.name from department d where d.organization_id = r.organization_id
      and d.id = any(r.departments) order by d.name) names
    from protocol_reach r where r.organization_id = ${organizationId}`.execute(db)
  return new Map(rows.map(({ code, names }) => [code, names]))
}
