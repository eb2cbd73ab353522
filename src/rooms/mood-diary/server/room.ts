import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './store.ts'

export const room: Room = {
  name: 'mood-diary',
  routes,
  listeners: [
    on(patientMerged, 'mood-diary/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'mood-diary/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
