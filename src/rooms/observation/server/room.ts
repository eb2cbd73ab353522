import type { Room } from '../../../platform/context/room.ts'
import { recordFactForms } from './fact-kinds/forms.ts'
import { recordFacts } from './fact-kinds/index.ts'
import { mergeListeners } from './merge.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'observation',
  routes,
  listeners: mergeListeners,
  facts: recordFacts,
  factForms: recordFactForms,
}
