import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import type { Room } from '../../../platform/context/room.ts'
import { takeInbox } from './inbox.ts'
import { listeners } from './listeners.ts'
import { routes } from './routes.ts'
import { expireSessions } from './session-store.ts'

export const room: Room = {
  name: 'call-desk',
  routes,
  listeners,
  rounds: [
    {
      name: 'call-desk/inbox',
      everySeconds: 30,
      run: async (house, tenant) => void (await takeInbox(house, tenant)),
    },
    {
      name: 'call-desk/expire',
      everySeconds: 60,
      run: async (house, tenant) => {
        const actor = systemActor(tenant.id, 'call-desk/expire')
        await write(house, { tenant, actor }, (ctx) => expireSessions(ctx.tx, ctx.organizationId, ctx.clock.now()))
      },
    },
  ],
}
