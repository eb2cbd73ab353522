import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, type Room } from '../../../platform/context/room.ts'
import { educationDue } from '../../follow-up/contract/events.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { questionnaireAnswered } from '../../questionnaire/contract/responses.ts'
import { askByPathway, askFromAnswers } from './ask.ts'
import { moveBack, moveMerged } from './given-store.ts'
import { routes } from './routes.ts'
import { installShippedAdviceCards } from './shipped.ts'

export const room: Room = {
  name: 'advice',
  routes,
  rounds: [
    {
      name: 'advice/shipped',
      everySeconds: 86_400,
      run: async (house, tenant) => {
        await write(house, { tenant, actor: systemActor(tenant.id, 'advice/shipped') }, installShippedAdviceCards)
      },
    },
  ],
  listeners: [
    on(questionnaireAnswered, 'advice/ask', askFromAnswers),
    on(educationDue, 'advice/ask-by-pathway', askByPathway),
    on(patientMerged, 'advice/follow-merge', (ctx, merge) => moveMerged(ctx.tx, ctx.organizationId, merge)),
    on(patientUnmerged, 'advice/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
}
