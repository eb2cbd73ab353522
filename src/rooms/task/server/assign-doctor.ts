import { addDays } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { StaffId } from '../../../platform/contract/index.ts'
import { assignCarers, lockPatient } from '../../patient/server/index.ts'
import { findStaff, managersOf, noteAssignment, staffInRole } from '../../staff/server/index.ts'
import '../../organization/server/table.ts'
import { taskDone } from '../contract/events.ts'
import { taskProblem } from '../contract/problems.ts'
import { beginAct, step } from './act.ts'
import { aboutOf } from './close.ts'
import { createTask } from './create.ts'
import { chooseExecutor, customersOf } from './executor.ts'
import { dropReminders } from './reminder-store.ts'

/** Days within which a new record is to be completed. */
const COMPLETE_RECORD_DAYS = 3

/**
 * P1: whoever's card is activated needs a responsible doctor. All sales managers see it; made once per card.
 */
export async function askForDoctor(ctx: WriteContext, patientId: string, cardId: string): Promise<void> {
  await createTask(ctx, {
    type: 'assign-doctor',
    patientId,
    poolRole: 'sales-manager',
    dueOn: ctx.today,
    source: 'card',
    sourceKey: cardId,
  })
}

/**
 * P2–P4: the first of the sales managers assigns the doctor, which handles the task for all; in the same transaction the
 * executor is chosen and asked to complete the record.
 */
export async function assignDoctor(ctx: WriteContext, taskId: string, doctorId: string) {
  const row = await beginAct(ctx, taskId, 'assign-doctor')
  const doctor = await findStaff(ctx, doctorId)
  if (!doctor || doctor.state !== 'active' || !doctor.roles.includes('physician'))
    throw taskProblem('DoctorUnfit', {}, 'body.doctorId')
  const patient = await lockPatient(ctx.tx, ctx.organizationId, row.patient_id!)
  if (patient.state !== 'active') throw taskProblem('PatientNotActive')
  const executor = await chooseExecutor(ctx, doctor, patient.manager_id)
  await assignCarers(ctx, patient.id, { doctorId, ...(executor.bound ? { managerId: executor.id } : {}) })
  const now = ctx.clock.now()
  if (executor.bound) await noteAssignment(ctx.tx, ctx.organizationId, doctorId, executor.id!, now)
  const done = await step(ctx, row, {
    kind: 'completed',
    change: {
      state: 'completed',
      owner_id: ctx.actor.id,
      owned_since: row.created_at,
      outcome: JSON.stringify({ text: doctor.name, doctorId }),
      closed_by: ctx.actor.id,
      closed_by_name: ctx.actor.name,
      closed_at: now,
    },
  })
  await dropReminders(ctx.tx, ctx.organizationId, [taskId], now)
  await ctx.emit(taskDone, { ...aboutOf(done), by: ctx.actor.id as StaffId })
  const alert = executor.bound ? null : 'no-manager-bound'
  const { id: nextId } = await createTask(ctx, {
    type: 'complete-record',
    patientId: patient.id,
    ownerId: executor.id,
    poolRole: executor.id ? null : 'quality-lead',
    dueOn: addDays(ctx.today, COMPLETE_RECORD_DAYS),
    alert,
    source: 'assign-doctor',
    sourceKey: taskId,
  })
  ctx.audit.detail = { ...ctx.audit.detail, doctorId, executorId: executor.id, nextTaskId: nextId }
  return {
    next: {
      taskId: nextId,
      executor: executor.id ? { id: executor.id as StaffId, name: executor.name ?? '' } : null,
      alert,
    },
  }
}

/** The physicians there are, with what each and their managers look after. */
export async function listDoctors(ctx: ReadContext) {
  const physicians = await staffInRole(ctx, 'physician')
  const bound = new Map<string, { id: string; name: string }[]>()
  for (const { id } of physicians) bound.set(id, await managersOf(ctx, id))
  const ofDoctor = await customersOf(
    ctx.db,
    ctx.organizationId,
    physicians.map((p) => p.id),
    'doctor_id',
  )
  const ofManager = await customersOf(ctx.db, ctx.organizationId, [
    ...new Set([...bound.values()].flat().map((m) => m.id)),
  ])
  const departments = await ctx.db
    .selectFrom('department')
    .select(['id', 'name'])
    .where('organization_id', '=', ctx.organizationId)
    .execute()
  return {
    doctors: physicians
      .map(({ id, name, title, departmentId }) => ({
        id: id as StaffId,
        name,
        title,
        departmentName: departments.find((d) => d.id === departmentId)?.name ?? null,
        customers: ofDoctor.get(id) ?? 0,
        managers: (bound.get(id) ?? []).map((m) => ({
          id: m.id as StaffId,
          name: m.name,
          customers: ofManager.get(m.id) ?? 0,
        })),
      }))
      .toSorted((a, b) => a.customers - b.customers || a.name.localeCompare(b.name, 'zh')),
  }
}
