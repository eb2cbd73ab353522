/** The door of the room questionnaire. */
import './table.ts'
export { askMany, versionsInForce, type AskedPerson } from './ask-many.ts'
export {
  answeredBetween,
  givenAnswers,
  standingAnswer,
  type AnsweredQuestionnaire,
  type GivenAnswers,
} from './answers-door.ts'
export { newestScores, type NewestScore } from './newest-scores.ts'
export { findPackedQuestionnaires } from './packed.ts'
export { furnishQuestionnaires } from './demonstration.ts'
export { closeFormPrinter } from './print/printer.ts'
export { keepResponse, type Kept, type NewResponse } from './respond.ts'
export { installShippedQuestionnaires } from './shipped.ts'
