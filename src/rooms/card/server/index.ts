/** The door of the room card. */
export { codeText } from './activation.ts'
export { openCard } from './card.ts'
export { consentsOf } from './consents.ts'
export { CODE_MINUTES, CODE_TRIES, secondsToWait } from './rules/code-limits.ts'
