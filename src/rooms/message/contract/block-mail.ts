import { z } from 'zod'
import { bilingual, endpoint, patientId, pii } from '../../../platform/contract/index.ts'
import { templateDefinition } from './template.ts'

/** What is taken, said where one chooses a file: what every mail program draws. */
export const PICTURE_ENDINGS = '.png,.jpg,.jpeg'
export const PICTURE_BYTES_MAX = 400_000

/** Of a block for a segment: whether this person would read it, and by what. */
export const seenBlock = z.object({
  number: z.number().int(),
  /** login: outside of their own pages a line says where to read it. */
  shown: z.enum(['open', 'login', 'hidden']),
  segment: bilingual.nullable(),
  sentence: bilingual.nullable(),
})

/** Whom blocks can be for. */
export const listBlockAudiences = endpoint({
  name: 'message.blockAudiences',
  method: 'GET',
  path: '/message-block-audiences',
  summary: 'The segments in force that blocks of templates can be for, in words, and which tell of health',
  gate: { permission: 'message.template.read', audit: { none: 'definitions of segments, nobody in them' } },
  output: z.object({
    audiences: z.array(
      z.object({ id: z.uuid(), name: bilingual, sentence: bilingual, behindLogin: z.boolean(), isBarred: z.boolean() }),
    ),
  }),
})

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
    blocks: z.array(seenBlock),
  }),
  problems: ['PreviewPersonMissing'],
})
