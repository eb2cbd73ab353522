import type { Room } from '../../../platform/context/room.ts'
import { lookAtMasses } from './mass.ts'
import { routes } from './routes.ts'
import { forgetStaffNotices } from './staff-notice.ts'

export const room: Room = {
  name: 'wechat',
  routes,
  rounds: [
    {
      name: 'wechat/mass',
      everySeconds: 60,
      run: async (house, tenant) => void (await lookAtMasses(house, tenant)),
    },
    { name: 'wechat/forget-staff-notices', everySeconds: 86_400, run: forgetStaffNotices },
  ],
}
