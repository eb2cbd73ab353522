import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'

/** Which column makes a patient one's own, by role. */
const OWN_COLUMN = { physician: 'doctor_id', 'service-manager': 'manager_id', counsellor: 'counsellor_id' } as const
type OwnRole = keyof typeof OWN_COLUMN

/**
 * Which patients an actor may see, as a condition on the table `alias` of patients. Every store function that reads
 * patients or what hangs on them joins `patient` and takes this in: the row scope is an argument, never a habit.
 *
 * - front desk and machines: everybody, as far as their permissions reach
 * - service managers, physicians, counsellors: their own, and whom a hand-over opened to them (`patient_access`)
 * - sales managers: the pool, that is, people who have no responsible doctor yet
 * - a patient: themselves
 * - everybody else: nobody
 *
 * @param now ends hand-overs by the house's clock; without it by that of the database
 */
export function visibleTo(actor: Actor, alias = 'patient', now?: Date): Expression<SqlBool> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  if (seesAll(actor)) return sql<SqlBool>`true`
  if (isPatient(actor)) return sql<SqlBool>`${column('id')} = ${actor.id}`
  const own = ownRoles(actor)
  const conditions: Expression<SqlBool>[] = own.map((role) => sql<SqlBool>`${column(OWN_COLUMN[role])} = ${actor.id}`)
  if (seesPool(actor)) conditions.push(sql<SqlBool>`${column('doctor_id')} is null`)
  if (own.length > 0)
    conditions.push(sql<SqlBool>`exists (select from patient_access a where a.organization_id = ${column('organization_id')}
      and a.patient_id = ${column('id')} and a.staff_id = ${actor.id} and ${inForce(now)})`)
  if (conditions.length === 0) return sql<SqlBool>`false`
  return conditions.length === 1 ? conditions[0]! : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`
}

/** Whether everybody is visible, so that no condition narrows the search. */
export function seesAll(actor: Actor): boolean {
  return (
    actor.kind === 'system' || actor.kind === 'device' || (actor.kind === 'staff' && actor.roles.includes('front-desk'))
  )
}

/**
 * The same patients as `visibleTo`, as conditions on `patient` of which each is served by one index in the order of its
 * ids. PostgreSQL turns an `or` with an `exists` into a walk through everybody; a union of parts it reads from their ends.
 * @returns nothing when nobody is visible
 */
export function visibleParts(actor: Actor, organizationId: string, now: Date): Expression<SqlBool>[] {
  if (seesAll(actor)) return [sql<SqlBool>`true`]
  if (isPatient(actor)) return [sql<SqlBool>`patient.id = ${actor.id}`]
  const own = ownRoles(actor)
  const parts: Expression<SqlBool>[] = own.map(
    (role) => sql<SqlBool>`${sql.ref(`patient.${OWN_COLUMN[role]}`)} = ${actor.id}`,
  )
  if (own.length > 0)
    parts.push(sql<SqlBool>`patient.id = any(array(select a.patient_id from patient_access a
      where a.organization_id = ${organizationId} and a.staff_id = ${actor.id} and ${inForce(now)}))`)
  if (seesPool(actor)) parts.push(sql<SqlBool>`patient.doctor_id is null and patient.state = 'active'`)
  return parts
}

/**
 * The same again for a look at thousands of ids one after another: whose somebody is comes from an index alone, and the
 * hand-overs, which are few, are read once and kept in a hash.
 * @param id the column of the patient's id
 */
export function visibleById(
  actor: Actor,
  organizationId: string,
  id: RawBuilder<unknown>,
  now: Date,
): Expression<SqlBool> {
  if (seesAll(actor)) return sql<SqlBool>`true`
  if (isPatient(actor)) return sql<SqlBool>`${id} = ${actor.id}`
  const own = ownRoles(actor)
  const columns = own.map((role) => sql<SqlBool>`p.${sql.ref(OWN_COLUMN[role])} = ${actor.id}`)
  if (seesPool(actor)) columns.push(sql<SqlBool>`p.doctor_id is null`)
  if (columns.length === 0) return sql<SqlBool>`false`
  const isOwn = sql<SqlBool>`exists (select from patient p where p.organization_id = ${organizationId} and p.id = ${id}
    and (${sql.join(columns, sql` or `)}))`
  if (own.length === 0) return sql<SqlBool>`(${isOwn}) is true`
  return sql<SqlBool>`((${id} in (select a.patient_id from patient_access a
    where a.organization_id = ${organizationId} and a.staff_id = ${actor.id} and ${inForce(now)})) is true or ${isOwn})`
}

/** Somebody whose own pages these are; whoever only holds a link has no id yet and sees nobody. */
function isPatient(actor: Actor): boolean {
  return actor.kind === 'patient' && actor.id !== null
}

function ownRoles(actor: Actor): OwnRole[] {
  return actor.kind === 'staff'
    ? (Object.keys(OWN_COLUMN) as OwnRole[]).filter((role) => actor.roles.includes(role))
    : []
}

function seesPool(actor: Actor): boolean {
  return actor.kind === 'staff' && actor.roles.includes('sales-manager')
}

function inForce(now: Date | undefined): RawBuilder<SqlBool> {
  return now ? sql<SqlBool>`(a.until is null or a.until > ${now})` : sql<SqlBool>`(a.until is null or a.until > now())`
}
