import { on, type Room } from '../../../platform/context/room.ts'
import { messageReadingRefused } from '../../message/contract/events.ts'
import { makeReport } from './report.ts'
import { routes } from './routes.ts'
import { forgetReading } from './store.ts'

export const room: Room = {
  name: 'readership',
  routes,
  listeners: [
    on(messageReadingRefused, 'readership/forget', (ctx, { patientId }) =>
      forgetReading(ctx.tx, ctx.organizationId, patientId),
    ),
  ],
  rounds: [
    {
      name: 'readership/report',
      everySeconds: 3600,
      run: async (house, tenant) => void (await makeReport(house, tenant)),
    },
  ],
}
