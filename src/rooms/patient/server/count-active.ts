import { sql, type Expression, type SqlBool } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'

/**
 * How many active patients an organization has, all or those for whom `scope` holds of `p`. Counted as everybody less the
 * few who are not active: both are read from indexes alone, where the state of a million would be read from their rows
 * (0.07 s against 0.4). One statement, so that nobody moves in between.
 */
export async function countActive(
  db: Db,
  organizationId: string,
  scope: Expression<SqlBool> = sql<SqlBool>`true`,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select (
    (select count(*) from patient p where p.organization_id = ${organizationId} and ${scope})
    - (select count(*) from patient p where p.organization_id = ${organizationId} and p.state <> 'active' and ${scope}))::int n`.execute(
    db,
  )
  return rows[0]!.n
}
