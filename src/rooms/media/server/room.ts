import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './sent-store.ts'
import { installShippedMedia } from './shipped.ts'

export const room: Room = {
  name: 'media',
  routes,
  rounds: [
    {
      name: 'media/shipped',
      everySeconds: 86_400,
      run: async (house, tenant) => {
        await write(house, { tenant, actor: systemActor(tenant.id, 'media/shipped') }, installShippedMedia)
      },
    },
  ],
  listeners: [
    on(patientMerged, 'media/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'media/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
