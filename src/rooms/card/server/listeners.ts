import { on, type Listener } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { noteEvent } from './card.ts'
import { moveCards, moveCardsBack } from './store.ts'

/** Cards follow their person through a merge, and back. */
export const listeners: Listener[] = [
  on(patientMerged, 'card/follow-merge', async (ctx, { fromId, intoId, mergeId }) => {
    const moved = await moveCards(ctx.tx, ctx.organizationId, fromId, intoId)
    for (const card of moved) await noteEvent(ctx, card, 'moved', card.state, '', { mergeId, fromId })
  }),
  on(patientUnmerged, 'card/follow-unmerge', async (ctx, merge) => {
    const moved = await moveCardsBack(ctx.tx, ctx.organizationId, merge)
    for (const card of moved) await noteEvent(ctx, card, 'moved-back', card.state, '', { mergeId: merge.mergeId })
  }),
]
