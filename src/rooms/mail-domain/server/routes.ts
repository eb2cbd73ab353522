import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/mail-domain.ts'
import { checkKey, makeKey, retireKey, useKey } from './key.ts'
import { changeReturn, showMailDomain } from './mail-domain.ts'

export const routes: Route[] = [
  reads(contract.getMailDomain, (ctx) => showMailDomain(ctx)),
  writes(contract.setReturnPattern, (ctx, { body }) => changeReturn(ctx, body)),
  writes(contract.makeMailKey, (ctx, { body }) => makeKey(ctx, body.kind)),
  writes(contract.checkMailKey, (ctx, { params }, call) => checkKey(ctx, params.mailKeyId, call.house.lookupTxt)),
  writes(contract.useMailKey, (ctx, { params }, call) => useKey(ctx, params.mailKeyId, call.house.lookupTxt)),
  writes(contract.retireMailKey, (ctx, { params }) => retireKey(ctx, params.mailKeyId)),
]
