/** The door of the room family. */
import './table.ts'
export { authenticateProxy } from './authenticate.ts'
export { remindedWith, type Reminded } from './remind.ts'
