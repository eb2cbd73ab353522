/** The condition language: what rooms call. Kinds of facts import `fact.ts`, `window.ts` and `returning.ts` besides. */
export {
  forAudience,
  forAudiences,
  forCare,
  mentalKinds,
  tellingKinds,
  type Admitted,
  type AudienceCondition,
} from './admit.ts'
export { canAsk, checkCondition, checkForm } from './check.ts'
export {
  compileJoined,
  compileWhere,
  earliestTurn,
  newJoins,
  seesDead,
  type JoinedCondition,
  type Joins,
} from './compile.ts'
export { explain, type Explanation } from './explain.ts'
export { type FactForms, type OfferedChoice } from './form.ts'
export { sayFault } from './reading.ts'
export { explainInWords, tellFacts } from './tell.ts'
export { factKind, type ConditionFault, type FactKind, type Purpose, type Sensitivity } from './fact.ts'
export { groundOf, type Ground } from './ground.ts'
export { codeOf, leaves, type Condition, type Leaf } from './grammar.ts'
export { sentencesOf } from './sentence.ts'
export { wokenBy } from './wake.ts'
