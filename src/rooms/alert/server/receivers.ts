import type { ReadContext } from '../../../platform/context/context.ts'
import { findLead } from '../../organization/server/index.ts'
import type { PatientSummary } from '../../patient/server/index.ts'
import { GRANTS, type Role } from '../../staff/contract/permissions.ts'
import { findStaff, staffInRole } from '../../staff/server/index.ts'
import { onDuty } from './duty-store.ts'
import type { Told } from './tell.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId' | 'clock'>

/** Roles whose members may handle alerts. */
export const HANDLING_ROLES = (Object.keys(GRANTS) as Role[]).filter((role) => GRANTS[role].includes('alert.handle'))

/** Who is told first: the first on duty now; without one the leads and everybody who may handle alerts. */
export async function firstToTell(ctx: Reading, patient: PatientSummary): Promise<Told[]> {
  const [first] = await onDuty(ctx.db, ctx.organizationId, ctx.clock.now())
  if (first) return [{ id: first.staff_id, name: first.name, why: 'duty' }]
  return leadsAndPermitted(ctx, patient)
}

/** The next on duty who was not told yet. */
export async function nextOnDuty(ctx: Reading, told: ReadonlySet<string>): Promise<Told[]> {
  const shifts = await onDuty(ctx.db, ctx.organizationId, ctx.clock.now())
  return shifts
    .filter(({ staff_id }) => !told.has(staff_id))
    .map((row) => ({ id: row.staff_id, name: row.name, why: 'next' as const }))
}

/** The leads of the departments that look after the person; where none is named, those who lead by their role. */
export async function leadsOf(ctx: Reading, patient: Pick<PatientSummary, 'doctorId' | 'managerId'>): Promise<Told[]> {
  const leads = new Map<string, Told>()
  for (const carerId of [patient.doctorId, patient.managerId]) {
    const carer = carerId ? await findStaff(ctx, carerId) : undefined
    const leadId = carer?.departmentId ? await findLead(ctx.db, ctx.organizationId, carer.departmentId) : null
    const lead = leadId ? await findStaff(ctx, leadId) : undefined
    if (lead?.state === 'active' && lead.roles.some((role) => HANDLING_ROLES.includes(role)))
      leads.set(lead.id, { id: lead.id, name: lead.name, why: 'lead' })
  }
  if (leads.size > 0) return [...leads.values()]
  const byRole = await staffInRole(ctx, 'quality-lead')
  return byRole.map(({ id, name }) => ({ id, name, why: 'lead' }))
}

export async function leadsAndPermitted(
  ctx: Reading,
  patient: Pick<PatientSummary, 'doctorId' | 'managerId'>,
): Promise<Told[]> {
  const people = new Map<string, Told>()
  for (const lead of await leadsOf(ctx, patient)) people.set(lead.id, lead)
  for (const role of HANDLING_ROLES)
    for (const { id, name } of await staffInRole(ctx, role))
      if (!people.has(id)) people.set(id, { id, name, why: 'permitted' })
  return [...people.values()]
}
