import { sql, type Expression, type SqlBool } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'

/**
 * Which patients an actor may see, as a condition on the table `alias` of patients. Every store function that reads
 * patients or what hangs on them joins `patient` and takes this in: the row scope is an argument, never a habit.
 *
 * - front desk, sales pool and machines: as their permissions say, see below
 * - service managers, physicians, counsellors: their own, and whom a hand-over opened to them (`patient_access`)
 * - everybody else: nobody
 */
export function visibleTo(actor: Actor, alias = 'patient'): Expression<SqlBool> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  if (actor.kind === 'system' || actor.kind === 'device') return sql<SqlBool>`true`
  const roles = new Set(actor.roles)
  if (roles.has('front-desk')) return sql<SqlBool>`true`
  const own: Expression<SqlBool>[] = []
  if (roles.has('physician')) own.push(sql<SqlBool>`${column('doctor_id')} = ${actor.id}`)
  if (roles.has('service-manager')) own.push(sql<SqlBool>`${column('manager_id')} = ${actor.id}`)
  if (roles.has('counsellor')) own.push(sql<SqlBool>`${column('counsellor_id')} = ${actor.id}`)
  // The pool: people whose card is activated and who have no responsible doctor yet.
  if (roles.has('sales-manager')) own.push(sql<SqlBool>`${column('doctor_id')} is null`)
  if (own.length > 0 && !(roles.size === 1 && roles.has('sales-manager')))
    own.push(sql<SqlBool>`exists (select from patient_access a where a.organization_id = ${column('organization_id')}
      and a.patient_id = ${column('id')} and a.staff_id = ${actor.id} and (a.until is null or a.until > now()))`)
  if (own.length === 0) return sql<SqlBool>`false`
  return own.length === 1 ? own[0]! : sql<SqlBool>`(${sql.join(own, sql` or `)})`
}
