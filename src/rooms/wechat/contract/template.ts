import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { templateChannel, wechatAccountId, wechatKind } from './words.ts'

/** `thing1`, `date2`: the type of a field is its name without the number. */
const fieldKey = z.string().regex(/^[a-z][a-z_]{1,20}\d{0,3}$/)

export const platformField = z.object({
  key: fieldKey,
  /** As the platform's back end calls it. */
  label: z.string().trim().min(1).max(30),
  /** The values of an enumeration; empty with all other types. */
  allowed: z.array(z.string().trim().min(1).max(20)).max(30).default([]),
})

export const platformTemplate = z.object({
  accountId: wechatAccountId,
  templateId: z.string(),
  channel: templateChannel,
  title: z.string(),
  category: z.string(),
  lasting: z.boolean(),
  fields: z.array(platformField),
  /** Why the platform takes nothing by it; null while nothing is known. Saving it anew tries again. */
  fault: z.object({ code: z.string(), text: z.string(), at: z.string() }).nullable(),
  changedBy: z.string(),
  changedAt: z.string(),
})
export type PlatformTemplate = z.output<typeof platformTemplate>

const ofTemplate = z.object({
  accountId: wechatAccountId,
  templateId: z.string().regex(/^[\w-]{4,64}$/),
})

/** For those who write templates: what they may fill. */
export const listPlatformTemplates = endpoint({
  name: 'wechat.listTemplates',
  method: 'GET',
  path: '/wechat-templates',
  summary: 'The templates that WeChat has approved, by account, with their fields',
  gate: { permission: 'message.template.read', audit: { none: 'says nothing of anybody' } },
  output: z.object({
    accounts: z.array(z.object({ id: wechatAccountId, kind: wechatKind, name: z.string(), active: z.boolean() })),
    rows: z.array(platformTemplate),
  }),
})

export const putPlatformTemplate = endpoint({
  name: 'wechat.putTemplate',
  method: 'PUT',
  path: '/wechat-accounts/:accountId/templates/:templateId',
  summary: 'Enter or change a template of the platform, with its fields as the back end lists them',
  gate: { permission: 'integration.configure', audit: { action: 'wechat.put-template', subject: 'accountId' } },
  params: ofTemplate,
  body: z.object({
    channel: templateChannel,
    title: z.string().trim().min(1).max(40),
    /** 类目, as approved. */
    category: z.string().trim().max(40).default(''),
    /** 长期订阅: a consent lasts until it is taken back. */
    lasting: z.boolean().default(false),
    fields: z.array(platformField).min(1).max(12),
  }),
  output: platformTemplate,
  problems: ['WeChatFieldUnknown', 'WeChatFieldTwice', 'WeChatEnumEmpty', 'WeChatChannelOfOther'],
})

export const dropPlatformTemplate = endpoint({
  name: 'wechat.dropTemplate',
  method: 'DELETE',
  path: '/wechat-accounts/:accountId/templates/:templateId',
  summary: 'Forget a template of the platform; what is sent by it goes another way or waits',
  gate: { permission: 'integration.configure', audit: { action: 'wechat.drop-template', subject: 'accountId' } },
  params: ofTemplate,
  output: z.object({ dropped: z.boolean() }),
})
