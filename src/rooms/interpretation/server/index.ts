/** The door of the room interpretation. */
import './table.ts'
export { furnishInterpretations } from './demonstration.ts'
