import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, type Room } from '../../../platform/context/room.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { taskCancelled, taskDone } from '../../task/contract/events.ts'
import { carePlanFactForms } from './fact-forms.ts'
import { carePlanFacts } from './fact-kinds.ts'
import { closeStep, endWithDeath, moveBack, moveMerged } from './patient-events.ts'
import { askForSteps, measurePlans, remind } from './round.ts'
import { routes } from './routes.ts'
import { installShippedPlanTemplates } from './shipped.ts'
import { STEP_TASK } from './sign.ts'
import './table.ts'

export const room: Room = {
  name: 'care-plan',
  routes,
  facts: carePlanFacts,
  factForms: carePlanFactForms,
  listeners: [
    on(patientDied, 'care-plan/end-with-death', (ctx, { patientId }) => endWithDeath(ctx, patientId)),
    on(patientMerged, 'care-plan/follow-merge', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'care-plan/undo-merge', (ctx, merge) => moveBack(ctx, merge)),
    on(taskDone, 'care-plan/step-done', async (ctx, { source, sourceKey }) => {
      if (source === STEP_TASK) await closeStep(ctx, sourceKey, 'done')
    }),
    on(taskCancelled, 'care-plan/step-left-out', async (ctx, { source, sourceKey }) => {
      if (source === STEP_TASK) await closeStep(ctx, sourceKey, 'cancelled')
    }),
  ],
  rounds: [
    {
      name: 'care-plan/shipped',
      everySeconds: 86_400,
      run: async (house, tenant) => {
        await write(house, { tenant, actor: systemActor(tenant.id, 'care-plan/shipped') }, installShippedPlanTemplates)
      },
    },
    {
      name: 'care-plan/steps',
      everySeconds: 600,
      run: async (house, tenant) => void (await askForSteps(house, tenant)),
    },
    {
      name: 'care-plan/measure',
      everySeconds: 3600,
      run: async (house, tenant) => void (await measurePlans(house, tenant)),
    },
    { name: 'care-plan/remind', everySeconds: 300, run: async (house, tenant) => void (await remind(house, tenant)) },
  ],
}
