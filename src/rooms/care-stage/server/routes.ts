import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/care-stage.ts'
import { enter, tick } from './move.ts'
import { list, read } from './read.ts'

export const routes: Route[] = [
  reads(contract.readStages, (ctx, { params }) => read(ctx, params.patientId)),
  reads(contract.listStages, (ctx, { query }) => list(ctx, query)),
  writes(contract.enterStage, (ctx, { params, body }) => enter(ctx, params.patientId, body)),
  writes(contract.tickStage, (ctx, { params, body }) => tick(ctx, params, body)),
]
