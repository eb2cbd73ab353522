import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import './table.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Whoever has died is on no way any more; their messages are withdrawn by the room message. */
export async function endForDead(ctx: WriteContext, patientId: string): Promise<void> {
  await sql`
    update journey_run set state = 'left', reason = 'died', wake_at = null, ended_at = ${ctx.clock.now()}
    where organization_id = ${ctx.organizationId} and patient_id = ${patientId} and state in ('waiting', 'held')`.execute(
    ctx.tx,
  )
}

/**
 * Runs follow their person into the file they were merged into, and remember the merge. Where both files are on the same
 * way one of the runs goes on, and the other ends.
 */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const twice = sql`exists (select from journey_run o where o.organization_id = r.organization_id and o.campaign_id = r.campaign_id
    and o.patient_id = ${intoId} and o.occurrence = r.occurrence)`
  await sql`
    update journey_run r set state = 'left', reason = 'merged', wake_at = null, ended_at = ${ctx.clock.now()}
    where r.organization_id = ${ctx.organizationId} and r.patient_id = ${fromId} and r.state in ('waiting', 'held') and ${twice}`.execute(
    ctx.tx,
  )
  await sql`
    update journey_run r set stays_for = ${intoId}, stays_merge = ${mergeId}
    where r.organization_id = ${ctx.organizationId} and r.patient_id = ${fromId} and ${twice}`.execute(ctx.tx)
  await sql`
    update journey_run r set patient_id = ${intoId}, merge_ids = array_append(merge_ids, ${mergeId}::uuid)
    where r.organization_id = ${ctx.organizationId} and r.patient_id = ${fromId} and not ${twice}`.execute(ctx.tx)
  await sql`
    update journey_date d set patient_id = ${intoId}, merge_ids = array_append(merge_ids, ${mergeId}::uuid)
    where d.organization_id = ${ctx.organizationId} and d.patient_id = ${fromId} and not exists (
      select from journey_date o where o.organization_id = d.organization_id and o.patient_id = ${intoId} and o.kind = d.kind and o.key = d.key)`.execute(
    ctx.tx,
  )
}

/** What this merge had moved goes back; what came later stays, and what stood in a third file of theirs counts again. */
export async function moveBack(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update journey_run set patient_id = ${fromId}, merge_ids = array_remove(merge_ids, ${mergeId}::uuid)
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and ${mergeId}::uuid = any(merge_ids)`.execute(
    ctx.tx,
  )
  await sql`
    update journey_run set stays_for = null, stays_merge = null
    where organization_id = ${ctx.organizationId} and stays_for = ${intoId} and stays_merge = ${mergeId}`.execute(
    ctx.tx,
  )
  await takePlaces(ctx, intoId)
  await sql`
    update journey_date set patient_id = ${fromId}, merge_ids = array_remove(merge_ids, ${mergeId}::uuid)
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and ${mergeId}::uuid = any(merge_ids)`.execute(
    ctx.tx,
  )
}

/**
 * Whoever is still merged into this file has been on a way that has just gone home from it: that run is the person's, or
 * they would enter anew and be told again. It goes home itself with its own merge.
 */
async function takePlaces(ctx: WriteContext, intoId: string): Promise<void> {
  await sql`
    update journey_run r set patient_id = ${intoId}, merge_ids = array_append(r.merge_ids, r.stays_merge), stays_for = null, stays_merge = null
    where r.organization_id = ${ctx.organizationId} and r.stays_for = ${intoId}
      and not exists (select from journey_run o where o.organization_id = r.organization_id and o.campaign_id = r.campaign_id
        and o.patient_id = ${intoId} and o.occurrence = r.occurrence)
      and not exists (select from journey_run o where o.organization_id = r.organization_id and o.campaign_id = r.campaign_id
        and o.stays_for = ${intoId} and o.occurrence = r.occurrence and o.id < r.id)`.execute(ctx.tx)
}
