import { reads, writes, type Route } from '../../../platform/context/room.ts'
import { listAllSummaries, readMySummary } from '../contract/list.ts'
import * as contract from '../contract/summary.ts'
import * as act from './act.ts'
import { noteRead, showList } from './list.ts'
import { showMine, showMySummary, showSummaries, showSummary } from './view.ts'

export const routes: Route[] = [
  reads(contract.listSummaries, (ctx, { params }) => showSummaries(ctx, params.patientId)),
  reads(contract.readSummary, (ctx, { params }) => showSummary(ctx, params.patientId, params.summaryId)),
  writes(contract.draftSummary, async (ctx, { params: { patientId }, body }) =>
    showSummary(ctx, patientId, await act.draft(ctx, patientId, body)),
  ),
  writes(contract.saveSummary, async (ctx, { params: { patientId, summaryId }, body }) => {
    await act.save(ctx, patientId, summaryId, body)
    return showSummary(ctx, patientId, summaryId)
  }),
  writes(contract.submitSummary, async (ctx, { params: { patientId, summaryId }, body }) => {
    await act.submit(ctx, patientId, summaryId, body.revision)
    return showSummary(ctx, patientId, summaryId)
  }),
  writes(contract.signSummary, async (ctx, { params: { patientId, summaryId }, body }) => {
    await act.sign(ctx, patientId, summaryId, body.revision)
    return showSummary(ctx, patientId, summaryId)
  }),
  writes(contract.discardSummary, (ctx, { params }) => act.discard(ctx, params.patientId, params.summaryId)),
  writes(contract.sendSummary, async (ctx, { params: { patientId, summaryId } }) => {
    await act.send(ctx, patientId, summaryId)
    return showSummary(ctx, patientId, summaryId)
  }),
  writes(contract.correctSummary, async (ctx, { params: { patientId, summaryId }, body }) =>
    showSummary(ctx, patientId, await act.correct(ctx, patientId, summaryId, body.because)),
  ),
  reads(listAllSummaries, (ctx, { query }) => showList(ctx, query)),
  writes(readMySummary, (ctx, { params }) => noteRead(ctx, params.summaryId)),
  reads(contract.mySummaries, (ctx) => showMine(ctx)),
  reads(contract.mySummary, (ctx, { params }) => showMySummary(ctx, params.summaryId)),
]
