import type { WriteContext } from '../../../platform/context/context.ts'
import { on } from '../../../platform/context/room.ts'
import { wake } from '../../agenda/server/index.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { lockPatient } from '../../patient/server/index.ts'
import { findMergesInForce, moveBack, moveFacts } from './store-merge.ts'

/**
 * A merge takes all facts of one person over to the other. Events may come late and out of order: a merge that was
 * undone before we heard of it moves nothing, and one whose target was itself merged meanwhile is followed further.
 */
async function followMerge(ctx: WriteContext, mergeId: string): Promise<void> {
  const [first] = await findMergesInForce(ctx.tx, ctx.organizationId, { mergeId })
  for (let merge = first, hop = 0; merge && hop < 20; hop++) {
    await lockBoth(ctx, merge.from_id, merge.into_id)
    await moveFacts(ctx.tx, ctx.organizationId, merge, ctx.clock.now())
    await wake(ctx.tx, ctx.organizationId, [merge.from_id, merge.into_id], 'merge', ctx.clock.now())
    ;[merge] = await findMergesInForce(ctx.tx, ctx.organizationId, { fromId: merge.into_id })
  }
}

/** Locked rows make whoever files a fact for them wait, and us see what was filed before. */
async function lockBoth(ctx: WriteContext, one: string, other: string): Promise<void> {
  for (const id of [one, other].toSorted()) await lockPatient(ctx.tx, ctx.organizationId, id)
}

export const mergeListeners = [
  on(patientMerged, 'observation/follow-merge', (ctx, { mergeId }) => followMerge(ctx, mergeId)),
  on(patientUnmerged, 'observation/undo-merge', async (ctx, { fromId, intoId, mergeId }) => {
    await lockBoth(ctx, fromId, intoId)
    await moveBack(ctx.tx, ctx.organizationId, { id: mergeId, from_id: fromId, into_id: intoId }, ctx.clock.now())
    await wake(ctx.tx, ctx.organizationId, [fromId, intoId], 'merge', ctx.clock.now())
  }),
]
