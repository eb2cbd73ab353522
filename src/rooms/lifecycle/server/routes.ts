import { reads, writes, type Route } from '../../../platform/context/room.ts'
import { countForSegment } from '../../segment/server/index.ts'
import * as contract from '../contract/lifecycle.ts'
import * as rules from '../contract/rule.ts'
import * as moving from './move.ts'
import * as reading from './read.ts'
import * as rule from './rule.ts'

export const routes: Route[] = [
  reads(contract.readRelationship, (ctx, { params }) => reading.read(ctx, params.patientId)),
  writes(contract.moveRelationship, (ctx, { params, body }) => moving.move(ctx, params.patientId, body)),
  writes(contract.undoMove, (ctx, { params, body }) => moving.undo(ctx, params.patientId, body.revision)),
  writes(contract.resumeRules, (ctx, { params, body }) => moving.resume(ctx, params.patientId, body.revision)),
  reads(contract.explainStage, (ctx, { params }) => reading.explain(ctx, params.patientId, params.stage)),
  reads(contract.countStages, (ctx) => reading.counts(ctx)),
  reads(contract.listRelationships, (ctx, { query }) => reading.list(ctx, query)),
  reads(rules.listStageRules, (ctx) => rule.showRules(ctx)),
  reads(rules.readStageRule, (ctx, { params }) => rule.showRule(ctx, params.stage)),
  writes(rules.draftStageRule, (ctx, { params, body }) => rule.draftRule(ctx, params.stage, body)),
  writes(rules.publishStageRule, (ctx, { params, body }) => rule.publishRule(ctx, params.stage, body.revision)),
  writes(rules.discardStageRule, (ctx, { params }) => rule.discardRule(ctx, params.stage)),
  writes(rules.countStageRule, (ctx, { body }, { house }) =>
    countForSegment({ ...ctx, db: house.databases.of(ctx.organizationId) }, body.condition, body.ask),
  ),
]
