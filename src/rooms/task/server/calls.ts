import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleParts } from '../../patient/server/index.ts'
import './table.ts'

/** A call that somebody asked for. */
export interface CallTask {
  id: string
  patientId: string
  title: string
  titleEn: string
  note: string
  /** 0 at once, 1 urgent, 2 as usual. */
  rank: number
  dueOn: string
  dueAt: Date | null
  createdByName: string
}

/**
 * Open calls that are to be made by today: the actor's own, and those of the pool of their roles about people they look
 * after. The urgent first, then what ends soonest.
 */
export async function callTasks(
  { db, organizationId, actor, clock, today }: ReadContext,
  { only, limit }: { only?: readonly string[]; limit: number },
): Promise<CallTask[]> {
  const parts = visibleParts(actor, organizationId, clock.now())
  const visible = parts.map(
    (part) => sql`select patient.id from patient where patient.organization_id = ${organizationId} and ${part}`,
  )
  const pool =
    visible.length === 0
      ? sql``
      : sql`union all select * from task where organization_id = ${organizationId} and type = 'call' and state = 'requested'
          and pool_role = any(${[...actor.roles]}::text[]) and patient_id in (${sql.join(visible, sql` union `)})`
  const { rows } = await sql<CallTask>`
    select t.id, t.patient_id "patientId", t.title, t.title_en "titleEn", t.note, t.rank, t.due_on "dueOn", t.due_at "dueAt",
      t.created_by_name "createdByName"
    from (select * from task where organization_id = ${organizationId} and type = 'call' and state in ('accepted', 'in-progress')
        and owner_id = ${actor.id} ${pool}) t
    join patient p on p.organization_id = t.organization_id and p.id = t.patient_id and p.state = 'active'
    where coalesce(t.planned_on, t.due_on) <= ${today}::date ${only ? sql`and t.id = any(${[...only]}::uuid[])` : sql``}
    order by t.rank, t.due_on, t.id limit ${limit}`.execute(db)
  return rows
}
