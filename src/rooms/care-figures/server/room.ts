import type { Room } from '../../../platform/context/room.ts'
import { makeReport } from './report.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'care-figures',
  routes,
  rounds: [
    {
      name: 'care-figures/report',
      everySeconds: 3600,
      run: async (house, tenant) => void (await makeReport(house, tenant)),
    },
  ],
}
