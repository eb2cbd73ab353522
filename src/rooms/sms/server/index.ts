/** The door of the room sms. */
export { codeTemplateOf, smsAccountOf } from './account.ts'
export { smsReplyOf } from './reply.ts'
export { sendPhoneCode } from './send-code.ts'
export { sendSms, type SmsAnswer, type SmsToSend } from './send.ts'
