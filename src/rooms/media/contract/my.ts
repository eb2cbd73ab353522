import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { KINDS, mediaCode, picture } from './words.ts'

const ofCode = z.object({ code: mediaCode })

/** A card as a person looks at it, in both languages. */
export const shownMedia = z.object({
  code: mediaCode,
  version: z.number().int(),
  kind: z.enum(KINDS),
  title: bilingual,
  summary: bilingual,
  steps: z.array(z.object({ picture, alt: bilingual, caption: bilingual })),
  honest: z.array(bilingual),
  sources: z.array(z.string()),
  reviewer: z.string().nullable(),
})
export type ShownMedia = z.infer<typeof shownMedia>

export const myMediaIndex = endpoint({
  name: 'media.myIndex',
  method: 'GET',
  path: '/my/media',
  summary: 'What there is to look at, by topic and word, and what the person was sent',
  gate: { permission: 'patient', audit: { none: 'titles of the house; the opening of a card is noted' } },
  output: z.object({
    rows: z.array(
      z.object({
        code: mediaCode,
        kind: z.enum(KINDS),
        title: bilingual,
        summary: bilingual,
        topics: z.array(z.string()),
        /** In lower case. */
        words: z.array(z.string()),
      }),
    ),
    sent: z.array(z.object({ code: mediaCode, sentOn: z.string(), sentBy: z.string() })),
  }),
})
export type MyMediaIndex = z.infer<typeof myMediaIndex.output>

export const readMyMedia = endpoint({
  name: 'media.readMine',
  method: 'GET',
  path: '/my/media/:code',
  summary: 'One card whole, as it is in force today',
  gate: { permission: 'patient', audit: { action: 'my.media' } },
  params: ofCode,
  output: shownMedia,
  problems: ['MediaUnknown'],
})

export const countOpening = endpoint({
  name: 'media.countOpening',
  method: 'POST',
  path: '/my/media/:code/openings',
  summary: 'Counts that a card was opened: one more in its month, of nobody in particular',
  gate: { permission: 'patient', audit: { none: 'a count without a person; the reading itself is noted' } },
  params: ofCode,
  output: z.object({}),
})
