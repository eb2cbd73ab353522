/** The door of the room advice. */
import './table.ts'
export { adviceCards, chosenAdvice, type ChosenCard } from './door.ts'
export { findGiven as givenAdvice, type GivenAsked, type GivenRow } from './given-store.ts'
export { dropPackedCard, findPackedCards, layPackedCard, retirePackedCard } from './packed.ts'
export { installShippedAdviceCards } from './shipped.ts'
