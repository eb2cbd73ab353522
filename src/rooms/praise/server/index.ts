/** The door of the room praise. */
import './table.ts'
export { givePraise, type Reached } from './give.ts'
