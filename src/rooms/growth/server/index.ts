/** The door of the room growth. */
import './table.ts'
export { furnishGrowth } from './demonstration.ts'
export { askForOwnConsent, endReached, followMeasurements } from './rounds.ts'
export { OWN_CODE } from './reference.ts'
