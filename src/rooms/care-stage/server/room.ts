import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { stageFactForms } from './fact-forms.ts'
import { stageFacts } from './fact-kinds.ts'
import { routes } from './routes.ts'
import { moveBack, moveMerged } from './store.ts'
import './table.ts'

export const room: Room = {
  name: 'care-stage',
  routes,
  facts: stageFacts,
  factForms: stageFactForms,
  listeners: [
    on(patientMerged, 'care-stage/follow-merge', (ctx, merge) =>
      moveMerged(ctx.tx, ctx.organizationId, merge, ctx.today, ctx.clock.now()),
    ),
    on(patientUnmerged, 'care-stage/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
