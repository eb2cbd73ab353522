import { reads, work, writes, type JobHandler, type Route } from '../../../../platform/context/room.ts'
import * as contract from '../../contract/import.ts'
import { findMappings } from './import-store.ts'
import { getImport, listImports, previewImport, refusedRows, startImport, stopImport, uploadImport } from './import.ts'
import { runImport } from './run-import.ts'

export const importRoutes: Route[] = [
  writes(contract.uploadImport, (ctx, _input, call) => uploadImport(ctx, call)),
  reads(contract.listImports, (ctx, { query }) => listImports(ctx, query.cursor, query.limit)),
  reads(contract.getImport, (ctx, { params }) => getImport(ctx, params.importId)),
  writes(contract.previewImport, async (ctx, { params, body }, call) => ({
    rows: await previewImport(ctx, call.house, params.importId, body.mapping),
  })),
  writes(contract.startImport, (ctx, { params, body }) => startImport(ctx, params.importId, body.mapping, body.saveAs)),
  writes(contract.stopImport, (ctx, { params }) => stopImport(ctx, params.importId)),
  reads(contract.refusedRows, (ctx, { params, query }, call) =>
    refusedRows(ctx, call.house, params.importId, query.format),
  ),
  reads(contract.listMappings, async (ctx) => ({ rows: await findMappings(ctx.db, ctx.organizationId) })),
]

export const importJobs: JobHandler[] = [
  work(contract.runImport, (house, organizationId, { importId }) => runImport(house, organizationId, importId)),
]
