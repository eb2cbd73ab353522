import type { Room, Round } from '../../../platform/context/room.ts'
import { rematchListeners } from './process/rematch.ts'
import { claimUnclaimed } from './receive/unclaimed.ts'
import { jobs, routes } from './routes.ts'

/** A sender's registering reaches every listener within two seconds, so this has to look again after the fact. */
const rounds: Round[] = [
  {
    name: 'report-intake/claim',
    everySeconds: 15,
    run: async (house, tenant) => void (await claimUnclaimed(house, tenant)),
  },
]

export const room: Room = { name: 'report-intake', routes, jobs, listeners: rematchListeners, rounds }
