import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import type { Room } from '../../../platform/context/room.ts'
import { tagFactForms } from './fact-forms.ts'
import { asksFor, tagFacts } from './fact-kinds.ts'
import { identityListeners } from './identity.ts'
import { listeners } from './merge.ts'
import { routes } from './routes.ts'
import { installShippedTags } from './shipped.ts'

export const room: Room = {
  name: 'tag',
  routes,
  facts: tagFacts,
  factForms: tagFactForms,
  asksFor,
  // Tags that come with a newer Peiban reach organizations that were founded before it.
  rounds: [
    {
      name: 'tag/shipped',
      everySeconds: 86_400,
      run: (house, tenant) =>
        write(house, { tenant, actor: systemActor(tenant.id, 'tag/shipped') }, installShippedTags),
    },
  ],
  listeners: [...listeners, ...identityListeners],
}
