/** The door of the room message. */
import './table.ts'
export { withdrawMessages } from './act.ts'
export { notifyStaff, type NewNotice } from './notice.ts'
export { sendMessage, sendMessages, type NewMessage, type SentMessage } from './send.ts'
export { sendDue } from './sender.ts'
export { messageStep } from './step.ts'
export { templatesInForce } from './templates.ts'
