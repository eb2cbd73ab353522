import { on, type Room } from '../../../platform/context/room.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { closeAfterDeath, followMerge, undoMerge } from './patient-events.ts'
import { routes } from './routes.ts'
import { forgetOld } from './way-store.ts'

/** So long staff can still see which links there were. */
const KEPT_DAYS = 90

export const room: Room = {
  name: 'patient-access',
  routes,
  listeners: [
    on(patientDied, 'patient-access/close-after-death', (ctx, { patientId }) => closeAfterDeath(ctx, patientId)),
    on(patientMerged, 'patient-access/follow-merge', (ctx, merge) => followMerge(ctx, merge)),
    on(patientUnmerged, 'patient-access/undo-merge', (ctx, merge) => undoMerge(ctx, merge)),
  ],
  rounds: [
    {
      name: 'patient-access/forget',
      everySeconds: 3600,
      run: async (house, tenant) => {
        const before = new Date(house.clock.now().getTime() - KEPT_DAYS * 86_400_000)
        await forgetOld(house.databases.of(tenant.id), tenant.id, before)
      },
    },
  ],
}
