import type { Room } from '../../../platform/context/room.ts'
import { asksFor } from './asks-for.ts'
import { followUpFactForms } from './fact-forms.ts'
import { followUpFacts } from './fact-kinds.ts'
import { listeners } from './listeners.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'follow-up',
  routes,
  listeners,
  facts: followUpFacts,
  factForms: followUpFactForms,
  asksFor,
}
