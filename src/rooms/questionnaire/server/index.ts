/** The door of the room questionnaire. */
import './table.ts'
export { answeredBetween, type AnsweredQuestionnaire } from './answers-door.ts'
export { newestScores, type NewestScore } from './newest-scores.ts'
export { findPackedQuestionnaires } from './packed.ts'
export { keepResponse, type Kept, type NewResponse } from './respond.ts'
export { installShippedQuestionnaires } from './shipped.ts'
