import type { Room } from '../../../platform/context/room.ts'
import { messageFactForms } from './fact-forms.ts'
import { messageFacts } from './fact-kinds.ts'
import { listeners } from './listeners.ts'
import { rounds } from './rounds.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'message',
  routes,
  listeners,
  rounds,
  facts: messageFacts,
  factForms: messageFactForms,
}
