import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/understanding.ts'
import * as card from './card.ts'

export const routes: Route[] = [
  reads(contract.readUnderstanding, (ctx, { params }) => card.read(ctx, params.patientId)),
  writes(contract.writeEntry, (ctx, { params, body }) => card.write(ctx, params.patientId, body)),
  writes(contract.correctEntry, (ctx, { params, body }) => card.correct(ctx, params, body)),
  writes(contract.endEntry, (ctx, { params, body }) => card.end(ctx, params.patientId, params.entryId, body.because)),
  writes(contract.restoreEntry, (ctx, { params }) => card.restore(ctx, params.patientId, params.entryId)),
  reads(contract.readOwnUnderstanding, (ctx) => card.readOwn(ctx)),
  writes(contract.endOwnEntry, (ctx, { params, body }) => card.endOwn(ctx, params.entryId, body.because)),
  writes(contract.restoreOwnEntry, (ctx, { params }) => card.restoreOwn(ctx, params.entryId)),
]
