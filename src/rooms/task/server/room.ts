import { on, type Room } from '../../../platform/context/room.ts'
import { cardActivated } from '../../card/contract/card.ts'
import { patientCarerChanged, patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { askForDoctor } from './assign-doctor.ts'
import { sendDigests } from './digest.ts'
import { taskFactForms } from './fact-forms.ts'
import { taskFacts } from './fact-kinds.ts'
import { cancelOfDead, followCarers, moveBack, moveMerged } from './patient-events.ts'
import { remind } from './reminder.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'task',
  routes,
  facts: taskFacts,
  factForms: taskFactForms,
  listeners: [
    on(cardActivated, 'task/ask-for-doctor', (ctx, { cardId, patientId }) => askForDoctor(ctx, patientId, cardId)),
    on(patientDied, 'task/cancel-of-dead', (ctx, { patientId }) => cancelOfDead(ctx, patientId)),
    on(patientCarerChanged, 'task/follow-carers', (ctx, { patientId, before, after }) =>
      followCarers(ctx, patientId, before, after),
    ),
    on(patientMerged, 'task/move-merged', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'task/move-back', (ctx, merge) => moveBack(ctx, merge)),
  ],
  rounds: [
    { name: 'task/remind', everySeconds: 60, run: async (house, tenant) => void (await remind(house, tenant)) },
    { name: 'task/digest', everySeconds: 60, run: async (house, tenant) => void (await sendDigests(house, tenant)) },
  ],
}
