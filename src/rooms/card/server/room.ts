import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import type { Room } from '../../../platform/context/room.ts'
import { deleteOldCodes } from './code-store.ts'
import { cardFactForms } from './fact-forms.ts'
import { cardFacts } from './fact-kinds.ts'
import { listeners } from './listeners.ts'
import { routes } from './routes.ts'

const DAY_MS = 86_400_000

export const room: Room = {
  name: 'card',
  routes,
  listeners,
  facts: cardFacts,
  factForms: cardFactForms,
  rounds: [
    {
      name: 'card/clear-codes',
      everySeconds: 3600,
      run: (house, tenant) =>
        write(house, { tenant, actor: systemActor(tenant.id, 'card/clear-codes') }, (ctx) =>
          deleteOldCodes(ctx.tx, ctx.organizationId, new Date(ctx.clock.now().getTime() - DAY_MS)),
        ),
    },
  ],
}
