import { on, type Room } from '../../../platform/context/room.ts'
import { followUpCompleted } from '../../follow-up/contract/events.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { moveBack, moveMerged, praiseFirstVisit } from './events.ts'
import { lookAtPlans } from './round.ts'
import { routes } from './routes.ts'
import './table.ts'

export const room: Room = {
  name: 'praise',
  routes,
  listeners: [
    on(followUpCompleted, 'praise/first-visit', (ctx, visit) => praiseFirstVisit(ctx, visit)),
    on(patientMerged, 'praise/follow-merge', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'praise/undo-merge', (ctx, merge) => moveBack(ctx, merge)),
  ],
  rounds: [
    { name: 'praise/look', everySeconds: 1800, run: async (house, tenant) => void (await lookAtPlans(house, tenant)) },
  ],
}
