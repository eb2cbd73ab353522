/** The door of the room questionnaire. */
import './table.ts'
export { answeredBetween, standingAnswer, type AnsweredQuestionnaire } from './answers-door.ts'
export { newestScores, type NewestScore } from './newest-scores.ts'
export { findPackedQuestionnaires } from './packed.ts'
export { furnishQuestionnaires } from './demonstration.ts'
export { closeFormPrinter } from './print/printer.ts'
export { keepResponse, type Kept, type NewResponse } from './respond.ts'
export { installShippedQuestionnaires } from './shipped.ts'
