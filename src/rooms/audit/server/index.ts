/** The door of the room audit. */
export { recordAudit } from './record.ts'
