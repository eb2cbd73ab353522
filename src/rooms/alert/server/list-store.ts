import { sql, type Expression, type SqlBool } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import '../../staff/server/table.ts'
import type { AlertRow } from './store.ts'

export interface NamedAlertRow extends AlertRow {
  rule_name_zh: string | null
  rule_name_en: string | null
  handler_name: string | null
  patient_name: string
}

/** Where a page of the list ends: by the clock for open ones, by the moment of closing for others. */
export interface Place {
  /** ISO 8601. */
  at: string
  cls: string
  id: string
}

/**
 * Alerts with what names them. Open ones: class A first, then what is due first; closed ones: newest first.
 * @param where conditions on `a`, with the patient `p`
 */
export async function findAlerts(
  db: Db,
  organizationId: string,
  {
    where,
    closed,
    after,
    limit,
  }: { where: readonly Expression<SqlBool>[]; closed: boolean; after?: Place | undefined; limit: number },
): Promise<NamedAlertRow[]> {
  const onward = !after
    ? sql<SqlBool>`true`
    : closed
      ? sql<SqlBool>`(a.closed_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql<SqlBool>`(a.class, a.due_at, a.id) > (${after.cls}, ${after.at}::timestamptz, ${after.id}::uuid)`
  const order = closed ? sql`a.closed_at desc, a.id desc` : sql`a.class, a.due_at, a.id`
  const { rows } = await sql<NamedAlertRow>`
    select a.*, p.name patient_name, h.name handler_name, r.definition->'name'->>'zh' rule_name_zh, r.definition->'name'->>'en' rule_name_en
    from alert a join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
    left join staff h on h.organization_id = a.organization_id and h.id = a.handler_id
    left join alert_rule r on r.organization_id = a.organization_id and r.code = a.rule_code and r.version = a.rule_version
    where a.organization_id = ${organizationId} and (a.state = 'closed') = ${closed} and ${onward} and ${sql.join([...where, sql`true`], sql` and `)}
    order by ${order} limit ${limit}`.execute(db)
  return rows
}

export async function findAlert(
  db: Db,
  organizationId: string,
  alertId: string,
  scope: Expression<SqlBool>,
): Promise<NamedAlertRow | undefined> {
  for (const closed of [false, true]) {
    const [row] = await findAlerts(db, organizationId, {
      where: [scope, sql<SqlBool>`a.id = ${alertId}`],
      closed,
      limit: 1,
    })
    if (row) return row
  }
  return undefined
}
