/** The door of the room nodule. */
import './table.ts'
export { installShippedNoduleCards } from './card.ts'
export { furnishNodules } from './demonstration.ts'
