import { z } from 'zod'
import { bilingual, calendarDate, endpoint, patientId } from '../../../platform/contract/index.ts'
import { mediaCode, sentMediaId } from './words.ts'

const ofPatient = z.object({ patientId })

export const sentMedia = z.object({
  id: sentMediaId,
  code: mediaCode,
  version: z.number().int(),
  title: bilingual,
  by: z.enum(['mail', 'code']),
  sentOn: calendarDate,
  sentBy: z.string(),
})
export type SentMedia = z.infer<typeof sentMedia>

export const listSentMedia = endpoint({
  name: 'media.sentTo',
  method: 'GET',
  path: '/patients/:patientId/media',
  summary: 'Cards that a person was sent, newest first, and those that fit what the record marks now',
  gate: { permission: 'patient-access.send', audit: { action: 'media.sent-to', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    rows: z.array(sentMedia),
    cards: z.array(
      z.object({
        code: mediaCode,
        title: bilingual,
        summary: bilingual,
        topics: z.array(z.string()),
        words: z.array(z.string()),
      }),
    ),
    /** Null: there is no address to write to. */
    emailMasked: z.string().nullable(),
    isActive: z.boolean(),
    hasBirthDate: z.boolean(),
  }),
})

const send = {
  params: ofPatient.extend({ code: mediaCode }),
  problems: ['MediaNotInForce', 'MediaPatientGone', 'WayPatientGone', 'WayBirthDateWanted', 'WayEmailWanted'],
}

export const mailMedia = endpoint({
  name: 'media.mail',
  method: 'POST',
  path: '/patients/:patientId/media/:code/mail',
  summary: 'Send somebody the link to a card by e-mail; the mail does not say what it is about',
  gate: { permission: 'patient-access.send', audit: { action: 'media.mail', patient: 'patientId' } },
  ...send,
  output: z.object({ toMasked: z.string() }),
})

export const showMediaCode = endpoint({
  name: 'media.showCode',
  method: 'POST',
  path: '/patients/:patientId/media/:code/code',
  summary: 'A link for a QR code on the screen that opens the card; told once, works for a day',
  gate: { permission: 'patient-access.send', audit: { action: 'media.code', patient: 'patientId' } },
  ...send,
  output: z.object({ link: z.string(), expiresAt: z.string() }),
})
