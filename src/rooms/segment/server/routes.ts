import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as enrolments from '../contract/enrol.ts'
import * as members from '../contract/member.ts'
import * as contract from '../contract/segment.ts'
import * as lists from '../contract/worklist.ts'
import { countForSegment, countForWorklist } from './count.ts'
import { countFor, enrol } from './enrol.ts'
import * as item from './item.ts'
import * as member from './member.ts'
import * as segment from './segment.ts'
import { showSegment, showSegments } from './view.ts'
import * as worklist from './worklist.ts'

export const routes: Route[] = [
  reads(contract.listSegments, (ctx, { query }) => showSegments(ctx, query)),
  reads(contract.openSegment, (ctx, { params }) => showSegment(ctx, params.segmentId)),
  writes(contract.createSegment, (ctx, { body }) => segment.create(ctx, body)),
  writes(contract.draftSegment, (ctx, { params, body }) => segment.draft(ctx, params.segmentId, body)),
  writes(contract.discardSegmentDraft, (ctx, { params }) => segment.discard(ctx, params.segmentId)),
  writes(contract.saveSegment, (ctx, { params, body }) => segment.save(ctx, params.segmentId, body.version)),
  writes(contract.refreshSegment, (ctx, { params }) => segment.refresh(ctx, params.segmentId)),
  writes(contract.retireSegment, (ctx, { params }) => segment.retire(ctx, params.segmentId)),
  writes(contract.restoreSegment, (ctx, { params }) => segment.restore(ctx, params.segmentId)),
  writes(contract.countSegment, (ctx, { body }, { house }) =>
    countForSegment({ ...ctx, db: house.databases.of(ctx.organizationId) }, body.condition, body.ask),
  ),
  writes(enrolments.countForEnrolment, (ctx, { params, body }) => countFor(ctx, params.segmentId, body.protocol)),
  writes(enrolments.enrolMembers, (ctx, { params, body }) => enrol(ctx, params.segmentId, body)),
  reads(members.listMembers, (ctx, { params, query }) => member.showMembers(ctx, params.segmentId, query)),
  reads(members.explainMember, (ctx, { params }) => member.explainFor(ctx, params.segmentId, params.patientId)),
  reads(members.segmentsOfPatient, (ctx, { params }) => member.showOfPatient(ctx, params.patientId)),
  reads(lists.listWorklists, (ctx, { query }) => worklist.showWorklists(ctx, query)),
  reads(lists.openWorklist, (ctx, { params }) => worklist.showWorklist(ctx, params.worklistId)),
  writes(lists.createWorklist, (ctx, { body }) => worklist.create(ctx, body.definition)),
  writes(lists.changeWorklist, (ctx, { params, body }) => worklist.change(ctx, params.worklistId, body)),
  writes(lists.retireWorklist, (ctx, { params }) => worklist.retire(ctx, params.worklistId)),
  writes(lists.restoreWorklist, (ctx, { params }) => worklist.restore(ctx, params.worklistId)),
  writes(lists.countWorklist, (ctx, { body }, { house }) =>
    countForWorklist({ ...ctx, db: house.databases.of(ctx.organizationId) }, body.condition, body.ask),
  ),
  reads(lists.listItems, (ctx, { params, query }) => item.showItems(ctx, params.worklistId, query)),
  writes(lists.doItem, (ctx, { params, body }) => item.complete(ctx, params.worklistId, params.patientId, body.note)),
  writes(lists.putBackItem, (ctx, { params }) => item.putBack(ctx, params.worklistId, params.patientId)),
  writes(lists.makeTask, (ctx, { params, body }) => item.makeTaskOf(ctx, params.worklistId, params.patientId, body)),
  reads(lists.explainItem, (ctx, { params }) => item.explainFor(ctx, params.worklistId, params.patientId)),
]
