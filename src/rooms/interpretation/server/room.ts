import { on, type Room } from '../../../platform/context/room.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { taskDone } from '../../task/contract/events.ts'
import { endWithDeath, moveBack, moveMerged } from './patient-events.ts'
import { answeredElsewhere } from './question.ts'
import { routes } from './routes.ts'
import './table.ts'
import { QUESTION_TASK } from './tell.ts'
import { askAgain, askMonthly } from './tracking.ts'

export const room: Room = {
  name: 'interpretation',
  routes,
  listeners: [
    on(patientDied, 'interpretation/end-with-death', (ctx, { patientId }) => endWithDeath(ctx, patientId)),
    on(patientMerged, 'interpretation/follow-merge', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'interpretation/undo-merge', (ctx, merge) => moveBack(ctx, merge)),
    on(taskDone, 'interpretation/answered-elsewhere', async (ctx, { source, sourceKey, by }) => {
      if (source === QUESTION_TASK) await answeredElsewhere(ctx, sourceKey, by)
    }),
  ],
  rounds: [
    {
      name: 'interpretation/months',
      everySeconds: 3600,
      run: async (house, tenant) => void (await askMonthly(house, tenant)),
    },
    {
      name: 'interpretation/lapsed',
      everySeconds: 900,
      run: async (house, tenant) => void (await askAgain(house, tenant)),
    },
  ],
}
