import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/media.ts'
import * as card from './card.ts'
import * as my from './my.ts'
import { show, upload } from './picture.ts'
import * as send from './send.ts'

export const routes: Route[] = [
  reads(contract.listMedia, (ctx) => card.listAll(ctx)),
  reads(contract.readMedia, (ctx, { params }) => card.readVersion(ctx, params.code, params.version)),
  reads(contract.mediaVersions, (ctx, { params }) => card.versionsOf(ctx, params.code)),
  writes(contract.saveMedia, (ctx, { params, body }) => card.saveDraft(ctx, params.code, body)),
  writes(contract.publishMedia, (ctx, { params, body }) => card.publish(ctx, params.code, body.revision)),
  writes(contract.discardMedia, (ctx, { params }) => card.discard(ctx, params.code)),
  writes(contract.retireMedia, (ctx, { params }) => card.retire(ctx, params.code)),
  writes(contract.uploadPicture, (ctx, _input, call) => upload(ctx, call)),
  reads(contract.showPicture, (ctx, { params }, call) => show(ctx, params, call)),
  reads(contract.showMyPicture, (ctx, { params }, call) => show(ctx, params, call)),
  reads(contract.listSentMedia, (ctx, { params }) => send.listSent(ctx, params.patientId)),
  writes(contract.mailMedia, (ctx, { params }) => send.mail(ctx, params.patientId, params.code)),
  writes(contract.showMediaCode, (ctx, { params }) => send.showCode(ctx, params.patientId, params.code)),
  reads(contract.myMediaIndex, (ctx) => my.myIndex(ctx)),
  reads(contract.readMyMedia, (ctx, { params }) => my.readMine(ctx, params.code)),
  writes(contract.countOpening, (ctx, { params }) => my.count(ctx, params.code)),
]
