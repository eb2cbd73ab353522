import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { closeTask } from '../../task/server/index.ts'
import { handOverTask } from './enrol.ts'
import type { EnrolmentRow } from './enrolment-store.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

const MOVING = ['growth_bone_age', 'growth_enrolment', 'growth_profile'] as const

/**
 * What is known of a child follows a merge. Where both files are enrolled, the one that was merged away ends; where both
 * have a profile, that of the file which stays counts and the other is kept where it is.
 */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const { organizationId } = ctx
  const { rows: doubled } = await sql<EnrolmentRow>`
    update growth_enrolment e set state = 'ended', ended_on = ${ctx.today}::date, end_reason = 'merged', next_on = null, version = version + 1,
      end_note = ${mergeId}
    where e.organization_id = ${organizationId} and e.patient_id = ${fromId} and e.state = 'active' and exists (
      select from growth_enrolment o where o.organization_id = e.organization_id and o.patient_id = ${intoId} and o.state = 'active')
    returning e.*`.execute(ctx.tx)
  for (const row of doubled)
    await closeTask(ctx, handOverTask(row.id), { state: 'cancelled', reasonCode: 'plan-ended' })
  for (const table of MOVING)
    await sql`
      update ${sql.table(table)} t set patient_id = ${intoId},
        moved = t.moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
      where t.organization_id = ${organizationId} and t.patient_id = ${fromId}
        ${table === 'growth_profile' ? sql`and not exists (select from growth_profile o where o.organization_id = ${organizationId} and o.patient_id = ${intoId})` : sql``}`.execute(
      ctx.tx,
    )
}

/** Takes a merge back: what it brought goes home, what it ended runs again, what came since stays. */
export async function moveBack(ctx: WriteContext, { intoId, mergeId }: Merge): Promise<void> {
  const { organizationId } = ctx
  for (const table of MOVING)
    await sql`
      update ${sql.table(table)} set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
      where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
      ctx.tx,
    )
  await sql`
    update growth_enrolment set state = 'active', ended_on = null, end_reason = null, end_note = '', next_on = greatest(started_on, ${ctx.today}::date),
      version = version + 1
    where organization_id = ${organizationId} and end_reason = 'merged' and end_note = ${mergeId}::text`.execute(ctx.tx)
}
