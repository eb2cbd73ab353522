/** The door of the room readership. */
import './table.ts'
export { makeReport } from './report.ts'
export { fetchedByMachine, followedByPerson, seenByPerson } from './followed.ts'
