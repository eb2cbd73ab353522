import content from './terms.json' with { type: 'json' }

/** A word that people need explained, with the explanation that stands beside it or opens at a tap. */
export interface Term {
  zh: string
  en: string
  /** Short forms of the same. */
  also?: string[]
  plain: { zh: string; en: string }
}

export const terms: readonly Term[] = content.terms

export interface TermSpan {
  from: number
  to: number
  term: Term
}

// The longest form first: 低密度脂蛋白胆固醇 before 低密度脂蛋白.
const forms = terms
  .flatMap((term) => [term.zh, term.en, ...(term.also ?? [])].map((form) => ({ form: form.toLowerCase(), term })))
  .toSorted((a, b) => b.form.length - a.form.length)

/** Where a text uses words that can be explained: each term once, at its first place, in the order of the text. */
export function explainable(text: string): TermSpan[] {
  const lower = text.toLowerCase()
  const taken: TermSpan[] = []
  for (const { form, term } of forms) {
    if (taken.some((span) => span.term === term)) continue
    const from = placeOf(lower, form, taken)
    if (from >= 0) taken.push({ from, to: from + form.length, term })
  }
  return taken.toSorted((a, b) => a.from - b.from)
}

function placeOf(text: string, form: string, taken: readonly TermSpan[]): number {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const end = at + form.length
    const isInside = taken.some((span) => at < span.to && end > span.from)
    // `afp` is not in "leafpile": Latin words stand alone.
    const isWord = !/^[\w-]+/.test(form) || (!/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[end] ?? ' '))
    if (!isInside && isWord) return at
  }
  return -1
}
