import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { searchAudit } from '../contract/audit.ts'
import { findEntry, findOpenings, searchEntries, type AuditRow, type Place } from './search-store.ts'

/** A cursor is the place of the last row, spelled `2026-03-02T02:00:00.000Z_<id>`; opaque to callers. */
function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\S+Z)_([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw platformProblem('InvalidInput', { count: 1 }, 'query.cursor')
  return { at: new Date(at), id }
}

function viewOf({ detail: _detail, ...row }: AuditRow) {
  return { ...row, id: row.id as never, at: row.at.toISOString() }
}

export async function search(ctx: ReadContext, { cursor, limit, ...filter }: InputOf<typeof searchAudit>['query']) {
  ctx.audit.detail = { filter }
  const before = readCursor(cursor)
  const { rows, next, searchedUntil } = await searchEntries(ctx.db, ctx.organizationId, filter, { before, limit })
  return {
    rows: rows.map(viewOf),
    next: next ? `${next.at.toISOString()}_${next.id}` : null,
    total: null,
    searchedUntil: searchedUntil?.toISOString() ?? null,
  }
}

export async function showEntry(ctx: ReadContext, id: string) {
  const found = await findEntry(ctx.db, ctx.organizationId, id)
  if (!found) throw platformProblem('NotFound')
  const { sequence, hash, requestId, ...row } = found
  const link = sequence !== null && hash ? { sequence, hash: hash.toString('hex') } : null
  return { ...viewOf(row), detail: row.detail, requestId, link }
}

export interface Opening {
  at: string
  actorKind: string
  actorId: string | null
  actorName: string
  action: string
}

/**
 * Who has seen or changed a patient's file: what the patient may ask. Newest first.
 * @param page `before` is the `next` of the page before
 */
export async function openingsOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  patientId: string,
  page: { before?: string; limit?: number } = {},
): Promise<{ openings: Opening[]; next: string | null }> {
  const limit = page.limit ?? 50
  const rows = await findOpenings(ctx.db, ctx.organizationId, patientId, readCursor(page.before), limit)
  const last = rows.at(-1)
  return {
    openings: rows.map(({ at, actorKind, actorId, actorName, action }) => ({ at: at.toISOString(), actorKind, actorId, actorName, action })),
    next: last && rows.length === limit ? `${last.at.toISOString()}_${last.id}` : null,
  }
}
