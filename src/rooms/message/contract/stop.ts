import { z } from 'zod'
import { endpoint, id, pii } from '../../../platform/contract/index.ts'

/** What may stand still: everything after a restore, a campaign, a channel; a login of the mail server is only told of. */
export const STOP_KINDS = ['restored', 'campaign', 'channel', 'login'] as const
export type StopKind = (typeof STOP_KINDS)[number]

/** Why; each has a sentence in the locales under `stop.why`. */
export const STOP_WHYS = [
  'older',
  'restore',
  'policy',
  'content',
  'complaints',
  'sms-signature',
  'sms-template',
  'wechat-template',
  'mail-login',
  'sms-account',
] as const
export type StopWhy = (typeof STOP_WHYS)[number]

export const stopId = id('message-stop')

/** What is waiting behind a restore, by what is known of it. */
export const gapCounts = z.object({
  /** Went out already, by the data folder; ended as sent. */
  sent: z.number().int(),
  /** Ended because its time has passed. */
  late: z.number().int(),
  /** Something of the same kind went to the same person, or its hand-over was begun: perhaps they have it. */
  maybe: z.number().int(),
  /** Advertising that belongs to no campaign. */
  promotion: z.number().int(),
  /** Of campaigns: they pause, and whoever keeps them decides. */
  campaign: z.number().int(),
  /** Care and service, still in time, and surely not sent. */
  care: z.number().int(),
})
export type GapCounts = z.infer<typeof gapCounts>

export const sendingStop = z.object({
  id: stopId,
  kind: z.enum(STOP_KINDS),
  why: z.enum(STOP_WHYS),
  /** Of a campaign its id; of a channel `sms` or `email:qq`. */
  scope: z.string(),
  /** Who keeps the mailboxes of a stopped channel, where people know them by a name. */
  keeper: z.string(),
  /** What the other side said. */
  reply: z.string(),
  /** After a restore: up to when the database knows what went out. */
  knowsUntil: z.string().nullable(),
  raisedAt: z.string(),
  liftedAt: z.string().nullable(),
  liftedBy: z.string().nullable(),
  because: pii('free-text', z.string()).nullable(),
  /** How many wait for it now; after a restore by kind. */
  waiting: z.number().int(),
  gap: gapCounts.nullable(),
  /** After a restore: a data folder was there that remembers what went out; otherwise nobody knows. */
  isRemembered: z.boolean(),
})
export type SendingStop = z.infer<typeof sendingStop>

export const listStops = endpoint({
  name: 'message.listStops',
  method: 'GET',
  path: '/sending-stops',
  summary: 'What does not leave the house at present and why, and the last that were lifted',
  gate: { permission: 'message.rule.read', audit: { none: 'counts only, says nothing of anybody' } },
  output: z.object({ open: z.array(sendingStop), lifted: z.array(sendingStop), can: z.object({ lift: z.boolean() }) }),
})

export const CHOICES = ['send', 'leave-out'] as const

export const liftStop = endpoint({
  name: 'message.liftStop',
  method: 'POST',
  path: '/sending-stops/:stopId/release',
  summary: 'Let sending go on, with a reason; after a restore also what becomes of what perhaps went out already',
  gate: { permission: 'message.rule.write', audit: { action: 'message.stop-lift', subject: 'stopId' } },
  params: z.object({ stopId }),
  body: z.object({
    because: pii('free-text', z.string().trim().min(2).max(300)),
    /** After a restore. */
    maybe: z.enum(CHOICES).default('leave-out'),
    promotion: z.enum(CHOICES).default('leave-out'),
    care: z.enum(CHOICES).default('send'),
  }),
  output: sendingStop,
  problems: ['StopOver', 'StopOfCampaign'],
})
