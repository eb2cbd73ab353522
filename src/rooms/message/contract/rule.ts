import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { timeOfDay } from '../../organization/contract/settings.ts'
import { APPROVABLE, channel, PURPOSES, purpose } from './words.ts'

const endAfterBegin = { path: ['to'], message: 'endAfterBegin' }
/** Times of the organization's clock; the last minute belongs to the night. */
const span = z.strictObject({ from: timeOfDay, to: timeOfDay }).refine(({ from, to }) => from < to, endAfterBegin)

/** `not-holidays`: not on days off by law; `workdays`: neither there nor at weekends, but on weekends that are worked. */
export const DAY_RULES = ['every-day', 'not-holidays', 'workdays'] as const
export const dayRule = z.enum(DAY_RULES)
export type DayRule = z.infer<typeof dayRule>

const limit = z.number().int().min(1).max(500).nullable()
/** How many things a person is told in 24 hours, 7 and 30 days, by all channels together; null: no limit. */
export const cap = z.strictObject({ day: limit, week: limit, month: limit })
export type Cap = z.infer<typeof cap>
export const CAP_SCOPES = ['all', 'care', 'promotion'] as const
export type CapScope = (typeof CAP_SCOPES)[number]

const ofPurposes = <T extends z.ZodType>(one: T) => z.strictObject({ service: one, care: one, promotion: one })

/** The rules of sending of an organization; everything in it counts from the next claim on. */
export const messagePolicy = z.strictObject({
  hours: ofPurposes(span),
  /** Where a channel has hours of its own for a purpose. */
  channelHours: z
    .array(
      z
        .strictObject({ purpose, channel, from: timeOfDay, to: timeOfDay })
        .refine(({ from, to }) => from < to, endAfterBegin),
    )
    .max(24)
    .default([]),
  days: ofPurposes(dayRule),
  /** `all` counts what is rationed of every purpose together. */
  caps: z.strictObject({ all: cap, care: cap, promotion: cap }),
  /** Of all that a person is told within so many days at most so many percent may be promotional; 100 says nothing. */
  share: z.strictObject({ percent: z.number().int().min(0).max(100), days: z.number().int().min(7).max(90) }),
  /** Of the people of a promotional campaign so many percent get nothing, for comparison. */
  holdoutPercent: z.number().int().min(0).max(50),
  /** What the reading of the words holds back until a second person has let it go; all else of that kind is blocked. */
  secondApproval: z.array(z.enum(APPROVABLE)).max(APPROVABLE.length),
  /** After so many days an address that did not exist may be tried again. */
  bounceDays: z.number().int().min(7).max(3650),
})
export type MessagePolicy = z.output<typeof messagePolicy>
/** The parts of the rules, each of which has a reason that comes with Peiban. */
export const RULE_PARTS = ['hours', 'days', 'caps', 'share', 'holdout', 'secondApproval', 'bounceDays'] as const

export const sendRules = z.object({
  /** 0: as they come with Peiban. */
  version: z.number().int(),
  policy: messagePolicy,
  because: z.string(),
  by: z.string().nullable(),
  at: z.string().nullable(),
})

export const getRules = endpoint({
  name: 'message.getRules',
  method: 'GET',
  path: '/message-rules',
  summary: 'What decides whether and when a message may go: in force, as it comes with Peiban, and former versions',
  gate: { permission: 'message.rule.read', audit: { none: 'says nothing of anybody' } },
  output: z.object({
    current: sendRules,
    shipped: z.object({ policy: messagePolicy, reasons: z.record(z.enum(RULE_PARTS), bilingual) }),
    history: z.array(sendRules),
    can: z.object({ write: z.boolean() }),
  }),
})

export const changeRules = endpoint({
  name: 'message.changeRules',
  method: 'PUT',
  path: '/message-rules',
  summary: 'Set the rules of sending; they count from the next claim on, also for what is waiting',
  gate: { permission: 'message.rule.write', audit: { action: 'message.rules-change' } },
  body: z.object({
    policy: messagePolicy,
    /** The version that was read. */
    version: z.number().int(),
    because: z.string().trim().min(1).max(300),
  }),
  output: sendRules,
  problems: ['RulesChangedMeanwhile', 'RulesTwice'],
})

/** What rules would have held back of the last 30 days. */
export const previewRules = endpoint({
  name: 'message.previewRules',
  method: 'POST',
  path: '/message-rules/preview',
  summary: 'What these rules would have held back of what went out in the last 30 days; changes nothing',
  gate: { permission: 'message.rule.read', audit: { none: 'counts only, and nothing is kept' } },
  body: z.object({ policy: messagePolicy }),
  output: z.object({
    /** So many messages that went out were looked at. */
    looked: z.number().int(),
    /** There were more; the newest were looked at. */
    capped: z.boolean(),
    held: z.array(
      z.object({
        purpose: z.enum(PURPOSES),
        reason: z.string(),
        /** It would have gone out later. */
        later: z.boolean(),
        count: z.number().int(),
        people: z.number().int(),
      }),
    ),
  }),
})
