/** The door of the room mail-domain. */
import './table.ts'
export { mailWayOf, provenIn, readReturnAddress, returnIsSet, type MailWay, type ReturnedTo } from './way.ts'
