import { on, type Room } from '../../../platform/context/room.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { endWithDeath, moveBack, moveMerged } from './patient-events.ts'
import { remind } from './round.ts'
import { routes } from './routes.ts'
import './table.ts'
import { watchAll } from './watch.ts'

export const room: Room = {
  name: 'medication',
  routes,
  listeners: [
    on(patientDied, 'medication/end-with-death', (ctx, { patientId }) => endWithDeath(ctx, patientId)),
    on(patientMerged, 'medication/follow-merge', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'medication/undo-merge', (ctx, merge) => moveBack(ctx, merge)),
  ],
  rounds: [
    { name: 'medication/remind', everySeconds: 60, run: async (house, tenant) => void (await remind(house, tenant)) },
    {
      name: 'medication/watch',
      everySeconds: 3600,
      run: async (house, tenant) => void (await watchAll(house, tenant)),
    },
  ],
}
