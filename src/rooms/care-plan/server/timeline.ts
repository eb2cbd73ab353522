import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { carePlanTimeline } from '../contract/plan.ts'

const TOLD = ['signed', 'paused', 'resumed', 'ended']

/** The room's share of a patient's timeline: plans that began, changed, paused and ended, and meetings that were signed. */
export async function showTimeline(ctx: ReadContext, { params, query }: InputOf<typeof carePlanTimeline>) {
  await requireVisible(ctx, params.patientId)
  if (query.kinds && !query.kinds.split(',').includes('care-plan')) return { rows: [], next: null }
  const [at, id] = query.cursor?.split(' ') ?? []
  const after =
    at && id && !Number.isNaN(Date.parse(at)) ? sql`(e.at, e.id) < (${at}::timestamptz, ${id}::uuid)` : sql`true`
  const { rows } = await sql<{
    id: string
    planId: string | null
    kind: string
    title: string
    note: string
    by_name: string
    at: Date
  }>`
    select * from (
      select e.id, e.plan_id "planId", e.kind, p.title, e.note, e.by_name, e.at from care_plan p
      join care_plan_event e on e.organization_id = p.organization_id and e.plan_id = p.id
      where p.organization_id = ${ctx.organizationId} and p.patient_id = ${params.patientId} and e.kind = any(${TOLD}::text[])
      union all
      select id, null, 'mdt', question, conclusion, signed_by_name, signed_at from mdt_meeting
      where organization_id = ${ctx.organizationId} and patient_id = ${params.patientId} and state = 'signed' and ${ctx.actor.permissions.has('mdt.read')}
    ) e where ${after} order by e.at desc, e.id desc limit ${query.limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({
      id: row.id,
      kind: 'care-plan',
      at: row.at.toISOString(),
      title: row.title,
      text: row.note,
      code: row.kind,
      by: row.by_name,
      to: `/patients/${params.patientId}?tab=${row.planId ? `care-plan&plan=${row.planId}` : 'mdt'}`,
    })),
    next: rows.length > query.limit && last ? `${last.at.toISOString()} ${last.id}` : null,
  }
}
