import { on, type Room } from '../../../platform/context/room.ts'
import { gauge } from '../../../platform/http/metrics.ts'
import { observationsRecorded } from '../../observation/contract/events.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { escalate } from './escalate.ts'
import { moveBack, moveMerged, noteDeath } from './patient-events.ts'
import { holdAgainstRules } from './recorded.ts'
import { routes } from './routes.ts'
import { countLate } from './store.ts'
import './table.ts'

const late = gauge('peiban_alert_late', 'Open alerts whose next step is late, by class', ['organization', 'class'])

export const room: Room = {
  name: 'alert',
  routes,
  listeners: [
    on(observationsRecorded, 'alert/hold-against-rules', (ctx, payload) => holdAgainstRules(ctx, payload)),
    on(patientDied, 'alert/note-death', (ctx, { patientId }) => noteDeath(ctx, patientId)),
    on(patientMerged, 'alert/move-merged', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'alert/move-back', (ctx, merge) => moveBack(ctx, merge)),
  ],
  rounds: [
    { name: 'alert/escalate', everySeconds: 10, run: async (house, tenant) => void (await escalate(house, tenant)) },
    {
      name: 'alert/measure',
      everySeconds: 30,
      run: async (house, tenant) => {
        const counts = await countLate(house.databases.of(tenant.id), tenant.id, house.clock.now())
        for (const cls of ['A', 'B'] as const) late.set({ organization: tenant.id, class: cls }, counts[cls])
      },
    },
  ],
}
