import { sql, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import type { taskTimeline } from '../contract/timeline.ts'
import type { Outcome } from '../contract/words.ts'
import { readCursor, writeCursor } from './list.ts'
import { findTasks, type NamedTaskRow } from './list-store.ts'
import { reachOf, visibleTasks } from './scope.ts'
import { toldOf } from './view.ts'

const KIND = 'task-done'

/** The room's share of a patient's timeline: tasks that were done, as far as the reader may open them. */
export async function showTimeline(ctx: ReadContext, { params, query }: InputOf<typeof taskTimeline>) {
  if (query.kinds && !query.kinds.split(',').includes(KIND)) return { rows: [], next: null }
  const reach = await reachOf(ctx)
  const where = [
    visibleTasks(ctx, reach),
    sql<SqlBool>`t.patient_id = ${params.patientId}`,
    sql<SqlBool>`t.state = 'completed'`,
  ]
  const rows = await findTasks(ctx.db, ctx.organizationId, {
    where,
    order: 'closed',
    after: readCursor(query.cursor, 'closed'),
    limit: query.limit + 1,
  })
  const page = rows.slice(0, query.limit)
  return {
    rows: page.map((row) => entryOf(ctx, row, toldOf(ctx, reach, row) === 'all')),
    next: rows.length > query.limit ? writeCursor(page.at(-1)!, 'closed') : null,
  }
}

function entryOf(ctx: ReadContext, row: NamedTaskRow, told: boolean) {
  return {
    id: row.id,
    kind: KIND,
    at: row.closed_at!.toISOString(),
    title: !told ? '' : ctx.locale === 'en' && row.title_en ? row.title_en : row.title,
    text: told ? ((row.outcome as Outcome | null)?.text ?? '') : '',
    code: row.type,
    tone: 'good' as const,
    by: row.closed_by === null ? null : row.closed_by_name,
    to: `/tasks?patientId=${row.patient_id}&state=all&task=${row.id}`,
  }
}
