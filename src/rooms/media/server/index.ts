/** The door of the room media. */
import './table.ts'
export { mediaFor, type MediaFor } from './door.ts'
export { installShippedMedia } from './shipped.ts'
