/** The door of the room appointment. */
import './table.ts'

export { fulfilledSince, type FulfilledAppointment } from './fulfilled.ts'
export { furnishAppointments } from './demonstration.ts'
