import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, type Room } from '../../../platform/context/room.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { relationshipFactForms } from './fact-forms.ts'
import { asksFor, relationshipFacts } from './fact-kinds.ts'
import { followMerge, undoMerge } from './merge.ts'
import { routes } from './routes.ts'
import { installShippedStageRules } from './shipped.ts'
import './table.ts'

export const room: Room = {
  name: 'lifecycle',
  routes,
  facts: relationshipFacts,
  factForms: relationshipFactForms,
  asksFor,
  listeners: [
    on(patientMerged, 'lifecycle/follow-merge', (ctx, merge) => followMerge(ctx, merge)),
    on(patientUnmerged, 'lifecycle/undo-merge', (ctx, merge) => undoMerge(ctx, merge)),
  ],
  rounds: [
    {
      name: 'lifecycle/shipped',
      everySeconds: 86_400,
      run: (house, tenant) =>
        write(house, { tenant, actor: systemActor(tenant.id, 'lifecycle/shipped') }, installShippedStageRules),
    },
  ],
}
