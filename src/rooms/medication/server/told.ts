import { dateIn } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { medicationProblem } from '../contract/problems.ts'
import type { takeTold } from '../contract/told.ts'
import { findStanding, findTakeOf, lockSchedule, replaceTake } from './store.ts'
import { keepTake, slotOf } from './take.ts'

/**
 * Notes what a person says of a dose, on the phone or before one. It is their word, in a colleague's hand, and is shown as
 * that. What they have noted themselves is not written over: they may change it on their own page.
 * @throws Problem NotFound, TakeUnfit, TakeTooLate, TakeTheirOwn, MedicationEnded, MedicationPatientNotActive
 */
export async function noteTold(
  ctx: WriteContext,
  patientId: string,
  take: InputOf<typeof takeTold>['body'],
): Promise<void> {
  const person = await requireVisible(ctx, patientId)
  if (person.state !== 'active') throw medicationProblem('MedicationPatientNotActive')
  const schedule = await lockSchedule(ctx.tx, ctx.organizationId, patientId, take.scheduleId)
  if (!schedule) throw platformProblem('NotFound')
  ctx.audit.subjectId = schedule.id
  ctx.audit.detail = { outcome: take.outcome, on: take.on, minute: take.minute }
  if (await findTakeOf(ctx.tx, ctx.organizationId, patientId, take.clientId)) return
  const slot = await slotOf(ctx, schedule, take)
  // Nobody can say of a dose to come what became of it.
  if (slot.at > ctx.clock.now()) throw medicationProblem('TakeUnfit')
  const dose = { schedule_id: schedule.id, on_date: take.on, minute: take.minute }
  const standing = await findStanding(ctx.tx, ctx.organizationId, dose)
  if (standing && standing.told_to === null) throw medicationProblem('TakeTheirOwn')
  await keepTake(ctx, schedule, take, ctx.actor.id)
}

/** @throws Problem NotFound, TakeTooLate, TakeTheirOwn */
export async function undoTold(ctx: WriteContext, patientId: string, takeId: string): Promise<void> {
  await requireVisible(ctx, patientId)
  const found = await findTakeOf(ctx.tx, ctx.organizationId, patientId, takeId)
  if (!found) throw platformProblem('NotFound')
  await lockSchedule(ctx.tx, ctx.organizationId, patientId, found.schedule_id)
  const take = (await findTakeOf(ctx.tx, ctx.organizationId, patientId, takeId))!
  if (take.told_to === null) throw medicationProblem('TakeTheirOwn')
  if (take.replaced_at) return
  if (dateIn(take.at, ctx.tenant.timeZone) !== ctx.today) throw medicationProblem('TakeTooLate')
  await replaceTake(ctx, take)
}
