/** The door of the room agenda. */
export type { CareBatch, CareStep } from './care-step.ts'
export { BATCH, evaluateDue } from './evaluate.ts'
export { agendaState, hold, holdChosen, isAnybodyDue, wake, wakeChosen, wakeEach, wakeEverybody } from './store.ts'
