import type { Round } from '../../../platform/context/room.ts'
import { forgetOldSessions } from './session-store.ts'

const KEPT_DAYS = 30

/** Sessions that ended a month ago are of no use any more. */
export const forgetSessions: Round = {
  name: 'staff/forget-sessions',
  everySeconds: 3600,
  run: async (house, tenant) => {
    const before = new Date(house.clock.now().getTime() - KEPT_DAYS * 86_400_000)
    await forgetOldSessions(house.databases.of(tenant.id), tenant.id, before)
  },
}
