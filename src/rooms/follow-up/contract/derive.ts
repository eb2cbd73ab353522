import { questionsOf, type Answers, type FormDefinition } from './form.ts'

/** One part of spirits in so many of another drink: 啤酒÷10，红酒÷4，黄酒÷5 (form of the 2017 norm). */
const DRINK_PER_SPIRITS: Record<string, number> = { spirits: 1, beer: 10, wine: 4, 'rice-wine': 5 }

/** What follows from other answers; undefined as long as one of them is missing. The page and the server reckon alike. */
export function derive(what: 'bmi' | 'spirits-liang', answers: Answers): number | undefined {
  if (what === 'bmi') {
    const { weight, height } = answers
    if (typeof weight !== 'number' || typeof height !== 'number') return undefined
    return Math.round((weight / (height / 100) ** 2) * 10) / 10
  }
  const kind = answers['alcohol-kind']
  if (kind === 'none') return 0
  const part = DRINK_PER_SPIRITS[String(kind)]
  const amount = answers['alcohol-amount']
  return part === undefined || typeof amount !== 'number' ? undefined : Math.round((amount / part) * 100) / 100
}

/** Every calculated answer of a form by its linkId, as far as the others give it. */
export function derivedAnswers(form: FormDefinition, answers: Answers): Record<string, number | undefined> {
  return Object.fromEntries(
    questionsOf(form).flatMap((question) =>
      'derive' in question && question.derive ? [[question.linkId, derive(question.derive, answers)]] : [],
    ),
  )
}
