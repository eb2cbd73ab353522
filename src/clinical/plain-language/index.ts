/** How patients are spoken to: short sentences, words they know, nothing that frightens, blames or promises. */
export { checkPlain, type Finding, type PlainOptions } from './check.ts'
export { explainable, terms, type Term, type TermSpan } from './terms.ts'
