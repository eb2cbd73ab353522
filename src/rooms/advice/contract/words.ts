import { z } from 'zod'
import { SOLAR_TERMS } from '../../../clinical/advice/index.ts'
import { CONSTITUTIONS } from '../../../clinical/instrument/scale/constitution.ts'
import { bilingual, calendarDate, id } from '../../../platform/contract/index.ts'

export const KINDS = ['diet', 'exercise', 'mind', 'wellness'] as const
export type Kind = (typeof KINDS)[number]

/** 调养 by what it is made of. */
export const FORMS = ['food', 'acupoint', 'qigong', 'season'] as const

export const CARD_STATES = ['draft', 'active', 'retired'] as const
export type CardState = (typeof CARD_STATES)[number]

export const cardCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)
export const givenId = id('given-advice')
export type GivenId = z.output<typeof givenId>

const words = z.object({ zh: z.string().trim().min(1).max(400), en: z.string().trim().min(1).max(600) })
const name = z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(120) })

/**
 * One question to a person's facts. ICD-10 codes by prefix, medicines by a group of `content/medicines.json`, indicators
 * by their own unit and the newest value of so many months.
 */
export const ground = z.union([
  z.strictObject({ condition: z.array(z.string().min(1).max(10)).min(1).max(30), name }),
  z.strictObject({ medicine: z.string().min(1).max(40) }),
  z.strictObject({ allergy: z.array(z.string().trim().min(1).max(30)).min(1).max(20) }),
  z.strictObject({ pregnancy: z.literal(true) }),
  z.strictObject({ tag: z.string().min(1).max(60) }),
  z.strictObject({
    risk: z.strictObject({ instrument: z.string().min(1).max(60), bands: z.array(z.string()).min(1).max(10) }),
  }),
  z.strictObject({
    score: z.strictObject({ questionnaire: z.string().min(1).max(60), bands: z.array(z.string()).min(1).max(10) }),
  }),
  z.strictObject({ constitution: z.array(z.enum(CONSTITUTIONS)).min(1).max(9) }),
  z.strictObject({ season: z.strictObject({ from: z.enum(SOLAR_TERMS), to: z.enum(SOLAR_TERMS) }) }),
  z.strictObject({
    age: z.strictObject({
      from: z.number().int().min(0).max(120).optional(),
      to: z.number().int().min(0).max(120).optional(),
    }),
  }),
  z.strictObject({
    indicator: z.strictObject({
      code: z.string().min(1).max(60),
      op: z.enum(['<', '<=', '>=', '>']),
      value: z.number(),
      months: z.number().int().min(1).max(120),
    }),
  }),
])
export type Ground = z.infer<typeof ground>

/** What a card says: the same parts in print, on a phone and when it is given. */
export const cardDefinition = z.strictObject({
  code: cardCode,
  kind: z.enum(KINDS),
  form: z.enum(FORMS).optional(),
  /** Of two that are as well founded the higher comes first. */
  rank: z.number().int().min(-9).max(9).optional(),
  title: name,
  summary: words,
  /** What to do. */
  points: z.array(words).min(1).max(8),
  /** What to mind, when to stop, whom to call. */
  avoid: z.array(words).max(6),
  /** Any of these is a reason to choose it. */
  for: z.array(ground).min(1).max(20),
  /** All of these must hold as well. */
  only: z.array(ground).max(4).optional(),
  who: z
    .strictObject({
      ageFrom: z.number().int().min(0).max(120).optional(),
      ageTo: z.number().int().min(0).max(120).optional(),
      sex: z.enum(['male', 'female']).optional(),
    })
    .optional(),
  /** Any of these leaves it out, with the reason shown. */
  notFor: z.array(z.strictObject({ when: ground, because: words })).max(20),
  source: z.string().trim().min(2).max(300),
  licence: z.string().trim().min(2).max(200),
  /** Who has looked it through by name; null as long as nobody has. */
  reviewer: z.string().trim().max(60).nullable(),
  expiresOn: calendarDate,
})
export type CardDefinition = z.infer<typeof cardDefinition>

/** What is asked of the person before a card is given, where the record is silent. */
export const ASKS = ['pregnancy', 'allergy', 'medicine'] as const
export type Ask = (typeof ASKS)[number]

export const REASON_KINDS = [
  'condition',
  'medicine',
  'allergy',
  'pregnancy',
  'tag',
  'risk',
  'score',
  /** A questionnaire names the card: its score, of one that is not about mood and mind. */
  'answers',
  'constitution',
  'season',
  'age',
  'indicator',
] as const

/** A fact behind a card. `text` is null for who may not read the record. */
export const reason = z.object({
  kind: z.enum(REASON_KINDS),
  text: bilingual.nullable(),
  on: calendarDate.nullable(),
})
export type Reason = z.infer<typeof reason>

/** Advice as one person gets it, in one language. */
export const givenText = z.object({
  title: z.string().trim().min(1).max(120),
  summary: z.string().trim().max(600).default(''),
  points: z.array(z.string().trim().min(1).max(600)).min(1).max(30),
  avoid: z.array(z.string().trim().min(1).max(600)).max(20).default([]),
})
export type GivenText = z.infer<typeof givenText>

export const givenAdvice = z.object({
  id: givenId,
  kind: z.enum(KINDS),
  basis: z.enum(['card', 'energy', 'exercise']),
  cardCode: z.string().nullable(),
  cardVersion: z.number().int().nullable(),
  locale: z.enum(['zh-CN', 'en']),
  text: givenText,
  edited: z.boolean(),
  source: z.string(),
  reasons: z.array(reason),
  because: z.string(),
  despite: z.string(),
  givenAt: z.string(),
  givenBy: z.string(),
  takenBack: z.object({ at: z.string(), by: z.string(), because: z.string() }).nullable(),
})
export type GivenAdvice = z.infer<typeof givenAdvice>
