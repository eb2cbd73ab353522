import { on, type Room } from '../../../platform/context/room.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { tellBeforeOwnAge } from './own-age.ts'
import { withdrawFromRelatives } from '../../message/server/index.ts'
import { routes } from './routes.ts'
import { forgetOld } from './session-store.ts'
import { endRelatives, moveBack, moveMerged } from './store.ts'
import './table.ts'

const DAY_MS = 86_400_000

export const room: Room = {
  name: 'family',
  routes,
  listeners: [
    // Closed already with the state of the person; this writes down why.
    on(patientDied, 'family/end-after-death', async (ctx, { patientId }) => {
      const ending = { because: 'died' as const, by: null, at: ctx.clock.now() }
      await endRelatives(ctx.tx, ctx.organizationId, { patientId }, ending)
    }),
    on(patientMerged, 'family/follow-merge', async (ctx, merge) =>
      withdrawFromRelatives(ctx, await moveMerged(ctx.tx, ctx.organizationId, merge, ctx.clock.now())),
    ),
    on(patientUnmerged, 'family/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
  ],
  rounds: [
    { name: 'family/before-own-age', everySeconds: 3600, run: tellBeforeOwnAge },
    {
      name: 'family/forget',
      everySeconds: 3600,
      run: async (house, tenant) => {
        const ago = (days: number) => new Date(house.clock.now().getTime() - days * DAY_MS)
        await forgetOld(house.databases.of(tenant.id), tenant.id, { codes: ago(2), sessions: ago(90) })
      },
    },
  ],
}
