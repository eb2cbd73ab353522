import { reads, writes, type Route } from '../../../platform/context/room.ts'
import { requireVisible } from '../../patient/server/index.ts'
import * as facts from '../contract/facts.ts'
import * as indicators from '../contract/indicators.ts'
import * as own from '../contract/own.ts'
import * as overview from '../contract/overview.ts'
import * as readings from '../contract/readings.ts'
import * as reports from '../contract/reports.ts'
import { recordTimeline } from '../contract/timeline.ts'
import { choicesIn } from './choices.ts'
import { completenessOfPatients } from './completeness.ts'
import { comparePatientReports } from './comparison.ts'
import { showCourses } from './courses.ts'
import { correctValue, enterReadings, retractValue } from './entry.ts'
import { enterFact, listPatientFacts, mendFact, withdrawFact } from './fact-entry.ts'
import { listPatientIndicators } from './indicator-list.ts'
import { listOwn, showOwn } from './own.ts'
import { showOverview } from './overview.ts'
import { listPatientReports, showReport } from './reports.ts'
import { showTimeline } from './timeline.ts'

export const routes: Route[] = [
  reads(overview.getOverview, (ctx, { params }) => showOverview(ctx, params.patientId)),
  reads(overview.getCompleteness, async (ctx, { params: { patientId } }) => {
    await requireVisible(ctx, patientId)
    return (await completenessOfPatients(ctx, [patientId])).get(patientId)!
  }),
  reads(recordTimeline, (ctx, { params, query }) => showTimeline(ctx, params.patientId, query)),
  reads(indicators.listIndicators, (ctx, { params }) => listPatientIndicators(ctx, params.patientId)),
  reads(own.listOwnIndicators, (ctx) => listOwn(ctx)),
  reads(own.readOwnTrend, (ctx, { params }) => showOwn(ctx, params.code)),
  reads(indicators.getCourses, (ctx, { params, query }) => showCourses(ctx, params.patientId, query)),
  reads(indicators.compareReports, (ctx, { params, query }) =>
    comparePatientReports(ctx, params.patientId, query.reports),
  ),
  reads(reports.listReports, (ctx, { params, query }) => listPatientReports(ctx, params.patientId, query)),
  reads(reports.getReport, (ctx, { params }) => showReport(ctx, params.patientId, params.reportId)),
  reads(facts.listFacts, (ctx, { params }) => listPatientFacts(ctx, params.patientId)),
  writes(facts.addFact, (ctx, { params, body }) => enterFact(ctx, params.patientId, body)),
  writes(facts.correctFactEndpoint, (ctx, { params, body }) =>
    mendFact(ctx, { patientId: params.patientId, id: params.factId }, body.corrected, body.because),
  ),
  writes(facts.retractFactEndpoint, (ctx, { params, body }) =>
    withdrawFact(ctx, { patientId: params.patientId, id: params.factId }, body.kind, body.because),
  ),
  reads(readings.entryChoices, async (ctx) => choicesIn(ctx.locale)),
  writes(readings.addReadings, (ctx, { params, body }) => enterReadings(ctx, params.patientId, body)),
  writes(readings.correctReading, (ctx, { params, body }) =>
    correctValue(ctx, { patientId: params.patientId, id: params.observationId }, body),
  ),
  writes(readings.retractReading, (ctx, { params, body }) =>
    retractValue(ctx, { patientId: params.patientId, id: params.observationId }, body.because),
  ),
]
