import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { removeDropped } from './loose.ts'
import { closeCutOff, eraseKept } from './rounds.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './store.ts'
import { transcribeDue } from './transcribe.ts'

export const room: Room = {
  name: 'recording',
  routes,
  rounds: [
    {
      name: 'recording/close',
      everySeconds: 30,
      run: async (house, tenant) => void (await closeCutOff(house, tenant)),
    },
    {
      name: 'recording/transcribe',
      everySeconds: 30,
      run: async (house, tenant) => void (await transcribeDue(house, tenant)),
    },
    {
      name: 'recording/retention',
      everySeconds: 3600,
      run: async (house, tenant) => {
        await eraseKept(house, tenant)
        await removeDropped(house, tenant)
      },
    },
  ],
  listeners: [
    on(patientMerged, 'recording/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'recording/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
