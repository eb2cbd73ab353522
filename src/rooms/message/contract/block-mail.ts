import { z } from 'zod'
import { endpoint, patientId, pii } from '../../../platform/contract/index.ts'
import { templateDefinition } from './template.ts'

/** What is taken, said where one chooses a file: what every mail program draws. */
export const PICTURE_ENDINGS = '.png,.jpg,.jpeg'
export const PICTURE_BYTES_MAX = 400_000

export const uploadMailPicture = endpoint({
  name: 'message.uploadPicture',
  method: 'POST',
  path: '/mail-pictures',
  summary: 'Hand in a picture for mails by blocks: PNG or JPEG, at most 400 kB; what it is follows from its content',
  gate: { permission: 'message.template.write', audit: { action: 'message.picture' } },
  upload: true,
  output: z.object({ picture: z.string(), width: z.number().int(), height: z.number().int() }),
  problems: ['MailPictureUnfit', 'MailPictureTooLarge'],
})

export const showMailPicture = endpoint({
  name: 'message.picture',
  method: 'GET',
  path: '/mail-pictures/:token',
  summary: 'A picture in a mail; the same address for all who get it, and nothing is noted',
  gate: { permission: 'public', audit: { none: 'a picture of the house, fetched by mail programs; nobody is known' } },
  params: z.object({ token: z.string().max(120) }),
  media: 'image/png',
  output: z.unknown(),
  problems: ['MailPictureUnknown'],
})

/** Filled with a real person: for whoever may write to them, and on record. */
export const previewAsPerson = endpoint({
  name: 'message.previewTemplateAsPerson',
  method: 'POST',
  path: '/patients/:patientId/template-preview',
  summary: 'What stands in the editor as one of the people one looks after would get it, and whether they would',
  gate: { permission: 'message.send', audit: { action: 'message.template-as-person', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: z.object({ definition: templateDefinition }),
  output: z.object({
    subject: pii('free-text', z.string()),
    text: pii('free-text', z.string()),
    html: pii('free-text', z.string()),
    verdict: z.enum(['send', 'wait', 'end']),
    reason: z.string().nullable(),
  }),
  problems: ['PreviewPersonMissing'],
})
