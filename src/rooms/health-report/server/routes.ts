import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as batch from '../contract/batch.ts'
import * as composition from '../contract/composition.ts'
import * as own from '../contract/own.ts'
import * as printed from '../contract/health-report.ts'
import * as sealed from '../contract/sealed.ts'
import { amend, recall } from './amendment.ts'
import * as batches from './batch.ts'
import { edit, start } from './composition.ts'
import { listStage, showComposition } from './composition-view.ts'
import { tellPatient } from './notice.ts'
import * as mine from './own.ts'
import * as printing from './printing.ts'
import * as apart from './sealed.ts'
import { issue, signParts, takeBack } from './signing.ts'
import { verify } from './verify.ts'

export const routes: Route[] = [
  reads(printed.listPrintedReports, (ctx, { params }) => printing.listOf(ctx, params.patientId)),
  reads(printed.countWaitingReports, (ctx, { query }) => printing.waitingOf(ctx, query.patientId)),
  writes(printed.printReport, (ctx, { params, body }) => printing.order(ctx, params.patientId, body)),
  reads(printed.openPrintedReport, (ctx, { params }, call) =>
    printing.openFile(ctx, call.house, params.patientId, params.reportId),
  ),
  writes(printed.withdrawPrintedReport, (ctx, { params, body }) =>
    printing.declareVoid(ctx, params.patientId, params.reportId, body.because),
  ),
  opens(printed.verifyReport, (house, { params }) => verify(house, params.code)),

  reads(composition.listCompositions, (ctx, { query }) => listStage(ctx, query)),
  writes(composition.startComposition, async (ctx, { params, body }) => ({
    id: (await start(ctx, params.patientId, body.examId)).id as never,
  })),
  reads(composition.getComposition, (ctx, { params }, call) => showComposition(ctx, call.house, params.compositionId)),
  writes(composition.editComposition, (ctx, { params, body }) => edit(ctx, params.compositionId, body)),
  writes(composition.signParts, (ctx, { params, body }) => signParts(ctx, params.compositionId, body.parts)),
  writes(composition.takeBackSignature, (ctx, { params, body }) => takeBack(ctx, params.compositionId, body.part)),
  writes(composition.issueComposition, (ctx, { params, body }, call) =>
    issue(ctx, call.house, params.compositionId, body.hash),
  ),
  writes(composition.amendComposition, async (ctx, { params, body }) => ({
    id: (await amend(ctx, params.compositionId, body.because)).id as never,
  })),
  writes(composition.recallComposition, (ctx, { params, body }) => recall(ctx, params.compositionId, body.because)),
  writes(composition.notifyPatient, (ctx, { params }) => tellPatient(ctx, params.compositionId)),

  reads(sealed.listSealedReports, (ctx, { params }) => apart.listSealed(ctx, params.patientId)),
  writes(sealed.recordWish, (ctx, { params, body }) => apart.noteWish(ctx, params.patientId, body)),
  writes(sealed.withdrawWish, (ctx, { params }) => apart.takeWishBack(ctx, params.patientId, params.wishId)),
  writes(sealed.printSealedReport, (ctx, { params, body }) => apart.printSealed(ctx, params.patientId, body)),
  reads(sealed.openSealedReport, (ctx, { params }, call) =>
    apart.openSealed(ctx, call.house, params.patientId, params.reportId),
  ),

  reads(own.listMyReports, (ctx, _input, call) => mine.listMine(ctx, call.house)),
  reads(own.readMyReport, (ctx, { params }, call) => mine.readMine(ctx, call.house, params.compositionId)),
  reads(own.openMyReport, (ctx, { params }, call) => mine.openMine(ctx, call.house, params.compositionId)),

  writes(batch.printMany, (ctx, { body }) => batches.orderMany(ctx, body)),
  reads(batch.listBatches, (ctx) => batches.batchesOf(ctx)),
  reads(batch.batchProgress, (ctx, { params }) => batches.progressOf(ctx, params.batchId)),
  reads(batch.batchRefusals, (ctx, { params }) => batches.refusalsOf(ctx, params.batchId)),
  writes(batch.cancelBatch, (ctx, { params }) => batches.cancel(ctx, params.batchId)),
  reads(batch.downloadBatch, (ctx, { params }, call) => batches.archiveOf(ctx, call.house, params.batchId)),
]
