import { reads, writes, type Route } from '../../../platform/context/room.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import * as checkIn from '../contract/check-in.ts'
import * as mdt from '../contract/mdt.ts'
import * as plan from '../contract/plan.ts'
import { planSimilarity } from '../contract/similarity.ts'
import * as team from '../contract/team.ts'
import * as template from '../contract/template.ts'
import * as drafts from './draft.ts'
import { showList } from './list.ts'
import * as homework from './homework.ts'
import * as meetings from './mdt.ts'
import { setMyReminder, showMyPlan } from './my.ts'
import * as notes from './note.ts'
import { move, sign } from './sign.ts'
import { showSimilarity } from './similarity.ts'
import * as teams from './team.ts'
import * as templates from './template.ts'
import * as ticks from './tick.ts'
import { showTimeline } from './timeline.ts'
import { showPlan, showPlans } from './view.ts'

interface OfPlan {
  patientId: string
  planId: string
}
/** Every act on a plan answers with the plan as it is then. */
async function then(ctx: WriteContext, { patientId, planId }: OfPlan, act: Promise<void>) {
  await act
  return showPlan(ctx, patientId, planId)
}

export const routes: Route[] = [
  reads(plan.listPlans, (ctx, { params }) => showPlans(ctx, params.patientId)),
  reads(plan.readPlan, (ctx, { params }) => showPlan(ctx, params.patientId, params.planId)),
  writes(plan.startPlan, async (ctx, { params: { patientId }, body }) =>
    showPlan(ctx, patientId, await drafts.start(ctx, patientId, body)),
  ),
  writes(plan.savePlanDraft, (ctx, { params, body }) =>
    then(ctx, params, drafts.saveDraft(ctx, params.patientId, params.planId, body)),
  ),
  writes(plan.submitPlan, (ctx, { params, body }) =>
    then(ctx, params, drafts.submit(ctx, params.patientId, params.planId, body.revision)),
  ),
  writes(plan.signPlan, (ctx, { params, body }) => then(ctx, params, sign(ctx, params.patientId, params.planId, body))),
  writes(plan.returnPlan, (ctx, { params, body }) =>
    then(ctx, params, drafts.giveBack(ctx, params.patientId, params.planId, body)),
  ),
  writes(plan.discardPlanDraft, (ctx, { params }) =>
    then(ctx, params, drafts.discard(ctx, params.patientId, params.planId)),
  ),
  writes(plan.movePlan, (ctx, { params, body }) => then(ctx, params, move(ctx, params.patientId, params.planId, body))),
  reads(plan.listAllPlans, (ctx, { query }) => showList(ctx, query)),
  reads(plan.carePlanTimeline, (ctx, input) => showTimeline(ctx, input)),
  reads(checkIn.myPlan, (ctx) => showMyPlan(ctx)),
  writes(checkIn.myTick, (ctx, { body }) => ticks.tickOwn(ctx, body)),
  writes(checkIn.myUndo, (ctx, { body }) => ticks.undoOwn(ctx, body.clientId)),
  writes(checkIn.myReminder, (ctx, { body }) => setMyReminder(ctx, body)),
  writes(checkIn.tickFor, (ctx, { params, body }) => ticks.tickFor(ctx, params.patientId, params.planId, body)),
  writes(checkIn.undoFor, (ctx, { params, body }) =>
    ticks.undoFor(ctx, params.patientId, params.planId, body.clientId),
  ),
  reads(team.careTeam, (ctx, { params }) => teams.showTeam(ctx, params.patientId)),
  writes(team.handOverNote, (ctx, { params, body }) => teams.leaveNote(ctx, params.patientId, body)),
  writes(team.seeNote, (ctx, { params }) => teams.noteSeen(ctx, params.patientId, params.noteId)),
  writes(team.joinTeam, (ctx, { params, body }) => teams.join(ctx, params.patientId, params.staffId, body)),
  writes(team.leaveTeam, (ctx, { params }) => teams.leave(ctx, params.patientId, params.staffId)),
  writes(team.addHomework, (ctx, { params, body }) =>
    homework.giveHomework(ctx, params.patientId, params.planId, body),
  ),
  writes(team.endHomework, (ctx, { params }) =>
    homework.takeHomeworkOut(ctx, params.patientId, params.planId, params.homeworkId),
  ),
  reads(team.listNotes, (ctx, { params }) => notes.listOwnNotes(ctx, params.patientId)),
  reads(team.readNote, (ctx, { params }) => notes.openNote(ctx, params.patientId, params.noteId)),
  writes(team.writeNote, (ctx, { params, body }) => notes.write(ctx, params.patientId, body)),
  writes(team.correctNote, (ctx, { params, body }) => notes.correct(ctx, params.patientId, params.noteId, body)),
  reads(mdt.listMeetings, (ctx, { params }) => meetings.listMeetingsOf(ctx, params.patientId)),
  writes(mdt.saveMeeting, (ctx, { params, body }) => meetings.save(ctx, params.patientId, params.meetingId, body)),
  writes(mdt.signMeeting, (ctx, { params, body }) =>
    meetings.signRecord(ctx, params.patientId, params.meetingId, body.revision),
  ),
  writes(mdt.discardMeeting, (ctx, { params }) => meetings.discardRecord(ctx, params.patientId, params.meetingId)),
  reads(template.listTemplates, (ctx) => templates.listAllTemplates(ctx)),
  reads(planSimilarity, (ctx, { query }) => showSimilarity(ctx, query.days)),
  reads(template.readTemplate, (ctx, { params }) => templates.showTemplate(ctx, params.code, params.version)),
  writes(template.saveTemplate, (ctx, { params, body }) => templates.draftTemplate(ctx, params.code, body)),
  writes(template.publishTemplate, (ctx, { params, body }) =>
    templates.publishTemplateDraft(ctx, params.code, body.revision),
  ),
  writes(template.retireTemplate, (ctx, { params }) => templates.retire(ctx, params.code)),
]
