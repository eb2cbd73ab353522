import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as own from '../contract/own.ts'
import * as contract from '../contract/tag.ts'
import { tagTimeline } from '../contract/timeline.ts'
import * as grounds from './own.ts'
import * as patientTag from './patient-tag.ts'
import * as rule from './rule.ts'
import { showTimeline } from './timeline.ts'

export const routes: Route[] = [
  reads(contract.listPatientTags, (ctx, { params }) => patientTag.showPatientTags(ctx, params.patientId)),
  reads(contract.tellTagFacts, (ctx, { params }) => patientTag.tellTagFacts(ctx, params.patientId, params.tagCode)),
  reads(contract.tagHistory, (ctx, { params }) => patientTag.showTagHistory(ctx, params.patientId)),
  reads(tagTimeline, (ctx, input) => showTimeline(ctx, input)),
  writes(contract.setManualTag, (ctx, { params, body }) => patientTag.addManualTag(ctx, params.patientId, body)),
  writes(contract.removeManualTag, (ctx, { params }) =>
    patientTag.takeManualTag(ctx, params.patientId, params.tagCode),
  ),
  writes(contract.suppressTag, (ctx, { params, body }) =>
    patientTag.suppress(ctx, params.patientId, params.tagCode, body.because),
  ),
  writes(contract.unsuppressTag, (ctx, { params }) => patientTag.unsuppress(ctx, params.patientId, params.tagCode)),
  reads(own.listOwnGrounds, (ctx) => grounds.listGrounds(ctx)),
  writes(own.refuseOwnGround, (ctx, { params }) => grounds.refuse(ctx, params.tagCode)),
  writes(own.allowOwnGround, (ctx, { params }) => grounds.allow(ctx, params.tagCode)),
  reads(contract.explainCondition, (ctx, { params }) => rule.explain(ctx, params.patientId, params.code)),
  reads(contract.listRules, (ctx) => rule.showRules(ctx)),
  reads(contract.ruleVersions, (ctx, { params }) => rule.showVersions(ctx, params.code)),
  writes(contract.saveDraft, (ctx, { params, body }) => rule.draft(ctx, params.code, body.definition)),
  writes(contract.discardDraft, (ctx, { params }) => rule.dropDraft(ctx, params.code)),
  writes(contract.publishDraft, (ctx, { params, body }) => rule.publish(ctx, params.code, body.version)),
  writes(contract.retireRule, (ctx, { params }) => rule.retire(ctx, params.code)),
  writes(contract.previewCondition, (ctx, { body }) => rule.preview(ctx, body.condition, body.code)),
]
