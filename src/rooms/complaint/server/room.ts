import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './store.ts'
import './table.ts'

/** No kinds of facts: whoever complains is not chosen by it, for anything. */
export const room: Room = {
  name: 'complaint',
  routes,
  listeners: [
    on(patientMerged, 'complaint/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'complaint/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
