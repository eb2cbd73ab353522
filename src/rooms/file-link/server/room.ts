import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './store.ts'

export const room: Room = {
  name: 'file-link',
  routes,
  listeners: [
    on(patientMerged, 'file-link/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'file-link/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
