import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { findLead } from '../../organization/server/index.ts'
import { findStaff, managersOf, staffInRole, type StaffSummary } from '../../staff/server/index.ts'
import '../../patient/server/table.ts'
import type { TaskType } from '../contract/words.ts'
import { CLINICAL_TYPES, pickExecutor } from './rules.ts'

/** Roles whose members do tasks. */
export const DOING_ROLES = ['service-manager', 'physician', 'counsellor'] as const

/** P4's "responsible for": the living patients whose service manager somebody is. */
export async function customersOf(
  db: Db,
  organizationId: string,
  managerIds: readonly string[],
  column: 'manager_id' | 'doctor_id' = 'manager_id',
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; customers: number }>`
    select m.id, (select count(*)::int from patient p where p.organization_id = ${organizationId} and p.${sql.ref(column)} = m.id and p.state = 'active') customers
    from unnest(${[...managerIds]}::uuid[]) m (id)`.execute(db)
  return new Map(rows.map((row) => [row.id, row.customers]))
}

/**
 * Locks the bindings of all managers of a physician in the order of their keys. Whoever assigns at the same moment
 * waits here, so that each counts what the one before has added; managers who work with several physicians are
 * counted right as well.
 */
async function lockBindings(tx: Transaction, organizationId: string, physicianId: string): Promise<void> {
  await sql`
    select from physician_manager where organization_id = ${organizationId} and manager_id in (
      select manager_id from physician_manager where organization_id = ${organizationId} and physician_id = ${physicianId})
    order by manager_id, physician_id for update`.execute(tx)
}

export interface ChosenExecutor {
  /** Null: the pool of quality leads. */
  id: string | null
  name: string | null
  /** Whether it is a manager bound to the physician, who becomes the patient's manager. */
  bound: boolean
}

/**
 * P4: the manager bound to the physician who is responsible for the fewest customers. A patient whose manager is one of
 * them already keeps that manager. Nobody bound: the lead of the physician's department.
 */
export async function chooseExecutor(
  ctx: WriteContext,
  physician: StaffSummary,
  present: string | null,
): Promise<ChosenExecutor> {
  await lockBindings(ctx.tx, ctx.organizationId, physician.id)
  const managers = await managersOf(ctx, physician.id)
  const customers = await customersOf(
    ctx.tx,
    ctx.organizationId,
    managers.map((m) => m.id),
  )
  const candidates = managers.map((m) => ({ ...m, customers: customers.get(m.id) ?? 0 }))
  const chosen = candidates.find((m) => m.id === present) ?? pickExecutor(candidates)
  if (chosen) return { id: chosen.id, name: chosen.name, bound: true }
  const leadId = physician.departmentId ? await findLead(ctx.tx, ctx.organizationId, physician.departmentId) : null
  const lead = leadId ? await findStaff(ctx, leadId) : undefined
  return lead?.state === 'active'
    ? { id: lead.id, name: lead.name, bound: false }
    : { id: null, name: null, bound: false }
}

export interface PatientCarers {
  doctor_id: string | null
  manager_id: string | null
  counsellor_id: string | null
}

/**
 * Who may be given a task by hand. To complete the record: the managers bound to the responsible doctor, and nobody
 * else (P5). Otherwise whoever looks after the patient, the doctor's managers, and oneself; without a patient whoever
 * does tasks.
 */
export async function eligibleExecutors(
  ctx: ReadContext,
  type: TaskType,
  patient: PatientCarers | null,
): Promise<string[]> {
  const bound = patient?.doctor_id ? (await managersOf(ctx, patient.doctor_id)).map((m) => m.id) : []
  if (type === 'complete-record') return bound
  if (!patient) return (await doers(ctx)).filter((staff) => fits(type, staff.roles)).map((staff) => staff.id)
  const carers = [patient.doctor_id, patient.manager_id, patient.counsellor_id].flatMap((id) => id ?? [])
  const self = ctx.actor.id && ctx.actor.permissions.has('task.do') ? [ctx.actor.id] : []
  const wanted = new Set([...carers, ...bound, ...self])
  return (await doers(ctx)).filter((staff) => wanted.has(staff.id) && fits(type, staff.roles)).map((staff) => staff.id)
}

/** Active staff who do tasks, each once. */
export async function doers(ctx: ReadContext): Promise<StaffSummary[]> {
  const found = new Map<string, StaffSummary>()
  for (const role of DOING_ROLES) for (const staff of await staffInRole(ctx, role)) found.set(staff.id, staff)
  return [...found.values()]
}

/** Whether somebody with these roles can be given a task of this type. A counsellor neither diagnoses nor keeps the record. */
export function fits(type: TaskType, roles: readonly string[]): boolean {
  if (type === 'assign-doctor') return false
  if (type === 'complete-record') return roles.includes('service-manager')
  const clinical = (CLINICAL_TYPES as readonly TaskType[]).includes(type)
  return roles.some(
    (role) => role === 'service-manager' || role === 'physician' || (role === 'counsellor' && !clinical),
  )
}

/** Open tasks that each of these has. */
export async function openTasksOf(
  db: Db,
  organizationId: string,
  staffIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; open: number }>`
    select s.id, (select count(*)::int from task t where t.organization_id = ${organizationId} and t.owner_id = s.id
      and t.state in ('accepted', 'in-progress')) open
    from unnest(${[...staffIds]}::uuid[]) s (id)`.execute(db)
  return new Map(rows.map((row) => [row.id, row.open]))
}
