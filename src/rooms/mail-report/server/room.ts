import { systemActor } from '../../../platform/context/context.ts'
import type { Room } from '../../../platform/context/room.ts'
import { write } from '../../../platform/context/house.ts'
import { routes } from './routes.ts'
import { takeWaiting } from './take.ts'

export const room: Room = {
  name: 'mail-report',
  routes,
  rounds: [
    {
      name: 'mail-report/waiting',
      everySeconds: 30,
      run: async (house, tenant) => {
        await write(house, { tenant, actor: systemActor(tenant.id, 'mail-report/waiting') }, takeWaiting)
      },
    },
  ],
}
