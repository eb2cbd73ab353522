import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './store.ts'
import './table.ts'

/** No kinds of facts: nothing that is written on a card chooses whom to write to (R2). */
export const room: Room = {
  name: 'understanding',
  routes,
  listeners: [
    on(patientMerged, 'understanding/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'understanding/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
