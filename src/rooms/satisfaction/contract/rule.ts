import { z } from 'zod'
import { endpoint, instant, staffId } from '../../../platform/contract/index.ts'
import { CLASSES } from './words.ts'

/** A link stays open so long; nobody is asked again before it has closed. */
export const OPEN_DAYS = 14

export const satisfactionPolicy = z.strictObject({
  /** Nobody is asked anything before somebody has switched it on. */
  on: z.boolean(),
  /** The same person is asked at most once in so many days, however often they come. */
  gapDays: z.number().int().min(OPEN_DAYS).max(365),
  /** So long after a visit has ended; hours of rest come on top. */
  waitHours: z.number().int().min(1).max(120),
  classes: z.array(z.enum(CLASSES)).min(1),
  /** Who sees to what a low score complains of; null: quality. */
  ownerId: staffId.nullable(),
})
export type SatisfactionPolicy = z.output<typeof satisfactionPolicy>

export const satisfactionRules = z.object({
  /** 0: as they come with Peiban. */
  version: z.number().int(),
  policy: satisfactionPolicy,
  because: z.string(),
  by: z.string().nullable(),
  at: instant.nullable(),
})
export type SatisfactionRules = z.output<typeof satisfactionRules>

export const getRules = endpoint({
  name: 'satisfaction.rules',
  method: 'GET',
  path: '/satisfaction-rules',
  summary: 'Whether people are asked after a visit, how often, and who sees to low scores',
  gate: { permission: 'satisfaction.read', audit: { none: 'says nothing of anybody' } },
  output: z.object({
    current: satisfactionRules,
    history: z.array(satisfactionRules),
    /** Colleagues who may see to complaints. */
    owners: z.array(z.object({ id: staffId, name: z.string() })),
    can: z.object({ write: z.boolean() }),
  }),
})

export const changeRules = endpoint({
  name: 'satisfaction.changeRules',
  method: 'PUT',
  path: '/satisfaction-rules',
  summary: 'Set the rules of asking; they count from the next visit on',
  gate: { permission: 'satisfaction.rule.write', audit: { action: 'satisfaction.rules-change' } },
  body: z.strictObject({
    policy: satisfactionPolicy,
    /** The version that was read. */
    version: z.number().int().min(0),
    because: z.string().trim().min(2).max(300),
  }),
  output: satisfactionRules,
  problems: ['SatisfactionRulesChanged', 'SatisfactionOwnerUnfit'],
})
