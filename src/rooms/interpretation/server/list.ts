import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { listOrders } from '../contract/order.ts'
import { findList, type Place } from './list-store.ts'
import { linesOf } from './view.ts'

/** 报告解读: one list of the board, a page at a time. */
export async function showList(
  ctx: ReadContext,
  { list, doctorId, cursor, limit }: InputOf<typeof listOrders>['query'],
) {
  const rows = await findList(ctx, { list, doctorId, after: readPlace(cursor), limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    rows: await linesOf(ctx, page),
    next: last ? `${last.place.toISOString()}_${last.id}` : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(cursor) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw platformProblem('InvalidInput', {}, 'query.cursor')
  return { at, id }
}
