import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/mood-diary.ts'
import * as own from './own.ts'
import { readShared } from './read.ts'

export const routes: Route[] = [
  reads(contract.readMyDiary, (ctx, _input, { house }) => own.readOwn(ctx, house.ids.next())),
  writes(contract.writeMood, (ctx, { body }) => own.writeOwn(ctx, body)),
  writes(contract.changeMood, (ctx, { params, body }) => own.changeOwn(ctx, params.moodEntryId, body)),
  writes(contract.removeMood, (ctx, { params }) => own.removeOwn(ctx, params.moodEntryId)),
  writes(contract.shareDiary, (ctx, { body }) => own.shareOwn(ctx, body.readers)),
  writes(contract.askForCall, (ctx) => own.askForCall(ctx)),
  reads(contract.readDiary, (ctx, { params, query }) => readShared(ctx, params.patientId, query)),
]
