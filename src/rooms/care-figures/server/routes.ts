import { reads, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/care-figures.ts'
import { showFigures, showReports } from './figures.ts'
import { showRows } from './rows.ts'

export const routes: Route[] = [
  reads(contract.getCareFigures, (ctx, { query }) => showFigures(ctx, query)),
  reads(contract.careFigureRows, (ctx, { query }) => showRows(ctx, query)),
  reads(contract.careReports, (ctx) => showReports(ctx)),
]
