import { z } from 'zod'
import { endpoint, instant } from '../../../platform/contract/index.ts'
import { MODULES } from './words.ts'

/** What the programme says and does, and the limits of the signs: both may be changed by a house, each by two persons. */
export const CONTENT_CODES = ['programme', 'signs'] as const
export const contentCode = z.enum(CONTENT_CODES)
export type ContentCode = z.infer<typeof contentCode>

const words = (most: number) =>
  z.object({
    zh: z.string().trim().min(1).max(most),
    en: z
      .string()
      .trim()
      .min(1)
      .max(most * 3),
  })
const source = z.string().trim().max(600)

export const consentText = z.object({
  /** Given by the house whenever its words change; what somebody agreed to stays with their consent. */
  version: z.string().max(40),
  title: words(60),
  /** Purpose, kind of data, who sees it, how long, how to withdraw: PIPL §17. */
  points: z
    .array(z.object({ heading: words(30), text: words(400) }))
    .min(5)
    .max(12),
})
export type ConsentText = z.infer<typeof consentText>

export const moduleText = z.object({ module: z.enum(MODULES), about: words(300), source })
export type ModuleText = z.infer<typeof moduleText>

export const programmeDefinition = z.object({
  kind: z.literal('programme'),
  measureEveryDays: z.number().int().min(28).max(366),
  consent: consentText,
  modules: z.array(moduleText).length(MODULES.length),
  /** What every child begins with. */
  items: z
    .array(z.object({ module: z.enum(MODULES), afterDays: z.number().int().min(0).max(366), title: words(120) }))
    .min(1)
    .max(40),
  source,
  reviewer: z.string().trim().max(60).nullable(),
})
export type ProgrammeDefinition = z.infer<typeof programmeDefinition>

const years = z.number().min(0).max(18)
export const signsDefinition = z.object({
  kind: z.literal('signs'),
  crossing: z.object({
    lines: z.number().int().min(1).max(5),
    minDays: z.number().int().min(60).max(366),
    maxDays: z.number().int().min(180).max(2000),
    source,
  }),
  slow: z.object({
    minDays: z.number().int().min(85).max(366),
    bands: z
      .array(
        z.object({
          fromYears: years,
          toYears: z.union([years, z.object({ female: years, male: years })]),
          cmPerYear: z.number().min(1).max(25),
        }),
      )
      .min(1)
      .max(8),
    source,
  }),
  lowestPercentile: z.number().min(0.1).max(25),
  offTarget: z.object({ belowSd: z.number().min(0.5).max(4), fromYears: years, source }),
  reviewer: z.string().trim().max(60).nullable(),
})
export type SignsDefinition = z.infer<typeof signsDefinition>

export const contentDefinition = z.discriminatedUnion('kind', [programmeDefinition, signsDefinition])
export type ContentDefinition = z.infer<typeof contentDefinition>

/** 0 is what came with Peiban. */
const version = z.number().int().min(0)

export const contentVersion = z.object({
  version,
  state: z.enum(['draft', 'active', 'retired', 'shipped']),
  revision: z.number().int(),
  changedBy: z.string(),
  changedAt: instant.nullable(),
  publishedBy: z.string().nullable(),
  publishedAt: instant.nullable(),
})
export type ContentVersion = z.infer<typeof contentVersion>

export const contentView = z.object({
  code: contentCode,
  inForce: contentVersion.extend({ definition: contentDefinition }),
  draft: contentVersion
    .extend({
      definition: contentDefinition,
      /** Why it cannot be put in force as it is. */
      faults: z.array(z.object({ kind: z.string(), text: z.string() })),
    })
    .nullable(),
  /** Newest first, with what came with Peiban at the end. */
  history: z.array(contentVersion),
  can: z.object({ write: z.boolean(), publish: z.boolean() }),
})
export type ContentView = z.infer<typeof contentView>

const ofContent = z.object({ contentCode })
const revision = z.number().int().min(0)

export const listGrowthContent = endpoint({
  name: 'growth.listContent',
  method: 'GET',
  path: '/growth-content',
  summary: 'What the growth programme says and the limits of its signs: in force, drafted, and as they were',
  gate: { permission: 'advice.content.read', audit: { none: 'names no person' } },
  output: z.object({ rows: z.array(contentView) }),
})

export const draftGrowthContent = endpoint({
  name: 'growth.draftContent',
  method: 'PUT',
  path: '/growth-content/:contentCode',
  summary: 'Keep a draft; what is in force stays until a second person has published it',
  gate: { permission: 'advice.content.write', audit: { action: 'growth.draft-content' } },
  params: ofContent,
  /** Of the draft that was read; 0 begins one. */
  body: z.object({ definition: contentDefinition, revision }),
  output: contentView,
  problems: ['ChangedMeanwhile', 'GrowthContentKind'],
})

export const publishGrowthContent = endpoint({
  name: 'growth.publishContent',
  method: 'POST',
  path: '/growth-content/:contentCode/publication',
  summary: 'Put a draft in force; not by whoever wrote it, and not with words that promise or frighten',
  gate: { permission: 'advice.content.publish', audit: { action: 'growth.publish-content' } },
  params: ofContent,
  body: z.object({ revision }),
  output: contentView,
  problems: ['ChangedMeanwhile', 'GrowthContentOwn', 'GrowthContentFaulty'],
})

export const discardGrowthContent = endpoint({
  name: 'growth.discardContent',
  method: 'POST',
  path: '/growth-content/:contentCode/discard',
  summary: 'Throw a draft away',
  gate: { permission: 'advice.content.write', audit: { action: 'growth.discard-content' } },
  params: ofContent,
  output: contentView,
})

/** As families and staff read it: what each module is about. */
export const moduleAbout = moduleText.pick({ module: true, about: true })
