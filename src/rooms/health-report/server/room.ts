import { on, work, type Room } from '../../../platform/context/room.ts'
import { observationsRecorded } from '../../observation/contract/events.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { batchJob } from '../contract/batch.ts'
import { renderJob } from '../contract/health-report.ts'
import { workBatch, workOpenBatches } from './batch-work.ts'
import { refreshOpen } from './composition.ts'
import { render } from './drawing.ts'
import { moveBack, moveMerged } from './patient-events.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'health-report',
  routes,
  listeners: [
    on(observationsRecorded, 'health-report/refresh-open', (ctx, { patientIds }) => refreshOpen(ctx, patientIds)),
    on(patientMerged, 'health-report/move-merged', (ctx, merge) => moveMerged(ctx, merge)),
    on(patientUnmerged, 'health-report/move-back', (ctx, merge) => moveBack(ctx, merge)),
  ],
  jobs: [
    work(renderJob, (house, organizationId, { reportId }) => render(house, organizationId, reportId), {
      concurrency: 2,
    }),
    work(batchJob, (house, organizationId, { batchId }) => workBatch(house, organizationId, batchId)),
  ],
  rounds: [{ name: 'health-report/take-up-lists', everySeconds: 20, run: workOpenBatches }],
}
