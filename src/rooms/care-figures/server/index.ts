/** The door of the room care-figures. */
import './table.ts'
export { makeReport } from './report.ts'
