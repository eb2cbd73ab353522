import { systemActor, type WriteContext } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import { on, type Room, type Round } from '../../../platform/context/room.ts'
import { messageSent } from '../../message/contract/events.ts'
import { patientChanged, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { moveBack, moveMerged } from './merge.ts'
import { askForOwnConsent, endReached, followBirthDate, followMeasurements, noteGuardianTold } from './rounds.ts'
import { routes } from './routes.ts'

const round = (name: string, everySeconds: number, use: (ctx: WriteContext) => Promise<number>): Round => ({
  name,
  everySeconds,
  run: async (house, tenant) => {
    await write(house, { tenant, actor: systemActor(tenant.id, name) }, use)
  },
})

export const room: Room = {
  name: 'growth',
  routes,
  rounds: [
    round('growth/own-consent', 3600, askForOwnConsent),
    round('growth/end', 3600, endReached),
    round('growth/next', 900, followMeasurements),
  ],
  listeners: [
    on(patientMerged, 'growth/follow-merge', moveMerged),
    on(patientUnmerged, 'growth/undo-merge', moveBack),
    on(patientChanged, 'growth/follow-birth-date', followBirthDate),
    on(messageSent, 'growth/guardian-told', noteGuardianTold),
  ],
}
