import { explainable } from '../../clinical/plain-language/terms.ts'
import type { Explain } from '../../platform/patient-web/term.tsx'

/** Words that can be tapped, from the glossary of `src/clinical/plain-language`. */
export const explain: Explain = (text) =>
  explainable(text).map(({ from, to, term }) => ({ from, to, meaning: term.plain }))
