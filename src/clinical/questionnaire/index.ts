/** The door of the questionnaire engine: everything a page, a server or a designer may use. */
export { compile, type Compiled, type Reads } from './expressions/index.ts'
export type {
  AnswerOption,
  Attachment,
  Beside,
  Coding,
  EnableOperator,
  EnableWhen,
  Expression,
  Extension,
  Quantity,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  Reference,
  ResponseAnswer,
  ResponseItem,
  Value,
} from './fhir.ts'
export { EXTENSION } from './extension.ts'
export {
  walk,
  type Condition,
  type Constraint,
  type Form,
  type Item,
  type ItemType,
  type Option,
  type Problem,
  type Reading,
  type Unsupported,
} from './questionnaire.ts'
export { embedValueSets } from './embed.ts'
export { toObservations, type Extracted } from './extract.ts'
export { read } from './read.ts'
export { score, type FiredAction, type ScoreReport, type ScoreResult } from './score.ts'
export {
  readScoring,
  scoredItem,
  type Action,
  type Band,
  type Rule,
  type Score,
  type ScoredItem,
  type Scoring,
  type Test,
  type Words,
} from './scoring.ts'
export * from './state/index.ts'
export { inLanguage, type Text } from './text.ts'
export { plainNumber, readNumber, storable } from './typed.ts'
export { TONES, type Tone } from './tone.ts'
export type { ValueSet } from './value-set.ts'
export { scoreExpression, write } from './write.ts'
