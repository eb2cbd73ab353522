import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { on, type Room } from '../../../platform/context/room.ts'
import { messageCampaignStopped, messageFailed } from '../../message/contract/events.ts'
import { talkFixed } from '../../interpretation/contract/events.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { asksFor } from './care.ts'
import { noteDate } from './date.ts'
import { finishDone, stepDue } from './engine.ts'
import { enterDue } from './enter.ts'
import { climb } from './ladder.ts'
import { endForDead, moveBack, moveMerged } from './patient-events.ts'
import { noteSuccess } from './results.ts'
import { routes } from './routes.ts'
import { installShippedCampaigns } from './shipped.ts'
import { pauseForStop } from './stopped.ts'
import { watch } from './watch.ts'

/** One turn of the engine: is this still the database it was; who enters; whose step is due; which campaigns are done. */
export async function turn(house: House, tenant: Tenant): Promise<void> {
  await watch(house, tenant)
  await enterDue(house, tenant)
  await stepDue(house, tenant)
  await finishDone(house, tenant)
}

export const room: Room = {
  name: 'campaign',
  routes,
  asksFor,
  rounds: [
    { name: 'campaign/turn', everySeconds: 2, run: turn },
    { name: 'campaign/success', everySeconds: 3600, run: noteSuccess },
    {
      name: 'campaign/shipped',
      everySeconds: 86_400,
      run: async (house, tenant) => {
        await write(house, { tenant, actor: systemActor(tenant.id, 'campaign/shipped') }, installShippedCampaigns)
      },
    },
  ],
  listeners: [
    on(messageFailed, 'campaign/climb', climb),
    on(messageCampaignStopped, 'campaign/pause-for-stop', pauseForStop),
    on(talkFixed, 'campaign/talk-fixed', (ctx, { patientId, key, at }) =>
      noteDate(ctx, { patientId, kind: 'interpretation', key, at: at === null ? null : new Date(at) }),
    ),
    on(patientDied, 'campaign/end-for-dead', (ctx, { patientId }) => endForDead(ctx, patientId)),
    on(patientMerged, 'campaign/follow-merge', moveMerged),
    on(patientUnmerged, 'campaign/undo-merge', moveBack),
  ],
}
