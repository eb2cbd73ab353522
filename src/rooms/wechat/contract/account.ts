import { z } from 'zod'
import { endpoint, staffId } from '../../../platform/contract/index.ts'
import { platformTemplate } from './template.ts'
import { wechatAccountId, wechatKind } from './words.ts'

const fields = z.object({
  kind: wechatKind,
  /** For staff: as the hospital calls it. */
  name: z.string().trim().min(1).max(40),
  /** AppID; the corpid of WeCom. */
  appId: z
    .string()
    .trim()
    .regex(/^w[wx][0-9A-Za-z]{6,40}$/),
  /** Of the application in WeCom; null with the others. */
  agentId: z.number().int().min(1).max(99_999_999).nullable().default(null),
  /** The first words to a new contact in WeCom, within 20 seconds; empty: none. */
  welcome: z.string().trim().max(600).default(''),
  /** Off: nothing is sent, and what waits says so. Callbacks are taken all the same. */
  active: z.boolean().default(true),
})

export const wechatAccountView = fields.extend({
  id: wechatAccountId,
  version: z.number().int(),
  /** Of a demonstration: nothing that goes by it leaves the machine. */
  standIn: z.boolean(),
  /** Enough to know which secret was entered. */
  secretEnd: z.string(),
  /** Whether callbacks come encrypted. */
  encrypted: z.boolean(),
  /** Entered at the platform as the address of callbacks. */
  callback: z.string(),
  lastEventAt: z.string().nullable(),
  /** Why the platform refuses all we ask, as it last said; null while nothing is known against it. */
  fault: z.object({ code: z.string(), text: z.string(), at: z.string() }).nullable(),
  changedBy: z.string(),
  changedAt: z.string(),
  /** Whose contacts in WeCom are whose of the staff. */
  staff: z.array(
    z.object({
      userId: z.string(),
      staffId,
      name: z.string(),
      /** Why the last message to them did not arrive, as WeCom's code; null where it did, or there was none. */
      refused: z.string().nullable(),
    }),
  ),
  templates: z.array(platformTemplate),
  /** Of the last 30 days. */
  figures: z.object({
    accepted: z.number().int(),
    delivered: z.number().int(),
    refused: z.number().int(),
    inDoubt: z.number().int(),
    waiting: z.number().int(),
    /** What our own staff were told in WeCom. */
    staffTold: z.number().int(),
    staffMissed: z.number().int(),
  }),
})
export type WeChatAccountView = z.output<typeof wechatAccountView>

const secrets = {
  /** AppSecret, the application's Secret. Empty keeps the one that is there, likewise the next two. */
  secret: z.string().trim().max(200).default(''),
  /** Token of callbacks, 3 to 32 letters and digits. */
  token: z
    .string()
    .trim()
    .regex(/^([0-9A-Za-z]{3,32})?$/)
    .default(''),
  /** EncodingAESKey. */
  aesKey: z
    .string()
    .trim()
    .regex(/^([0-9A-Za-z]{43})?$/)
    .default(''),
}
const gate = (action: string) => ({
  permission: 'integration.configure' as const,
  audit: { action, subject: 'accountId' },
})
const ofAccount = z.object({ accountId: wechatAccountId })
const problems = ['WeChatChangedMeanwhile', 'WeChatSecretMissing', 'WeChatAgentMissing', 'WeChatAccountTwice']

export const listWeChatAccounts = endpoint({
  name: 'wechat.listAccounts',
  method: 'GET',
  path: '/wechat-accounts',
  summary: 'The organization’s accounts with WeChat and WeCom, without their secrets, and how they are doing',
  gate: { permission: 'integration.configure', audit: { none: 'says nothing of a patient and shows no secret' } },
  output: z.object({ rows: z.array(wechatAccountView) }),
})

export const addWeChatAccount = endpoint({
  name: 'wechat.addAccount',
  method: 'POST',
  path: '/wechat-accounts',
  summary: 'Enter an account; its secret is never shown again',
  gate: { permission: 'integration.configure', audit: { action: 'wechat.add-account' } },
  body: fields.extend(secrets),
  output: wechatAccountView,
  problems,
})

export const changeWeChatAccount = endpoint({
  name: 'wechat.changeAccount',
  method: 'PUT',
  path: '/wechat-accounts/:accountId',
  summary: 'Change an account; an empty secret, token or key keeps what is there',
  gate: gate('wechat.change-account'),
  params: ofAccount,
  body: fields.omit({ kind: true, appId: true }).extend({
    ...secrets,
    version: z.number().int(),
    /** A new address for callbacks: the old one stops at once. */
    renewCallback: z.boolean().default(false),
  }),
  output: wechatAccountView,
  problems,
})

export const checkWeChatAccount = endpoint({
  name: 'wechat.checkAccount',
  method: 'GET',
  path: '/wechat-accounts/:accountId/check',
  summary: 'Ask the platform whether it knows the account and takes its secret; sends nothing to anybody',
  gate: gate('wechat.check-account'),
  params: ofAccount,
  output: z.object({ ok: z.boolean(), code: z.string(), text: z.string() }),
})

export const setWeComStaff = endpoint({
  name: 'wechat.setStaff',
  method: 'PUT',
  path: '/wechat-accounts/:accountId/staff',
  summary:
    'Say which member of staff has which user id in WeCom, one each: for mass messages to confirm, and for what they are told',
  gate: gate('wechat.set-staff'),
  params: ofAccount,
  body: z.object({
    rows: z.array(z.object({ userId: z.string().trim().min(1).max(64), staffId })).max(500),
  }),
  output: wechatAccountView,
  problems: ['WeChatNotWeCom', 'WeChatStaffTwice', 'WeChatPersonTwice'],
})
