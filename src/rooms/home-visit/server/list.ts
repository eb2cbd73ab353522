import { sql, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible, visibleParts } from '../../patient/server/index.ts'
import type { homeVisitTimeline, listHomeVisits, patientHomeVisits } from '../contract/home-visit.ts'
import { findVisits, type Wanted } from './store.ts'
import { lineOf } from './view.ts'

type Page = OutputOf<typeof listHomeVisits>
type Asked = InputOf<typeof listHomeVisits>['query']

/** @throws Problem NotFound */
export async function ofPatient(
  ctx: ReadContext,
  patientId: string,
  { followUp: followUpId, ...query }: InputOf<typeof patientHomeVisits>['query'],
): Promise<Page> {
  await requireVisible(ctx, patientId)
  return page(ctx, query, { patientId, followUpId, scope: sql<SqlBool>`true` })
}

/** Of one's own customers, who are found first: along all visits of a large house one would pass thousands before the first. */
export function list(ctx: ReadContext, query: Asked): Promise<Page> {
  const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
  if (parts.length === 0) return Promise.resolve({ rows: [], next: null, total: 0 })
  const own = parts.map((part) => sql`select id from patient where organization_id = ${ctx.organizationId} and ${part}`)
  const scope = sql<SqlBool>`v.patient_id = any(array(${sql.join(own, sql` union `)}))`
  return page(ctx, query, { scope })
}

async function page(
  ctx: ReadContext,
  { cursor, limit }: Asked,
  wanted: Omit<Wanted, 'limit' | 'after'>,
): Promise<Page> {
  const after = readPlace(cursor)
  const rows = await findVisits(ctx.db, ctx.organizationId, { ...wanted, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit
  return {
    rows: shown.map(lineOf),
    next: hasMore && last ? placeText(last.arrived_at, last.id) : null,
    total: after || hasMore ? null : rows.length,
  }
}

const placeText = (at: Date, id: string) => `${at.toISOString()}_${id}`

function readPlace(cursor: string | undefined): { at: string; id: string } | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(cursor) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw platformProblem('InvalidInput', {}, 'query.cursor')
  return { at, id }
}

const KIND = 'home-visit'

/** The room's share of a patient's timeline: visits that stand. */
export async function timeline(
  ctx: ReadContext,
  { params, query }: InputOf<typeof homeVisitTimeline>,
): Promise<OutputOf<typeof homeVisitTimeline>> {
  await requireVisible(ctx, params.patientId)
  if (query.kinds && !query.kinds.split(',').includes(KIND)) return { rows: [], next: null }
  const rows = await findVisits(ctx.db, ctx.organizationId, {
    patientId: params.patientId,
    scope: sql<SqlBool>`v.state = 'stands'`,
    after: readPlace(query.cursor),
    limit: query.limit + 1,
  })
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => {
      const line = lineOf(row)
      return {
        id: row.id,
        kind: KIND,
        at: line.arrivedAt,
        title: '',
        text: row.seen,
        code: row.outcome,
        tone: line.attention > 0 ? ('due' as const) : ('plain' as const),
        dateOnly: false,
        lines: [],
        lineCount: 0,
        by: row.staff_name,
        to: `/patients/${row.patient_id}?tab=home-visits&visit=${row.id}`,
      }
    }),
    next: rows.length > query.limit && last ? placeText(last.arrived_at, last.id) : null,
  }
}
