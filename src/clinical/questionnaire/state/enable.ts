import type { Value } from '../fhir.ts'
import type { Condition } from '../questionnaire.ts'
import { compareValues, sameValue } from './value.ts'

/**
 * One `enableWhen` against the answers of its question (none: not answered, or not asked). Some answer must fit; `!=`
 * wants that none is equal, so that it holds for an unanswered question too, as R4 words it.
 */
export function conditionHolds(condition: Condition, answers: readonly Value[]): boolean {
  const { operator, value } = condition
  const ordered = (test: (difference: number) => boolean) =>
    answers.some((answer) => {
      const difference = compareValues(answer, value)
      return difference !== undefined && test(difference)
    })
  switch (operator) {
    case 'exists':
      return answers.length > 0 === (value !== false)
    case '=':
      return answers.some((answer) => sameValue(answer, value))
    case '!=':
      return !answers.some((answer) => sameValue(answer, value))
    case '>':
      return ordered((d) => d > 0)
    case '<':
      return ordered((d) => d < 0)
    case '>=':
      return ordered((d) => d >= 0)
    case '<=':
      return ordered((d) => d <= 0)
    default:
      return false
  }
}
