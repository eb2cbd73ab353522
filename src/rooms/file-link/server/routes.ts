import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/file-link.ts'
import { openFile, showFilePage } from './open.ts'
import { listLinks, revokeLink, sendLink } from './send.ts'

export const routes: Route[] = [
  reads(contract.listFileLinks, (ctx, { params }) => listLinks(ctx, params.patientId)),
  writes(contract.sendFileLink, (ctx, { params, query }, call) => sendLink(ctx, params.patientId, query.days, call)),
  writes(contract.revokeFileLink, (ctx, { params }) => revokeLink(ctx, params.fileLinkId)),
  opens(contract.filePage, (house, { params }) => showFilePage(house, params.token)),
  opens(contract.openFileLink, (house, { params }, call) => openFile(house, params.token, call)),
]
