import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { KINDS, MEDIA_STATES, mediaCode, mediaDefinition, picture, topic } from './words.ts'

const nothing = { none: 'content of the house, nothing of a patient' }
const ofCode = z.object({ code: mediaCode })

export const mediaSummary = z.object({
  code: mediaCode,
  version: z.number().int(),
  state: z.enum(MEDIA_STATES),
  kind: z.enum(KINDS),
  title: bilingual,
  summary: bilingual,
  topics: z.array(topic),
  words: z.array(z.string()),
  /** Of the first step. */
  cover: z.object({ key: z.string(), kind: z.string(), alt: bilingual }),
  steps: z.number().int(),
  expiresOn: z.string(),
  /** In force and past its day: shown to nobody until somebody renews it. */
  expired: z.boolean(),
  expiresSoon: z.boolean(),
  shipped: z.boolean(),
  reviewer: z.string().nullable(),
  changedAt: z.string(),
  changedBy: z.string(),
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
})
export type MediaSummary = z.infer<typeof mediaSummary>

export const mediaFault = z.object({
  where: z.string(),
  kind: z.string(),
  text: z.string(),
  instead: z.string().nullable(),
})
export type MediaFault = z.infer<typeof mediaFault>

export const mediaView = mediaSummary.extend({
  definition: mediaDefinition,
  pictures: z.array(picture),
  revision: z.number().int(),
  /** What stands in the way of its publication. */
  faults: z.array(mediaFault),
  usage: z.object({
    /** Results and words beside which people find it. */
    indicators: z.array(bilingual),
    /** How often it was opened and sent, by nobody in particular. */
    opened: z.number().int(),
    sent: z.number().int(),
  }),
  can: z.object({ edit: z.boolean(), publish: z.boolean(), retire: z.boolean() }),
})
export type MediaView = z.infer<typeof mediaView>

export const listMedia = endpoint({
  name: 'media.list',
  method: 'GET',
  path: '/media',
  summary: 'The library: of each card what is in force and its draft; those that are over first',
  gate: { permission: 'media.read', audit: nothing },
  output: z.object({ rows: z.array(mediaSummary), can: z.object({ write: z.boolean(), publish: z.boolean() }) }),
})

export const readMedia = endpoint({
  name: 'media.read',
  method: 'GET',
  path: '/media/:code/versions/:version',
  summary: 'One version of a card whole, and where it is used',
  gate: { permission: 'media.read', audit: nothing },
  params: ofCode.extend({ version: z.coerce.number().int().min(1).max(100_000) }),
  output: mediaView,
  problems: ['MediaUnknown'],
})

export const mediaVersions = endpoint({
  name: 'media.versions',
  method: 'GET',
  path: '/media/:code/versions',
  summary: 'All versions of a card, newest first',
  gate: { permission: 'media.read', audit: nothing },
  params: ofCode,
  output: z.object({ rows: z.array(mediaSummary) }),
  problems: ['MediaUnknown'],
})

export const saveMedia = endpoint({
  name: 'media.save',
  method: 'PUT',
  path: '/media/:code/draft',
  summary: 'Keep a draft: a new card, or the next version of one in force',
  gate: { permission: 'media.write', audit: { action: 'media.draft' } },
  params: ofCode,
  body: z.object({
    definition: mediaDefinition,
    /** Of the draft that was opened; 0 where there was none. */
    revision: z.number().int().min(0),
  }),
  output: mediaView,
  problems: ['ChangedMeanwhile', 'MediaUnknown', 'PictureUnknown'],
})

export const publishMedia = endpoint({
  name: 'media.publish',
  method: 'POST',
  path: '/media/:code/draft/publication',
  summary: 'Put the draft in force; never one’s own, and only where its words pass',
  gate: { permission: 'media.publish', audit: { action: 'media.publish' } },
  params: ofCode,
  body: z.object({ revision: z.number().int().positive() }),
  output: mediaView,
  problems: ['ChangedMeanwhile', 'MediaFaulty', 'OwnMedia'],
})

export const discardMedia = endpoint({
  name: 'media.discard',
  method: 'DELETE',
  path: '/media/:code/draft',
  summary: 'Throw a draft away',
  gate: { permission: 'media.write', audit: { action: 'media.discard' } },
  params: ofCode,
  output: z.object({ discarded: z.boolean() }),
})

export const retireMedia = endpoint({
  name: 'media.retire',
  method: 'POST',
  path: '/media/:code/retirement',
  summary: 'Show it no more; links to it say so',
  gate: { permission: 'media.publish', audit: { action: 'media.retire' } },
  params: ofCode,
  output: z.object({ retired: z.boolean() }),
})
