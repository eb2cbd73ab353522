import { on, type Room } from '../../../platform/context/room.ts'
import { messageSent } from '../../message/contract/events.ts'
import { patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { questionnaireAnswered } from '../../questionnaire/contract/responses.ts'
import { TEMPLATE } from '../contract/words.ts'
import { openWaiting, takeAnswer } from './answered.ts'
import { moveBack, moveMerged } from './merge.ts'
import { routes } from './routes.ts'
import { noteSent } from './visit-store.ts'
import './table.ts'

const TOUCH = 'questionnaire:'

/** No kinds of facts: whoever is not content is not chosen by it, for anything. */
export const room: Room = {
  name: 'satisfaction',
  routes,
  rounds: [{ name: 'satisfaction/complaints', everySeconds: 600, run: openWaiting }],
  listeners: [
    on(questionnaireAnswered, 'satisfaction/take-answer', takeAnswer),
    on(messageSent, 'satisfaction/note-sent', async (ctx, { template, touch }) => {
      if (template === TEMPLATE && touch.startsWith(TOUCH)) await noteSent(ctx, touch.slice(TOUCH.length))
    }),
    on(patientMerged, 'satisfaction/follow-merge', moveMerged),
    on(patientUnmerged, 'satisfaction/undo-merge', moveBack),
  ],
}
