import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { removeDropped } from './photo.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './store.ts'

export const room: Room = {
  name: 'home-visit',
  routes,
  rounds: [{ name: 'home-visit/remove-photos', everySeconds: 60, run: removeDropped }],
  listeners: [
    on(patientMerged, 'home-visit/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'home-visit/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
