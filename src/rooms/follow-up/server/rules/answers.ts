import {
  isAsked,
  isRequired,
  questionsOf,
  type Answer,
  type Answers,
  type FormDefinition,
  type FormQuestion,
} from '../../contract/form.ts'
import { derive } from '../../contract/derive.ts'

/** What is wrong with an answer; the code has a text in the room's locales. */
export interface AnswerFault {
  linkId: string
  code: 'required' | 'kind' | 'option' | 'exclusive' | 'too-low' | 'too-high' | 'too-long' | 'date' | 'unknown'
}

export interface ReadAnswers {
  answers: Answers
  faults: AnswerFault[]
}

/**
 * Reads what was filled in: answers to questions that are not asked are dropped, what follows from others is computed,
 * the rest is judged.
 */
export function readAnswers(form: FormDefinition, given: Answers, visit: { way: string; step: string }): ReadAnswers {
  const answers: Answers = {}
  const faults: AnswerFault[] = []
  const known = new Set(questionsOf(form).flatMap(({ linkId }) => [linkId, `${linkId}-target`]))
  for (const linkId of Object.keys(given)) if (!known.has(linkId)) faults.push({ linkId, code: 'unknown' })
  for (const question of questionsOf(form)) {
    if (question.type === 'display' || !isAsked(question, answers, visit)) continue
    const { linkId } = question
    const answer = 'derive' in question && question.derive ? derive(question.derive, answers) : tidy(given[linkId])
    if (answer === undefined) {
      if (isRequired(question, visit.way) && !('derive' in question && question.derive))
        faults.push({ linkId, code: 'required' })
    } else {
      const fault = faultOf(question, answer)
      if (fault) faults.push({ linkId, code: fault })
      else answers[linkId] = answer
    }
    if ('target' in question && question.target) readTarget(question, given, answers, faults)
  }
  return { answers, faults }
}

function readTarget(question: FormQuestion, given: Answers, answers: Answers, faults: AnswerFault[]): void {
  const linkId = `${question.linkId}-target`
  const answer = tidy(given[linkId])
  if (answer === undefined) return
  const fault = faultOf(question, answer)
  if (fault) faults.push({ linkId, code: fault })
  else answers[linkId] = answer
}

function tidy(answer: Answer | undefined): Answer | undefined {
  if (answer === null || answer === undefined) return undefined
  if (typeof answer === 'string') return answer.trim() === '' ? undefined : answer.trim()
  return Array.isArray(answer) && answer.length === 0 ? undefined : answer
}

function faultOf(question: FormQuestion, answer: Answer): AnswerFault['code'] | undefined {
  switch (question.type) {
    case 'integer':
    case 'decimal':
      if (
        typeof answer !== 'number' ||
        !Number.isFinite(answer) ||
        (question.type === 'integer' && !Number.isInteger(answer))
      )
        return 'kind'
      if (question.min !== undefined && answer < question.min) return 'too-low'
      return question.max !== undefined && answer > question.max ? 'too-high' : undefined
    case 'boolean':
      return typeof answer === 'boolean' ? undefined : 'kind'
    case 'date':
      return typeof answer === 'string' && isDate(answer) ? undefined : 'date'
    case 'string':
    case 'text':
      if (typeof answer !== 'string') return 'kind'
      return [...answer].length > question.max ? 'too-long' : undefined
    case 'medications':
      if (!Array.isArray(answer) || answer.some((line) => typeof line !== 'object')) return 'kind'
      return answer.length > question.max ? 'too-long' : undefined
    case 'choice':
      return choiceFault(question, answer)
    case 'display':
      return 'unknown'
  }
}

function choiceFault(
  question: Extract<FormQuestion, { type: 'choice' }>,
  answer: Answer,
): AnswerFault['code'] | undefined {
  const codes = question.options.map((option) => option.code)
  if (!question.repeats) return typeof answer === 'string' && codes.includes(answer) ? undefined : 'option'
  if (!Array.isArray(answer) || answer.some((code) => typeof code !== 'string' || !codes.includes(code)))
    return 'option'
  const exclusive = question.options.some((option) => option.exclusive && (answer as string[]).includes(option.code))
  return exclusive && answer.length > 1 ? 'exclusive' : undefined
}

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export interface Measured {
  linkId: string
  indicator: string
  value: number
}

/** The answers that are measurements of the clinical dictionary. */
export function measurementsOf(form: FormDefinition, answers: Answers): Measured[] {
  return questionsOf(form).flatMap((question) => {
    if (question.type !== 'integer' && question.type !== 'decimal') return []
    const value = answers[question.linkId]
    return question.indicator && typeof value === 'number'
      ? [{ linkId: question.linkId, indicator: question.indicator, value }]
      : []
  })
}
