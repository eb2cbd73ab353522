import { dateIn } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { withdrawMessages } from '../../message/server/index.ts'
import { standingFacts } from '../../observation/server/index.ts'
import { patientSummary, requireVisible } from '../../patient/server/index.ts'
import type { changeMedication, endMedication, startMedication } from '../contract/medication.ts'
import { medicationProblem } from '../contract/problems.ts'
import type { EndReason, ScheduleContent } from '../contract/words.ts'
import { standingOf } from './course.ts'
import { nextAfter } from './rules/doses.ts'
import { findSchedules, findVersions, insertSchedule, insertVersion, lockSchedule, updateSchedule } from './store.ts'
import type { ScheduleRow } from './table.ts'

/** What the ledger of messages knows our reminders by. */
export const SOURCE = 'medication'

/** Writes down what somebody takes. Sent twice, it stands once. */
export async function start(
  ctx: WriteContext,
  patientId: string,
  { id, medicationId, content }: InputOf<typeof startMedication>['body'],
): Promise<void> {
  await requireVisible(ctx, patientId)
  if ((await patientSummary(ctx, patientId))?.state !== 'active') throw medicationProblem('MedicationPatientNotActive')
  requireSpan(content)
  if (medicationId) {
    const { medications } = await standingFacts(ctx, patientId)
    if (!medications.some((one) => one.id === medicationId)) throw medicationProblem('MedicationNotInRecord')
  }
  ctx.audit.subjectId = id
  const next_at = nextOf(ctx, content)
  const added = await insertSchedule(ctx, { id, patient_id: patientId, medication_id: medicationId, next_at })
  if (added) return insertVersion(ctx, id, 1, content)
  const own = await findSchedules(ctx.db, ctx.organizationId, patientId)
  if (!own.some((one) => one.id === id)) throw medicationProblem('MedicationTwice')
}

/** @throws Problem MedicationEnded, ChangedMeanwhile, MedicationSpanUnfit */
export async function change(
  ctx: WriteContext,
  patientId: string,
  scheduleId: string,
  { version, content }: InputOf<typeof changeMedication>['body'],
): Promise<void> {
  const row = await open(ctx, patientId, scheduleId)
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  requireSpan(content)
  await insertVersion(ctx, row.id, version + 1, content)
  await updateSchedule(ctx.tx, row, { version: version + 1, next_at: nextOf(ctx, content) })
  await callBack(ctx, patientId)
}

export async function endByHand(
  ctx: WriteContext,
  patientId: string,
  scheduleId: string,
  { reason, note }: InputOf<typeof endMedication>['body'],
): Promise<void> {
  const row = await open(ctx, patientId, scheduleId)
  ctx.audit.detail = { reason }
  await end(ctx, row, reason, note)
}

/** What is not taken any more is not due any more, and nobody is reminded of it. */
export async function end(ctx: WriteContext, row: ScheduleRow, reason: EndReason, note: string): Promise<void> {
  await updateSchedule(ctx.tx, row, {
    state: 'ended',
    ended_at: ctx.clock.now(),
    end_reason: reason,
    end_note: note,
    ended_by_name: ctx.actor.name,
    next_at: null,
  })
  await callBack(ctx, row.patient_id)
}

/** @throws Problem MedicationEndNotUndoable, MedicationTwice */
export async function undoEnd(ctx: WriteContext, patientId: string, scheduleId: string): Promise<void> {
  await requireVisible(ctx, patientId)
  const row = await lockSchedule(ctx.tx, ctx.organizationId, patientId, scheduleId)
  if (!row) throw platformProblem('NotFound')
  if (!mayUndoEnd(row, ctx.today, ctx.tenant.timeZone)) throw medicationProblem('MedicationEndNotUndoable')
  const others = await findSchedules(ctx.tx, ctx.organizationId, patientId)
  const isTaken = ({ id, state, medication_id }: ScheduleRow) =>
    id !== row.id && state === 'active' && medication_id !== null && medication_id === row.medication_id
  if (others.some(isTaken)) throw medicationProblem('MedicationTwice')
  const latest = (await findVersions(ctx.tx, ctx.organizationId, [row.id])).get(row.id)!.at(-1)!
  await updateSchedule(ctx.tx, row, {
    state: 'active',
    ended_at: null,
    end_reason: null,
    end_note: '',
    ended_by_name: null,
    next_at: nextOf(ctx, standingOf(latest).content),
  })
}

export function mayUndoEnd({ state, end_reason, ended_at }: ScheduleRow, today: string, timeZone: string): boolean {
  const isByHand = end_reason !== 'deceased' && end_reason !== 'finished'
  return state === 'ended' && isByHand && ended_at !== null && dateIn(ended_at, timeZone) === today
}

/** Reminders that have not gone out yet say something that is not so any more. */
export function callBack(ctx: WriteContext, patientId: string): Promise<void> {
  return withdrawMessages(ctx, { patientId, source: SOURCE, sourceKey: patientId })
}

async function open(ctx: WriteContext, patientId: string, scheduleId: string): Promise<ScheduleRow> {
  await requireVisible(ctx, patientId)
  const row = await lockSchedule(ctx.tx, ctx.organizationId, patientId, scheduleId)
  if (!row) throw platformProblem('NotFound')
  if (row.state === 'ended') throw medicationProblem('MedicationEnded')
  return row
}

function requireSpan({ fromOn, untilOn }: ScheduleContent): void {
  if (untilOn !== null && untilOn < fromOn) throw medicationProblem('MedicationSpanUnfit', {}, 'body.content.untilOn')
}

function nextOf({ clock, today, tenant }: WriteContext, content: ScheduleContent): Date | null {
  const now = clock.now()
  return nextAfter({ version: 1, since: now, content }, now, today, tenant.timeZone)
}
