import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, StaffId } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { taskProblem } from '../contract/problems.ts'
import type { createNewTask, listExecutors as executorsEndpoint } from '../contract/task.ts'
import { answer } from './act.ts'
import { createTask } from './create.ts'
import { doers, eligibleExecutors, openTasksOf } from './executor.ts'

/**
 * P5, P6: a task made by hand, of every type but the assignment of a doctor, for somebody it may be given to.
 * @throws Problem TaskTypeNotByHand, NoResponsibleDoctor, ExecutorUnfit, PatientNotActive, NotFound
 */
export async function createByHand(ctx: WriteContext, body: InputOf<typeof createNewTask>['body']) {
  const { type, patientId, ownerId, key } = body
  if (type === 'assign-doctor') throw taskProblem('TaskTypeNotByHand', {}, 'body.type')
  const patient = patientId ? await requireVisible(ctx, patientId) : null
  if (patientId) ctx.audit.patientId = patientId
  if (patient && patient.state !== 'active') throw taskProblem('PatientNotActive', {}, 'body.patientId')
  if (type === 'complete-record' && !patient?.doctor_id) throw taskProblem('NoResponsibleDoctor', {}, 'body.patientId')
  const eligible = ownerId || type === 'complete-record' ? await eligibleExecutors(ctx, type, patient) : []
  if ((ownerId || type === 'complete-record') && !eligible.includes(ownerId ?? ''))
    throw taskProblem('ExecutorUnfit', {}, 'body.ownerId')
  const dueAt = body.dueAt ? new Date(body.dueAt) : null
  const { id } = await createTask(ctx, {
    type,
    title: body.title,
    note: body.note,
    patientId,
    ownerId,
    priority: body.priority,
    dueOn: dueAt ? dateIn(dueAt, ctx.tenant.timeZone) : body.dueOn,
    dueAt,
    remindBefore: body.remindBefore,
    source: 'manual',
    sourceKey: key ? `${ctx.actor.id}/${key}` : null,
  })
  ctx.audit.subjectId = id
  ctx.audit.detail = { ...ctx.audit.detail, type, ownerId }
  return answer(ctx, id)
}

/** For the pickers: whom a new task of this type, or without a type a hand-over, may be given to. */
export async function listExecutors(ctx: ReadContext, { type, patientId }: InputOf<typeof executorsEndpoint>['query']) {
  const patient = patientId ? await requireVisible(ctx, patientId) : null
  const all = await doers(ctx)
  const eligible = type ? await eligibleExecutors(ctx, type, patient) : all.map((staff) => staff.id)
  const open = await openTasksOf(ctx.db, ctx.organizationId, eligible)
  return {
    executors: all
      .filter((staff) => eligible.includes(staff.id))
      .map(({ id, name, roles }) => ({ id: id as StaffId, name, roles, openTasks: open.get(id) ?? 0 }))
      .toSorted((a, b) => a.openTasks - b.openTasks || a.name.localeCompare(b.name, 'zh')),
  }
}
