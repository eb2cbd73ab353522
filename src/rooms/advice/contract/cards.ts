import { z } from 'zod'
import { bilingual, endpoint, pageOf, pageQuery } from '../../../platform/contract/index.ts'
import { CARD_STATES, cardCode, cardDefinition, FORMS, KINDS } from './words.ts'

const nothing = { none: 'content of the house, nothing of a patient' }

export const cardSummary = z.object({
  code: cardCode,
  version: z.number().int(),
  state: z.enum(CARD_STATES),
  kind: z.enum(KINDS),
  form: z.enum(FORMS).nullable(),
  title: bilingual,
  summary: bilingual,
  expiresOn: z.string(),
  /** In force and past its day: chosen for nobody until somebody renews it. */
  expired: z.boolean(),
  /** In force and over within 90 days. */
  expiresSoon: z.boolean(),
  origin: z.enum(['shipped', 'organization']),
  source: z.string(),
  reviewer: z.string().nullable(),
  changedAt: z.string(),
  changedBy: z.string(),
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
})
export type CardSummary = z.infer<typeof cardSummary>

export const cardFault = z.object({
  where: z.string(),
  kind: z.string(),
  text: z.string(),
  instead: z.string().nullable(),
})
export type CardFault = z.infer<typeof cardFault>

export const cardView = cardSummary.extend({
  definition: cardDefinition,
  revision: z.number().int(),
  /** What stands in the way of its publication: words people do not understand, a claim, a day that is over. */
  faults: z.array(cardFault),
  can: z.object({ edit: z.boolean(), publish: z.boolean(), retire: z.boolean() }),
})
export type CardView = z.infer<typeof cardView>

/** Those that want renewing, or wait for somebody to publish them. */
export const SHOWN = ['renew', 'drafts'] as const

export const listCards = endpoint({
  name: 'advice.listCards',
  method: 'GET',
  path: '/advice-cards',
  summary: 'Cards: of each what is in force and its draft; those that are over first',
  gate: { permission: 'advice.content.read', audit: nothing },
  query: pageQuery.extend({ kind: z.enum(KINDS).optional(), show: z.enum(SHOWN).optional() }),
  output: pageOf(cardSummary),
})

export const readCard = endpoint({
  name: 'advice.readCard',
  method: 'GET',
  path: '/advice-cards/:code/versions/:version',
  summary: 'One version of a card whole',
  gate: { permission: 'advice.content.read', audit: nothing },
  params: z.object({ code: cardCode, version: z.coerce.number().int().min(1).max(100_000) }),
  output: cardView,
  problems: ['AdviceCardUnknown'],
})

export const cardVersions = endpoint({
  name: 'advice.cardVersions',
  method: 'GET',
  path: '/advice-cards/:code/versions',
  summary: 'All versions of a card, newest first',
  gate: { permission: 'advice.content.read', audit: nothing },
  params: z.object({ code: cardCode }),
  output: z.object({ rows: z.array(cardSummary) }),
  problems: ['AdviceCardUnknown'],
})

export const saveCard = endpoint({
  name: 'advice.saveCard',
  method: 'PUT',
  path: '/advice-cards/:code/draft',
  summary: 'Keep a draft: a new card, or the next version of one in force',
  gate: { permission: 'advice.content.write', audit: { action: 'advice.card-draft' } },
  params: z.object({ code: cardCode }),
  body: z.object({
    definition: cardDefinition,
    /** Of the draft that was opened; 0 where there was none. */
    revision: z.number().int().min(0),
  }),
  output: cardView,
  problems: ['ChangedMeanwhile', 'AdviceCardUnknown'],
})

export const publishCard = endpoint({
  name: 'advice.publishCard',
  method: 'POST',
  path: '/advice-cards/:code/draft/publication',
  summary: 'Put the draft in force; never one’s own, and only where its words pass',
  gate: { permission: 'advice.content.publish', audit: { action: 'advice.card-publish' } },
  params: z.object({ code: cardCode }),
  body: z.object({ revision: z.number().int().positive() }),
  output: cardView,
  problems: ['ChangedMeanwhile', 'AdviceCardFaulty', 'OwnAdviceCard'],
})

export const discardCard = endpoint({
  name: 'advice.discardCard',
  method: 'DELETE',
  path: '/advice-cards/:code/draft',
  summary: 'Throw a draft away',
  gate: { permission: 'advice.content.write', audit: { action: 'advice.card-discard' } },
  params: z.object({ code: cardCode }),
  output: z.object({ discarded: z.boolean() }),
})

export const retireCard = endpoint({
  name: 'advice.retireCard',
  method: 'POST',
  path: '/advice-cards/:code/retirement',
  summary: 'Choose it no more; what was given stays as it is',
  gate: { permission: 'advice.content.publish', audit: { action: 'advice.card-retire' } },
  params: z.object({ code: cardCode }),
  output: z.object({ retired: z.boolean() }),
})
