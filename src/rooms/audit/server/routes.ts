import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as audit from '../contract/audit.ts'
import { exportEntries } from './export.ts'
import { findActions } from './search-store.ts'
import { search, showEntry } from './search.ts'
import { listRecent, requestVerification } from './verification.ts'

export const routes: Route[] = [
  reads(audit.searchAudit, (ctx, { query }) => search(ctx, query)),
  reads(audit.getAuditEntry, (ctx, { params }) => showEntry(ctx, params.auditEntryId)),
  reads(audit.listActions, async (ctx) => ({ actions: await findActions(ctx.db, ctx.organizationId) })),
  reads(audit.exportAudit, async (ctx, { query }) => exportEntries(ctx, query)),
  writes(audit.startVerification, (ctx) => requestVerification(ctx)),
  reads(audit.listVerifications, (ctx) => listRecent(ctx)),
]
