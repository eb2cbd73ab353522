import { on, type Room } from '../../../platform/context/room.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { appointmentTold } from '../../report-intake/contract/events.ts'
import { appointmentFactForms } from './fact-forms.ts'
import { appointmentFacts } from './fact-kinds.ts'
import { takeTold } from './told.ts'
import { routes } from './routes.ts'
import { cancelForDead, moveBack, moveMerged } from './store.ts'
import './table.ts'

export const room: Room = {
  name: 'appointment',
  routes,
  facts: appointmentFacts,
  factForms: appointmentFactForms,
  listeners: [
    on(appointmentTold, 'appointment/take-told', takeTold),
    // Journeys end for the dead by themselves.
    on(patientDied, 'appointment/cancel-for-dead', async (ctx, { patientId }) => {
      await cancelForDead(ctx.tx, ctx.organizationId, patientId, { name: ctx.actor.name, at: ctx.clock.now() })
    }),
    on(patientMerged, 'appointment/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'appointment/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
