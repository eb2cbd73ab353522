/** The door of the room specialty-pack. */
import './table.ts'
export { furnishPacks } from './demonstration.ts'
