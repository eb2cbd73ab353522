import { z } from 'zod'
import { bilingual, endpoint, instant } from '../../../platform/contract/index.ts'
import { organ, system } from './words.ts'

export const cardCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)
const words = z.object({ zh: z.string().trim().min(2).max(400), en: z.string().trim().min(2).max(600) })
const lines = z.array(words).max(8)

/** What a person reads about a nodule of some categories; and for the staff, how to say it. */
const education = z.object({
  kind: z.literal('education'),
  organ,
  for: z.array(z.object({ system, categories: z.array(z.string().max(60)).min(1) })).min(1),
  title: words,
  meaning: words,
  todo: lines.min(1),
  /** When not to wait for the recheck. */
  earlier: lines,
  talking: lines,
})
const worry = z.object({ kind: z.literal('worry'), order: z.number().int(), title: words, talking: lines.min(1) })

export const cardDefinition = z
  .discriminatedUnion('kind', [education, worry])
  .and(z.object({ source: z.string().max(300), reviewer: z.string().max(60).nullable().default(null) }))
export type CardDefinition = z.output<typeof cardDefinition>

export const cardView = z.object({
  code: cardCode,
  version: z.number().int(),
  state: z.enum(['draft', 'active', 'retired']),
  definition: cardDefinition,
  title: bilingual,
  changedByName: z.string(),
  changedAt: instant,
  publishedByName: z.string().nullable(),
  can: z.array(z.enum(['edit', 'publish'])),
})
export type CardView = z.output<typeof cardView>

export const listNoduleCards = endpoint({
  name: 'nodule.listCards',
  method: 'GET',
  path: '/nodule-cards',
  summary: 'Education cards and worries in force, and drafts for those who write them',
  gate: { permission: 'nodule.read', audit: { none: 'names no person' } },
  output: z.object({ rows: z.array(cardView) }),
})

export const listNoduleCardsToWrite = endpoint({
  name: 'nodule.listCardsToWrite',
  method: 'GET',
  path: '/nodule-cards/all',
  summary: 'The same for those who write and review them',
  gate: { permission: 'advice.content.read', audit: { none: 'names no person' } },
  output: z.object({ rows: z.array(cardView) }),
})

export const draftNoduleCard = endpoint({
  name: 'nodule.draftCard',
  method: 'PUT',
  path: '/nodule-cards/:code',
  summary: 'Write the next version; what is in force stays until another person has published it',
  gate: { permission: 'advice.content.write', audit: { action: 'nodule.draft-card' } },
  params: z.object({ code: cardCode }),
  body: z.object({ definition: cardDefinition }),
  output: cardView,
})

export const publishNoduleCard = endpoint({
  name: 'nodule.publishCard',
  method: 'POST',
  path: '/nodule-cards/:code/publish',
  summary: 'Put a draft in force; who wrote it does not publish it',
  gate: { permission: 'advice.content.publish', audit: { action: 'nodule.publish-card' } },
  params: z.object({ code: cardCode }),
  body: z.object({ version: z.number().int() }),
  output: cardView,
  problems: ['NoduleCardUnknown', 'NoduleOwnCard'],
})
