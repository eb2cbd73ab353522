/** The door of the room call-desk. */
import './table.ts'
export { furnishCallDesk } from './demonstration.ts'
