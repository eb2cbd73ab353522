import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { installShippedNoduleCards } from './card.ts'
import { moveBack, moveMerged } from './merge.ts'
import { actOnDue } from './round.ts'
import { routes } from './routes.ts'
import './table.ts'

export const room: Room = {
  name: 'nodule',
  routes,
  listeners: [
    on(patientMerged, 'nodule/follow-merge', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'nodule/undo-merge', (ctx, merge) => moveBack(ctx, merge)),
  ],
  rounds: [
    { name: 'nodule/act', everySeconds: 600, run: async (house, tenant) => void (await actOnDue(house, tenant)) },
    {
      name: 'nodule/shipped',
      everySeconds: 86_400,
      run: (house, tenant) =>
        write(house, { tenant, actor: systemActor(tenant.id, 'nodule/shipped') }, installShippedNoduleCards),
    },
  ],
}
