import type { Room } from '../../../platform/context/room.ts'
import { placeLate, readDueCallbacks } from './callback-reading.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'sms',
  routes,
  rounds: [
    {
      name: 'sms/callbacks',
      everySeconds: 30,
      run: async (house, tenant) => {
        await readDueCallbacks(house, tenant)
        await placeLate(house, tenant)
      },
    },
  ],
}
