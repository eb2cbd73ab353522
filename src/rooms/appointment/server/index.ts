/** The door of the room appointment. */
import './table.ts'

export { furnishAppointments } from './demonstration.ts'
