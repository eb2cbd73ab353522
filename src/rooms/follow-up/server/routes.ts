import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as catalogue from '../contract/catalogue.ts'
import * as lists from '../contract/list.ts'
import * as plans from '../contract/run.ts'
import * as visits from '../contract/visit.ts'
import { logAttempt } from './attempt.ts'
import { completeVisit } from './complete.ts'
import { cancelVisit, correctVisit } from './correct.ts'
import { countVisits, listVisits } from './list.ts'
import { draftProtocol, getProtocol, listProtocols, publishProtocol } from './protocol.ts'
import { enrolByHand, exitByHand } from './run.ts'
import { listRuns } from './run-view.ts'
import { proposeVisit, showVisit } from './visit.ts'

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
  reads(catalogue.listProtocols, (ctx) => listProtocols(ctx)),
  reads(catalogue.getProtocol, (ctx, { params }) => getProtocol(ctx, params.code)),
  writes(catalogue.draftProtocol, async (ctx, { params, body }) => ({
    version: await draftProtocol(ctx, params.code, body.definition),
  })),
  writes(catalogue.publishProtocol, async (ctx, { params, body }) => ({
    switched: await publishProtocol(ctx, params.code, body),
  })),
]
