import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, type Room } from '../../../platform/context/room.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { questionnaireFactForms } from './fact-forms.ts'
import { questionnaireFacts } from './fact-kinds.ts'
import { moveBack, moveMerged, withdrawOfDead } from './invitation-store.ts'
import { remindDue } from './remind.ts'
import { routes } from './routes.ts'
import { wayRoutes } from './way-routes.ts'
import { installShippedQuestionnaires } from './shipped.ts'
import { templateRoutes } from './template-routes.ts'

export const room: Room = {
  name: 'questionnaire',
  routes: [...routes, ...wayRoutes, ...templateRoutes],
  facts: questionnaireFacts,
  factForms: questionnaireFactForms,
  rounds: [
    {
      name: 'questionnaire/remind',
      everySeconds: 300,
      run: async (house, tenant) => void (await remindDue(house, tenant)),
    },
    {
      name: 'questionnaire/shipped',
      everySeconds: 86_400,
      run: async (house, tenant) => {
        await write(
          house,
          { tenant, actor: systemActor(tenant.id, 'questionnaire/shipped') },
          installShippedQuestionnaires,
        )
      },
    },
  ],
  listeners: [
    on(patientDied, 'questionnaire/withdraw-of-dead', (ctx, { patientId }) =>
      withdrawOfDead(ctx.tx, ctx.organizationId, patientId),
    ),
    on(patientMerged, 'questionnaire/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'questionnaire/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
