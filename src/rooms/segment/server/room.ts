import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, work, type Room } from '../../../platform/context/room.ts'
import { patientDeathCorrected, patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { taskDone } from '../../task/contract/events.ts'
import { fillList } from '../contract/jobs.ts'
import { asksFor, segmentFacts } from './fact-kinds.ts'
import { segmentFactForms } from './fact-forms.ts'
import { runFill, takeUpFills } from './fill.ts'
import { doneByTask, TASK_SOURCE } from './item.ts'
import { endWithDeath, followMerge, takeBackDeath, undoMerge } from './merge.ts'
import { routes } from './routes.ts'
import { installShippedLists } from './shipped.ts'
import { recordSizes } from './size.ts'

export const room: Room = {
  name: 'segment',
  routes,
  facts: segmentFacts,
  factForms: segmentFactForms,
  asksFor,
  jobs: [work(fillList, runFill)],
  listeners: [
    on(patientMerged, 'segment/follow-merge', (ctx, merge) => followMerge(ctx, merge)),
    on(patientUnmerged, 'segment/undo-merge', (ctx, merge) => undoMerge(ctx, merge)),
    on(patientDied, 'segment/end-with-death', (ctx, { patientId }) => endWithDeath(ctx, patientId)),
    on(patientDeathCorrected, 'segment/death-corrected', (ctx, { patientId }) => takeBackDeath(ctx, patientId)),
    on(taskDone, 'segment/done-by-task', async (ctx, { source, ...task }) => {
      if (source === TASK_SOURCE) await doneByTask(ctx, task)
    }),
  ],
  rounds: [
    { name: 'segment/sizes', everySeconds: 600, run: recordSizes },
    { name: 'segment/take-up', everySeconds: 300, run: takeUpFills },
    {
      name: 'segment/shipped',
      everySeconds: 86_400,
      run: async (house, tenant) => {
        await write(house, { tenant, actor: systemActor(tenant.id, 'segment/shipped') }, installShippedLists)
      },
    },
  ],
}
