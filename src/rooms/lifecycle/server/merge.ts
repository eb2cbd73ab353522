import type { WriteContext } from '../../../platform/context/context.ts'
import { make } from './move.ts'
import { findMoveOfMerge, findStanding, lockStanding } from './move-store.ts'
import { isForward } from './rules.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Two files became one: the one that is left stands where the further of both did. Its own way so far stays its own. */
export async function followMerge(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  if (await findMoveOfMerge(ctx.db, ctx.organizationId, mergeId)) return
  const other = await findStanding(ctx.db, ctx.organizationId, fromId)
  const own = await lockStanding(ctx.tx, ctx.organizationId, intoId)
  if (!other || !isForward(own?.stage ?? null, other.stage)) return
  const { stage: to, since_at: since, rests_until: restsUntil } = other
  await make(ctx, own, { patientId: intoId, kind: 'merge', to, since, restsUntil, mergeId })
}

/** And two again: what the merge brought is taken back, unless somebody has moved on from there. */
export async function undoMerge(ctx: WriteContext, { intoId, mergeId }: Merge): Promise<void> {
  const brought = await findMoveOfMerge(ctx.db, ctx.organizationId, mergeId)
  const own = await lockStanding(ctx.tx, ctx.organizationId, intoId)
  if (!brought || !own || own.move_id !== brought.id || !brought.from_stage) return
  await make(ctx, own, {
    patientId: intoId,
    kind: 'unmerge',
    to: brought.from_stage,
    since: brought.since_before ?? own.since_at,
    restsUntil: brought.rest_before,
    undoes: brought.id,
    mergeId,
  })
}
