/** The door of the room mail-report. */
import './table.ts'
export { startMailIntake, type MailIntake } from './listen.ts'
