import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as alert from '../contract/alert.ts'
import * as duty from '../contract/duty.ts'
import * as rule from '../contract/rule.ts'
import { acknowledge, attempt, close, handOver } from './act.ts'
import { raiseFromPage } from './by-hand.ts'
import { putOnDuty, showDuty, takeOffDuty } from './duty.ts'
import { ofPatient, showAlert, showBoard } from './list.ts'
import { confirmLimits, confirmRule, draftRule, listRules, retireRule, showLimits } from './rule.ts'

export const routes: Route[] = [
  reads(alert.listAlerts, (ctx, { query }) => showBoard(ctx, query)),
  reads(alert.getAlert, (ctx, { params }) => showAlert(ctx, params.alertId)),
  reads(alert.patientAlerts, (ctx, { params }) => ofPatient(ctx, params.patientId)),
  writes(alert.raiseByHand, async (ctx, { params, body }) =>
    showAlert(ctx, await raiseFromPage(ctx, params.patientId, body)),
  ),
  writes(alert.acknowledgeAlert, async (ctx, { params }) => {
    await acknowledge(ctx, params.alertId)
    return showAlert(ctx, params.alertId)
  }),
  writes(alert.noteAttempt, async (ctx, { params, body }) => {
    await attempt(ctx, params.alertId, body)
    return showAlert(ctx, params.alertId)
  }),
  writes(alert.handOverAlert, async (ctx, { params, body }) => {
    await handOver(ctx, params.alertId, body)
    return showAlert(ctx, params.alertId)
  }),
  writes(alert.closeAlert, async (ctx, { params, body }) => {
    await close(ctx, params.alertId, body)
    return showAlert(ctx, params.alertId)
  }),
  reads(duty.listDuty, (ctx, { query }) => showDuty(ctx, query.days)),
  writes(duty.addDuty, (ctx, { body }) => putOnDuty(ctx, body)),
  writes(duty.removeDuty, (ctx, { params }) => takeOffDuty(ctx, params.dutyId)),
  reads(rule.listAlertRules, (ctx) => listRules(ctx)),
  writes(rule.draftAlertRule, (ctx, { params, body }) => draftRule(ctx, params.code, body)),
  writes(rule.confirmAlertRule, (ctx, { params, body }) => confirmRule(ctx, params.code, body.version)),
  writes(rule.retireAlertRule, (ctx, { params, body }) => retireRule(ctx, params.code, body.version)),
  reads(rule.getAlertLimits, (ctx) => showLimits(ctx)),
  writes(rule.confirmAlertLimits, (ctx, { body }) => confirmLimits(ctx, body)),
]
