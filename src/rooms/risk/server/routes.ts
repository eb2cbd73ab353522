import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/risk.ts'
import { answer, assessAsked } from './answer.ts'
import { showInstruments } from './registry.ts'
import { decide } from './release.ts'
import { showRisks } from './view.ts'

export const routes: Route[] = [
  reads(contract.listRisks, (ctx, { params }) => showRisks(ctx, params.patientId)),
  writes(contract.assessRisks, (ctx, { params }) => assessAsked(ctx, params.patientId)),
  writes(contract.answerRisks, (ctx, { params, body }) => answer(ctx, params.patientId, body)),
  writes(contract.decideRelease, (ctx, { params, body }) => decide(ctx, params, body)),
  reads(contract.listInstruments, async () => showInstruments()),
]
