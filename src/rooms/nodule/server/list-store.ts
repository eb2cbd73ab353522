import { sql, type Expression, type SqlBool } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import type { View } from '../contract/nodule.ts'
import type { Organ } from '../contract/words.ts'
import type { NoduleRow } from './store.ts'

export interface BoardRow extends NoduleRow {
  long_mm: number | null
  recheck_kind: 'recheck' | 'refer' | null
  grade: {
    state: 'proposed' | 'settled'
    source: 'report' | 'instrument' | 'physician'
    system: string | null
    category: string
  } | null
}

/** Where a page ends: the day or moment it is sorted by, and the id. */
export interface Place {
  at: string
  id: string
}

const ORDER = {
  due: { column: 'due_on', type: 'date', down: false },
  overdue: { column: 'due_on', type: 'date', down: false },
  planned: { column: 'due_on', type: 'date', down: false },
  waiting: { column: 'waiting_since', type: 'date', down: false },
  closed: { column: 'closed_at', type: 'timestamptz', down: true },
} as const satisfies Record<View, unknown>

function viewCondition(view: View, today: string): Expression<SqlBool> {
  switch (view) {
    case 'due':
      return sql<SqlBool>`n.state = 'open' and n.due_on >= ${today} and n.from_on <= ${today}`
    case 'overdue':
      return sql<SqlBool>`n.state = 'open' and n.due_on < ${today}`
    case 'planned':
      return sql<SqlBool>`n.state = 'open' and n.due_on >= ${today} and n.from_on > ${today}`
    case 'waiting':
      return sql<SqlBool>`n.state = 'open' and n.waiting is not null`
    case 'closed':
      return sql<SqlBool>`n.state = 'closed'`
  }
}

/**
 * Nodules of one view, each with the size of its newest scan and the category that stands; open ones only of people who
 * live and were not merged away.
 * @param scope conditions on the patient `p`
 */
export async function findBoard(
  db: Db,
  organizationId: string,
  {
    view,
    organ,
    scope,
    today,
    after,
    limit,
  }: {
    view: View
    organ: Organ | undefined
    scope: readonly Expression<SqlBool>[]
    today: string
    after: Place | undefined
    limit: number
  },
): Promise<BoardRow[]> {
  const { column, type, down } = ORDER[view]
  const by = sql.ref(`n.${column}`)
  const onward = after
    ? sql<SqlBool>`(${by}, n.id) ${sql.raw(down ? '<' : '>')} (${after.at}::${sql.raw(type)}, ${after.id}::uuid)`
    : sql<SqlBool>`true`
  const where = [viewCondition(view, today), onward, ...scope, ...(organ ? [sql<SqlBool>`n.organ = ${organ}`] : [])]
  if (view !== 'closed') where.push(sql<SqlBool>`p.state = 'active'`)
  const { rows } = await sql<BoardRow>`
    select n.*, s.long_mm, r.kind recheck_kind, g.grade
    from nodule n join patient p on p.organization_id = n.organization_id and p.id = n.patient_id
    left join lateral (
      select id, long_mm from nodule_scan where organization_id = n.organization_id and nodule_id = n.id and superseded_by is null
      order by scanned_on desc, id desc limit 1) s on true
    left join nodule_recheck r on r.organization_id = n.organization_id and r.id = n.recheck_id
    left join lateral (
      select jsonb_build_object('state', state, 'source', source, 'system', system, 'category', category) grade from nodule_grade
      where organization_id = n.organization_id and scan_id = s.id and nodule_id = n.id and kind = 'category' and superseded_by is null
      order by (state = 'settled') desc, at desc, id desc limit 1) g on true
    where n.organization_id = ${organizationId} and ${sql.join(where, sql` and `)}
    order by ${by} ${sql.raw(down ? 'desc' : 'asc')}, n.id ${sql.raw(down ? 'desc' : 'asc')} limit ${limit}`.execute(db)
  return rows
}
