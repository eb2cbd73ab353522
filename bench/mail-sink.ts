import { anSmtpEnd } from '../test/smtp-end.ts'

/** A process that takes every mail and keeps none; says its port on the first line. */
const { port } = await anSmtpEnd({ onMail: () => {} })
console.log(port)
