import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'
import { codes, condition } from './condition.ts'

/** What a tag asks of people once it is set. The rooms task, message and follow-up act on it. */
export const consequence = z.union([
  z.strictObject({
    task: z.strictObject({
      type: z.string(),
      role: z.enum(['doctor', 'manager']),
      title: bilingual,
      dueDays: z.number().int().min(0).max(365),
      /** What it is about, where other rooms may ask for the same: one open task of a concern per person. */
      concern: z
        .string()
        .regex(/^[a-z0-9-]{2,40}$/)
        .optional(),
      /** What in the record answers the task: a diagnosis of these codes (ICD-10, by prefix) that a person has entered. */
      answeredBy: z.strictObject({ condition: codes }).optional(),
    }),
  }),
  z.strictObject({ message: z.strictObject({ template: z.string() }) }),
  z.strictObject({ protocol: z.string() }),
  /** Stops promotional messages while the tag stands. */
  z.strictObject({ quiet: z.literal(true) }),
])
export type Consequence = z.infer<typeof consequence>

export const tagCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)

/** One version of a tag: its name, its rule and what follows. */
export const tagDefinition = z.strictObject({
  code: tagCode,
  name: bilingual,
  /** Tags of one exclusive group push each other out: the later in `rank` wins. */
  group: z.strictObject({ code: z.string(), name: bilingual, exclusive: z.boolean().default(false) }),
  rank: z.number().int().default(0),
  /** Whether sales managers may see it (service), or only who reads the record (clinical). */
  visibility: z.enum(['service', 'clinical']),
  /** mental: it tells of mind and mood though no rule of its own says so; barred from audiences (R2). */
  sensitivity: z.enum(['ordinary', 'mental']).optional(),
  tone: z.enum(['neutral', 'info', 'caution', 'danger']).default('neutral'),
  explanation: bilingual,
  /** null: set by hand only. */
  condition: condition.nullable(),
  /** How long it stands at most after it was set; it is set again if the rule still holds on newer facts. */
  standsFor: z
    .strictObject({ days: z.number().int().min(1).max(3660) })
    .nullable()
    .default(null),
  then: z.array(consequence).max(6).default([]),
  source: z.string(),
  reviewer: z.string().nullable().default(null),
})
export type TagDefinition = z.infer<typeof tagDefinition>
