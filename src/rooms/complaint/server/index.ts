/** The door of the room complaint. */
export { furnishComplaints } from './demonstration.ts'
