import { opens, reads, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/readership.ts'
import { figures, reports, rows } from './figures.ts'
import { follow, showPicture } from './hit.ts'

export const routes: Route[] = [
  reads(contract.readingFigures, (ctx, { query }) => figures(ctx, query)),
  reads(contract.readingRows, (ctx, { query }) => rows(ctx, query)),
  reads(contract.readingReports, (ctx) => reports(ctx)),
  opens(contract.readingPicture, (house, { query }, call) => showPicture(house, query.t, call)),
  opens(contract.followLink, (house, { query }, call) => follow(house, query.t, call)),
]
