import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/mail-report.ts'
import { listReports, reportFigures, setAside, showReport, tieReport } from './settle.ts'
import { submitReport } from './submit.ts'

export const routes: Route[] = [
  reads(contract.listMailReports, (ctx, { query }) => listReports(ctx, query)),
  reads(contract.mailReportFigures, (ctx) => reportFigures(ctx)),
  reads(contract.openMailReport, (ctx, { params }) => showReport(ctx, params.mailReportId)),
  writes(contract.tieMailReport, (ctx, { params, body }) => tieReport(ctx, params.mailReportId, body)),
  writes(contract.setMailReportAside, (ctx, { params, body }) => setAside(ctx, params.mailReportId, body)),
  writes(contract.submitMailReport, (ctx, { query }, call) => submitReport(ctx, query.to, call)),
]
