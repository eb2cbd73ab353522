import { opens, reads, work, writes, type Room } from '../../../platform/context/room.ts'
import * as contract from '../contract/health-report.ts'
import * as printing from './printing.ts'
import { verify } from './verify.ts'

export const room: Room = {
  name: 'health-report',
  routes: [
    reads(contract.listPrintedReports, (ctx, { params }) => printing.listOf(ctx, params.patientId)),
    reads(contract.countWaitingReports, (ctx, { query }) => printing.waitingOf(ctx, query.patientId)),
    writes(contract.printReport, (ctx, { params, body }) => printing.order(ctx, params.patientId, body)),
    writes(contract.printMany, (ctx, { body }) => printing.orderMany(ctx, body.title, body.patientIds, body.language)),
    reads(contract.batchProgress, (ctx, { params }) => printing.progressOf(ctx, params.batchId)),
    reads(contract.openPrintedReport, (ctx, { params }, call) =>
      printing.openFile(ctx, call.house, params.patientId, params.reportId),
    ),
    writes(contract.withdrawPrintedReport, (ctx, { params, body }) =>
      printing.declareVoid(ctx, params.patientId, params.reportId, body.because),
    ),
    opens(contract.verifyReport, (house, { params }) => verify(house, params.code)),
  ],
  jobs: [
    work(
      contract.renderJob,
      (house, organizationId, { reportId, code }) => printing.render(house, organizationId, reportId, code),
      { concurrency: 2 },
    ),
  ],
}
