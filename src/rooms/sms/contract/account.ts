import { z } from 'zod'
import { endpoint, pii } from '../../../platform/contract/index.ts'
import { callbackKind, smsProviderName, unplacedId } from './words.ts'

/** 2–12 characters as both providers approve them, and a little more; without the brackets. */
const signName = z
  .string()
  .trim()
  .regex(/^[^【】[\]\s]{2,20}$/)

const fields = z.object({
  provider: smsProviderName,
  /** AccessKey ID, SecretId. */
  keyId: z.string().trim().min(8).max(128),
  /** Tencent's SmsSdkAppId. */
  appId: z.string().trim().max(20).default(''),
  /** Tencent's region; ap-guangzhou where none is given. */
  region: z
    .string()
    .trim()
    .regex(/^([a-z]{2}-[a-z]+(-\d)?)?$/)
    .default(''),
  signName,
  /** Of its own for promotions; empty: the same. */
  promotionSignName: z.union([z.literal(''), signName]).default(''),
  /** Number of the approved template for codes (验证码) at the provider. Empty: nobody can be sent a code. */
  codeTemplate: z.string().trim().max(40).default(''),
  /** That template word for word as approved: one variable, which is the code. */
  codeText: z.string().trim().max(200).default(''),
  /** Off: nothing is sent, and what waits says so. */
  active: z.boolean().default(true),
})

export const accountView = fields.extend({
  version: z.number().int(),
  /** Of a demonstration: nothing that goes by it leaves the machine. */
  standIn: z.boolean(),
  /** Enough to know which secret was entered. */
  secretEnd: z.string(),
  /** Whoever knows these addresses may report on messages: entered at the provider, and shown to nobody else. */
  callbacks: z.object({ receipts: z.string(), replies: z.string() }),
  changedBy: z.string(),
  changedAt: z.string(),
})
export type AccountView = z.output<typeof accountView>

export const getSmsAccount = endpoint({
  name: 'sms.getAccount',
  method: 'GET',
  path: '/sms-account',
  summary: 'The account at the provider of short messages, without its secret, and the addresses for callbacks',
  gate: { permission: 'integration.configure', audit: { none: 'says nothing of a patient and shows no secret' } },
  output: z.object({
    account: accountView.nullable(),
    /** Of the last 30 days. */
    figures: z.object({
      sent: z.number().int(),
      segments: z.number().int(),
      delivered: z.number().int(),
      undelivered: z.number().int(),
      inDoubt: z.number().int(),
      unplaced: z.number().int(),
    }),
  }),
})

export const setSmsAccount = endpoint({
  name: 'sms.setAccount',
  method: 'PUT',
  path: '/sms-account',
  summary: 'Enter or change the account; an empty secret keeps the one that is there',
  gate: { permission: 'integration.configure', audit: { action: 'sms.set-account' } },
  body: fields.extend({
    keySecret: z.string().trim().max(200).default(''),
    /** Of the account that was read; null enters the first one. */
    version: z.number().int().nullable(),
    /** New addresses for callbacks: the old ones stop at once. */
    renewCallbacks: z.boolean().default(false),
  }),
  output: accountView,
  problems: ['SmsAccountChangedMeanwhile', 'SmsSecretMissing', 'SmsAppIdMissing', 'SmsCodeTemplateUnfit'],
})

export const listUnplaced = endpoint({
  name: 'sms.listUnplaced',
  method: 'GET',
  path: '/sms-unplaced',
  summary: 'What a provider called back with and belongs to no message, with the reason, newest first, at most 100',
  gate: { permission: 'integration.configure', audit: { action: 'sms.list-unplaced' } },
  output: z.object({
    rows: z.array(
      z.object({
        id: unplacedId,
        kind: callbackKind,
        why: z.string(),
        phoneMasked: pii('phone', z.string()).nullable(),
        at: z.string(),
      }),
    ),
  }),
})
