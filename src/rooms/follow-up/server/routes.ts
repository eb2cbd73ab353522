import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as catalogue from '../contract/catalogue.ts'
import * as lists from '../contract/list.ts'
import * as plans from '../contract/run.ts'
import { myPathways } from '../contract/my.ts'
import * as interchange from '../contract/plan-definition.ts'
import * as impacts from '../contract/impact.ts'
import { measureIntake } from '../contract/load.ts'
import * as walks from '../contract/walk.ts'
import * as visits from '../contract/visit.ts'
import { logAttempt } from './attempt.ts'
import { checkInHouse, listContent } from './check.ts'
import { completeVisit } from './complete.ts'
import { cancelVisit, correctVisit } from './correct.ts'
import { measure } from './intake.ts'
import { exportVersion, importResource } from './interchange.ts'
import { decide, showImpact, undo } from './impact.ts'
import { countVisits, listVisits } from './list.ts'
import { draftProtocol, getProtocol, listProtocols } from './protocol.ts'
import { showOwnPathways } from './my.ts'
import { takeShipped } from './newer.ts'
import { publishChecked } from './publish.ts'
import { enrolByHand, exitByHand } from './run.ts'
import { listRuns } from './run-view.ts'
import { proposeVisit, showVisit } from './visit.ts'
import { walkThrough } from './walk.ts'

export const routes: Route[] = [
  reads(lists.listVisits, (ctx, { query }) => listVisits(ctx, query)),
  reads(lists.countVisits, (ctx, { query }) => countVisits(ctx, query.days)),
  reads(visits.getVisit, (ctx, { params }) => showVisit(ctx, params.occurrenceId)),
  writes(visits.proposeClass, (ctx, { params, body }) => proposeVisit(ctx, params.occurrenceId, body)),
  writes(visits.complete, async (ctx, { params, body }) => {
    await completeVisit(ctx, params.occurrenceId, body)
    return showVisit(ctx, params.occurrenceId)
  }),
  writes(visits.correctAnswers, async (ctx, { params, body }) => {
    await correctVisit(ctx, params.occurrenceId, body)
    return showVisit(ctx, params.occurrenceId)
  }),
  writes(visits.cancelVisit, async (ctx, { params, body }) => {
    await cancelVisit(ctx, params.occurrenceId, body.reason)
    return showVisit(ctx, params.occurrenceId)
  }),
  writes(visits.logAttempt, async (ctx, { params, body }) => {
    const { vain, lost } = await logAttempt(ctx, params.occurrenceId, body)
    return { vain, lost }
  }),
  reads(plans.listRuns, (ctx, { params }) => listRuns(ctx, params.patientId)),
  writes(plans.enrol, async (ctx, { params, body }) => ({
    runId: (await enrolByHand(ctx, params.patientId, body)) as never,
  })),
  writes(plans.exitRun, async (ctx, { params, body }) => ({ cancelled: await exitByHand(ctx, params.runId, body) })),
  writes(impacts.impactOfVersion, (ctx, { params, body }) => showImpact(ctx, params.code, body)),
  writes(impacts.decideSwitch, (ctx, { params, body }) => decide(ctx, params.code, body)),
  writes(impacts.undoSwitch, (ctx, { params }) => undo(ctx, params.switchId)),
  reads(myPathways, (ctx) => showOwnPathways(ctx)),
  reads(interchange.exportPathway, (ctx, { params, query }) => exportVersion(ctx, params.code, query.version)),
  writes(interchange.importPathway, (ctx, { body }) => importResource(ctx, body)),
  reads(walks.pathwayContent, async () => listContent()),
  writes(walks.walkPathway, (ctx, { body }) => walkThrough(ctx, body)),
  writes(measureIntake, (ctx, { body }, { house }) =>
    measure({ ...ctx, db: house.databases.of(ctx.organizationId) }, body.definition),
  ),
  writes(walks.checkDraft, async (ctx, { body }) => ({ faults: await checkInHouse(ctx, body.definition) })),
  reads(catalogue.listProtocols, (ctx) => listProtocols(ctx)),
  reads(catalogue.getProtocol, (ctx, { params }) => getProtocol(ctx, params.code)),
  writes(catalogue.draftProtocol, (ctx, { params, body }) => draftProtocol(ctx, params.code, body)),
  writes(catalogue.takeShippedProtocol, (ctx, { params }) => takeShipped(ctx, params.code)),
  writes(catalogue.publishProtocol, async (ctx, { params, body }) => ({
    switched: await publishChecked(ctx, params.code, body),
  })),
]
