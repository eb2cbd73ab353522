import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { cancel } from './order.ts'
import { findOrdersOf, lockOrder } from './store.ts'
import { stopTracking } from './tracking.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Interpretations follow their person into the file they were merged into, and remember by which merge. */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  await sql`update interpretation_order set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${ctx.organizationId} and patient_id = ${fromId}`.execute(ctx.tx)
}

/** Takes back what this merge had moved; what came later stays. */
export async function moveBack(ctx: WriteContext, { intoId, mergeId }: Merge): Promise<void> {
  await sql`update interpretation_order set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    ctx.tx,
  )
}

/** With the person everything ends that was still to come. */
export async function endWithDeath(ctx: WriteContext, patientId: string): Promise<void> {
  for (const { id, state, next_month_on } of await findOrdersOf(ctx, patientId)) {
    if (['asked', 'offered', 'booked'].includes(state)) await cancel(ctx, id, '', await lockOrder(ctx, id))
    else if (next_month_on !== null) await stopTracking(ctx, await lockOrder(ctx, id), 'deceased')
  }
}
