import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { countVisitsOfRun } from '../../follow-up/server/index.ts'
import { givePraise } from './give.ts'

interface Completed {
  patientId: string
  runId: string
  action: string | null
  emergency: boolean
}

/** The first visit of a plan took place. One that led on to a referral or an emergency is no moment for praise. */
export async function praiseFirstVisit(
  ctx: WriteContext,
  { patientId, runId, action, emergency }: Completed,
): Promise<void> {
  if (emergency || (action !== null && action !== 'routine')) return
  if ((await countVisitsOfRun(ctx, runId)) !== 1) return
  await givePraise(ctx, [{ patientId, milestone: 'first-visit', occurrence: runId }])
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update praise set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${ctx.organizationId} and patient_id = ${fromId}`.execute(ctx.tx)
}

export async function moveBack(ctx: WriteContext, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update praise set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    ctx.tx,
  )
}
