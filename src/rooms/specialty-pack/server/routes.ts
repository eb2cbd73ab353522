import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/specialty-pack.ts'
import { install, remove, update } from './install.ts'
import { packOf, showPack, showPacks } from './view.ts'

export const routes: Route[] = [
  reads(contract.listPacks, (ctx) => showPacks(ctx)),
  reads(contract.readPack, (ctx, { params }) => showPack(ctx, params.code)),
  writes(contract.installPack, (ctx, { params, body }) => install(ctx, packOf(params.code), body)),
  writes(contract.removePack, (ctx, { params, body }) => remove(ctx, packOf(params.code), body)),
  writes(contract.updatePack, (ctx, { params, body }) => update(ctx, packOf(params.code), body)),
]
