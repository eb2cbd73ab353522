import { z } from 'zod'
import { calendarDate, id } from '../../../platform/contract/index.ts'

/** 机理 how something comes about · 检查 what is done to one · 做法 how to do something oneself · 器具 how a device works. */
export const KINDS = ['mechanism', 'procedure', 'how-to', 'device'] as const
export type Kind = (typeof KINDS)[number]

export const MEDIA_STATES = ['draft', 'active', 'retired'] as const

export const mediaCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)
export const sentMediaId = id('media-sent')

/** What something is about, in the codes of the house: `indicator:ldl`, `condition:I10`, `organ:lung`. */
export const TOPIC_KINDS = ['indicator', 'condition', 'procedure', 'organ', 'instrument'] as const
export const topic = z
  .string()
  .regex(/^(indicator|condition|procedure|organ|instrument):[A-Za-z0-9][A-Za-z0-9._-]{0,58}$/)

/** SHA-256 of what is in the picture. */
export const pictureKey = z.string().regex(/^[0-9a-f]{64}$/)

const words = (zh: number, en: number) =>
  z.object({ zh: z.string().trim().min(1).max(zh), en: z.string().trim().min(1).max(en) })
const source = z.string().trim().min(2).max(300)

/** A picture with what it shows for whoever does not see it, one or two plain sentences, and where they are from. */
export const step = z.strictObject({
  picture: pictureKey,
  alt: words(300, 500),
  caption: words(200, 400),
  source,
})
export type Step = z.infer<typeof step>

export const mediaDefinition = z.strictObject({
  code: mediaCode,
  kind: z.enum(KINDS),
  title: words(40, 80),
  summary: words(120, 240),
  topics: z.array(topic).max(30),
  /** Words that lead here: names of results and of what people look up. */
  words: z.array(z.string().trim().min(1).max(40)).max(30),
  steps: z.array(step).min(1).max(8),
  /** What is uncomfortable, what may go wrong, what nobody can promise. */
  honest: z.array(z.strictObject({ text: words(200, 400), source })).max(6),
  licence: z.string().trim().min(2).max(200),
  /** Who has looked it through by name; null as long as nobody has. */
  reviewer: z.string().trim().max(60).nullable(),
  expiresOn: calendarDate,
})
export type MediaDefinition = z.infer<typeof mediaDefinition>

export const PICTURE_KINDS = ['drawing', 'image', 'video'] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]

export const picture = z.object({
  key: pictureKey,
  kind: z.enum(PICTURE_KINDS),
  media: z.string(),
  /** Pixels of an image, units of a drawing; null for a video. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  sizeBytes: z.number().int(),
  /** Whether it has something that moves, and so something to stop. */
  moves: z.boolean(),
})
export type Picture = z.infer<typeof picture>
