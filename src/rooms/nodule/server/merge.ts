import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Nodules follow their person into the file they were merged into; two of one lung are two until a person says else. */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update nodule set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${ctx.organizationId} and patient_id = ${fromId}`.execute(ctx.tx)
}

/** Takes back what this merge had moved; what came later stays. */
export async function moveBack(ctx: WriteContext, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update nodule set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    ctx.tx,
  )
}
