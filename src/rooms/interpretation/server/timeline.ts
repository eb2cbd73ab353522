import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { interpretationTimeline } from '../contract/order.ts'

/** The room's share of a patient's timeline: each talk that was signed, as it stands. */
export async function showTimeline(ctx: ReadContext, { params, query }: InputOf<typeof interpretationTimeline>) {
  await requireVisible(ctx, params.patientId)
  if (query.kinds && !query.kinds.split(',').includes('interpretation')) return { rows: [], next: null }
  const [at, id] = query.cursor?.split(' ') ?? []
  const after =
    at && id && !Number.isNaN(Date.parse(at)) && /^[\da-f-]{36}$/.test(id)
      ? sql`(t.signed_at, o.id) < (${at}::timestamptz, ${id}::uuid)`
      : sql`true`
  const { rows } = await sql<{ id: string; title: string; meaning: string; grade: string; by_name: string; at: Date }>`
    select o.id, o.exam_title title, t.content->>'meaning' meaning, t.content->>'grade' grade, t.signed_by_name by_name, t.signed_at at
    from interpretation_order o join lateral (select * from interpretation_outcome s where s.organization_id = o.organization_id
      and s.order_id = o.id order by version desc limit 1) t on true
    where o.organization_id = ${ctx.organizationId} and o.patient_id = ${params.patientId} and ${after}
    order by t.signed_at desc, o.id desc limit ${query.limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({
      id: row.id,
      kind: 'interpretation',
      at: row.at.toISOString(),
      title: row.title,
      text: row.meaning,
      code: row.grade,
      tone: row.grade === 'urgent' ? ('danger' as const) : ('plain' as const),
      by: row.by_name,
      to: `/patients/${params.patientId}?tab=interpretation&order=${row.id}`,
    })),
    next: rows.length > query.limit && last ? `${last.at.toISOString()} ${last.id}` : null,
  }
}
