import type { WriteContext } from '../../../platform/context/context.ts'
import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as medication from '../contract/medication.ts'
import * as my from '../contract/my.ts'
import * as rule from '../contract/rule.ts'
import * as told from '../contract/told.ts'
import { showMyMedicine } from './my.ts'
import { changeRule, showRule } from './rule.ts'
import * as schedules from './schedule.ts'
import { noteTold, undoTold } from './told.ts'
import { setOwnReminder, takeOwn, undoOwn } from './take.ts'
import { showMedication } from './view.ts'

/** Every act answers with what the person takes then. */
async function then(ctx: WriteContext, patientId: string, act: Promise<void>) {
  await act
  return showMedication(ctx, patientId)
}

export const routes: Route[] = [
  reads(medication.listMedication, (ctx, { params }) => showMedication(ctx, params.patientId)),
  writes(medication.startMedication, (ctx, { params: { patientId }, body }) =>
    then(ctx, patientId, schedules.start(ctx, patientId, body)),
  ),
  writes(medication.changeMedication, (ctx, { params: { patientId, scheduleId }, body }) =>
    then(ctx, patientId, schedules.change(ctx, patientId, scheduleId, body)),
  ),
  writes(medication.endMedication, (ctx, { params: { patientId, scheduleId }, body }) =>
    then(ctx, patientId, schedules.endByHand(ctx, patientId, scheduleId, body)),
  ),
  writes(medication.undoEndMedication, (ctx, { params: { patientId, scheduleId } }) =>
    then(ctx, patientId, schedules.undoEnd(ctx, patientId, scheduleId)),
  ),
  writes(told.takeTold, (ctx, { params: { patientId }, body }) => then(ctx, patientId, noteTold(ctx, patientId, body))),
  writes(told.takeToldUndo, (ctx, { params: { patientId, takeId } }) =>
    then(ctx, patientId, undoTold(ctx, patientId, takeId)),
  ),
  reads(my.myMedicine, (ctx) => showMyMedicine(ctx)),
  writes(my.myTake, (ctx, { body }) => takeOwn(ctx, body)),
  writes(my.myTakeUndo, (ctx, { body }) => undoOwn(ctx, body.clientId)),
  writes(my.myMedicineReminder, (ctx, { body }) => setOwnReminder(ctx, body.wanted)),
  reads(rule.getMedicationRule, (ctx) => showRule(ctx)),
  writes(rule.changeMedicationRule, (ctx, { body }) => changeRule(ctx, body)),
]
