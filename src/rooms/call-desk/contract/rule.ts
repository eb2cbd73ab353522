import { z } from 'zod'
import { bilingual, endpoint, instant } from '../../../platform/contract/index.ts'
import { dayRule } from '../../message/contract/rule.ts'
import { timeOfDay } from '../../organization/contract/settings.ts'
import type { OUTCOMES } from './words.ts'

/** When it is tried again: so many minutes later, or on the next day of calls at another time of the day. */
export const rung = z.union([
  z.strictObject({ afterMinutes: z.number().int().min(5).max(1440) }),
  z.strictObject({ nextDay: z.enum(['other-half', 'same-time']) }),
])
export type Rung = z.infer<typeof rung>

const rungs = z.array(rung).max(6)
/** The outcomes that may be followed by another try on their own. */
export const LADDER_OUTCOMES = [
  'no-answer',
  'busy',
  'switched-off',
  'family-answered',
] as const satisfies readonly (typeof OUTCOMES)[number][]
export type LadderOutcome = (typeof LADDER_OUTCOMES)[number]

export const callPolicy = z.strictObject({
  /** Null: the hours of calls of the organization (机构设置). */
  hours: z
    .strictObject({ from: timeOfDay, to: timeOfDay })
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'endAfterBegin' })
    .nullable(),
  days: dayRule,
  /** When the two halves of a day are tried: a call that was in vain in the morning is made in the afternoon. */
  halves: z.strictObject({ morning: timeOfDay, afternoon: timeOfDay }),
  /** By outcome, the first for the first try in vain. */
  ladder: z.strictObject({ 'no-answer': rungs, busy: rungs, 'switched-off': rungs, 'family-answered': rungs }),
  /** Calls somebody asked for: so many tries in vain; a follow-up has limits of its own. */
  taskTries: z.number().int().min(1).max(10),
  /** A person stays taken so long without a sign of life, before and while talking. */
  claimMinutes: z.number().int().min(2).max(60),
  talkMinutes: z.number().int().min(10).max(240),
})
export type CallPolicy = z.output<typeof callPolicy>
export const RULE_PARTS = ['hours', 'days', 'ladder', 'taskTries', 'claimMinutes'] as const

export const callRules = z.object({
  /** 0: as they come with Peiban. */
  version: z.number().int(),
  policy: callPolicy,
  because: z.string(),
  by: z.string().nullable(),
  at: instant.nullable(),
})
export type CallRules = z.infer<typeof callRules>

export const getCallRules = endpoint({
  name: 'call-desk.rules',
  method: 'GET',
  path: '/call-rules',
  summary: 'When people may be called, and when again: in force, as it comes with Peiban, and former versions',
  gate: { permission: 'call.rule.read', audit: { none: 'says nothing of anybody' } },
  output: z.object({
    current: callRules,
    /** What counts where the rules leave the hours to the organization. */
    organizationHours: z.object({ from: timeOfDay, to: timeOfDay }),
    shipped: z.object({ policy: callPolicy, reasons: z.record(z.enum(RULE_PARTS), bilingual) }),
    history: z.array(callRules),
    can: z.object({ write: z.boolean() }),
  }),
})

export const changeCallRules = endpoint({
  name: 'call-desk.changeRules',
  method: 'PUT',
  path: '/call-rules',
  summary: 'Set the rules of calling; they count from the next call on',
  gate: { permission: 'call.rule.write', audit: { action: 'call.rules-change' } },
  body: z.strictObject({
    policy: callPolicy,
    /** The version that was read. */
    version: z.number().int().min(0),
    because: z.string().trim().min(2).max(300),
  }),
  output: callRules,
  problems: ['CallRulesChanged'],
})
