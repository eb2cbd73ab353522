/** The door of the room sms. */
export { smsAccountOf } from './account.ts'
export { smsReplyOf } from './reply.ts'
export { sendSms, type SmsAnswer, type SmsToSend } from './send.ts'
