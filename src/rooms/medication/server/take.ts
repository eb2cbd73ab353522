import { addDays, dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { Take } from '../contract/my.ts'
import { medicationProblem } from '../contract/problems.ts'
import { standingOf } from './course.ts'
import { slotsWithin, type Slot } from './rules/doses.ts'
import { callBack } from './schedule.ts'
import { findTakeOf, findVersions, insertTake, lockSchedule, replaceTake, setOff } from './store.ts'
import type { ScheduleRow } from './table.ts'
import { watchOne } from './watch.ts'

/** Today and yesterday; what the phone had kept while it had no line may come two days later. */
export const TAKE_BACK_DAYS = 1
const KEPT_DAYS = 2

/** Notes what became of a dose. @returns false when this very note was kept before */
export async function takeOwn(ctx: WriteContext, take: Take): Promise<{ kept: boolean }> {
  const patientId = ownPatientId(ctx)
  const schedule = await lockSchedule(ctx.tx, ctx.organizationId, patientId, take.scheduleId)
  if (!schedule) throw platformProblem('NotFound')
  ctx.audit.subjectId = schedule.id
  if (await findTakeOf(ctx.tx, ctx.organizationId, patientId, take.clientId)) return { kept: false }
  await slotOf(ctx, schedule, take)
  await keepTake(ctx, schedule, take, null)
  return { kept: true }
}

/** The dose a note is about. @throws Problem TakeTooLate, MedicationEnded, TakeUnfit */
export async function slotOf(
  ctx: WriteContext,
  schedule: ScheduleRow,
  take: Pick<Take, 'on' | 'minute'>,
): Promise<Slot> {
  if (take.on > ctx.today || take.on < addDays(ctx.today, -TAKE_BACK_DAYS - KEPT_DAYS))
    throw medicationProblem('TakeTooLate')
  const versions = (await findVersions(ctx.tx, ctx.organizationId, [schedule.id])).get(schedule.id) ?? []
  const day = { from: take.on, until: take.on }
  const slots = slotsWithin(versions.map(standingOf), day, ctx.tenant.timeZone, schedule.ended_at)
  const slot = slots.find(({ minute }) => minute === take.minute)
  if (!slot) throw medicationProblem(schedule.state === 'ended' ? 'MedicationEnded' : 'TakeUnfit')
  return slot
}

/** It takes the place of what stood of this dose. @param toldTo who noted it, where it was not the person themselves */
export async function keepTake(
  ctx: WriteContext,
  schedule: ScheduleRow,
  take: Take,
  toldTo: string | null,
): Promise<void> {
  const now = ctx.clock.now()
  const dose = { schedule_id: schedule.id, on_date: take.on, minute: take.minute }
  await replaceTake(ctx, dose)
  const added = await insertTake(ctx, {
    ...dose,
    id: take.clientId,
    outcome: take.outcome,
    reason: take.reason,
    words: take.words,
    by_name: ctx.actor.name,
    ticked_at: take.at && new Date(take.at) < now ? new Date(take.at) : now,
    at: now,
    replaced_at: null,
    told_to: toldTo,
  })
  // An id that is somebody else's: nothing of theirs is told, and nothing was kept.
  if (!added) throw medicationProblem('TakeUnfit')
  if (take.outcome === 'skipped' && schedule.state === 'active') await watchOne(ctx, schedule)
}

/** @throws Problem NotFound, TakeTooLate */
export async function undoOwn(ctx: WriteContext, clientId: string): Promise<{ undone: boolean }> {
  const patientId = ownPatientId(ctx)
  const found = await findTakeOf(ctx.tx, ctx.organizationId, patientId, clientId)
  if (!found) throw platformProblem('NotFound')
  await lockSchedule(ctx.tx, ctx.organizationId, patientId, found.schedule_id)
  const take = (await findTakeOf(ctx.tx, ctx.organizationId, patientId, clientId))!
  if (take.replaced_at) return { undone: false }
  if (dateIn(take.at, ctx.tenant.timeZone) !== ctx.today) throw medicationProblem('TakeTooLate')
  await replaceTake(ctx, take)
  return { undone: true }
}

/** Wants reminders or not. Off counts at once: what waits to go out is called back. */
export async function setOwnReminder(ctx: WriteContext, wanted: boolean): Promise<{ wanted: boolean }> {
  const patientId = ownPatientId(ctx)
  await setOff(ctx, patientId, wanted ? null : ctx.clock.now())
  if (!wanted) await callBack(ctx, patientId)
  ctx.audit.detail = { wanted }
  return { wanted }
}
