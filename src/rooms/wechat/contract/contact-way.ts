import { z } from 'zod'
import { endpoint, id } from '../../../platform/contract/index.ts'
import { wechatAccountId } from './words.ts'

/** 联系我: a code that somebody scans to talk to one of the staff in WeCom. */
export const contactWayId = id('wechat-contact-way')

const ofAccount = z.object({ accountId: wechatAccountId })
const permission = 'integration.configure' as const

export const contactWay = z.object({
  id: contactWayId,
  /** Where it hangs, in words of staff. */
  name: z.string(),
  /** User ids in WeCom, and who that is where it is known. */
  staff: z.array(z.object({ userId: z.string(), name: z.string().nullable() })),
  /** For one talk, after which it is spent; only medical institutions may make these. */
  temporary: z.boolean(),
  /** When a temporary code ends. */
  until: z.string().nullable(),
  chatHours: z.number().int().nullable(),
  /** The picture of the code, at WeCom's. */
  codeUrl: z.string(),
  madeBy: z.string(),
  madeAt: z.string(),
})
export type ContactWayView = z.infer<typeof contactWay>

const ways = z.object({ rows: z.array(contactWay) })

export const listContactWays = endpoint({
  name: 'wechat.contactWays',
  method: 'GET',
  path: '/wechat-accounts/:accountId/contact-ways',
  summary: 'The codes by which people come to talk to the staff in WeCom',
  gate: { permission, audit: { none: 'says nothing of a patient' } },
  params: ofAccount,
  output: ways,
  problems: ['WeChatNotWeCom'],
})

export const addContactWay = endpoint({
  name: 'wechat.addContactWay',
  method: 'POST',
  path: '/wechat-accounts/:accountId/contact-ways',
  summary: 'Have WeCom make a code: one that stays, or one for a single talk',
  gate: { permission, audit: { action: 'wechat.add-contact-way', subject: 'accountId' } },
  params: ofAccount,
  body: z.object({
    name: z.string().trim().min(1).max(30),
    userIds: z.array(z.string().trim().min(1).max(64)).min(1).max(100),
    temporary: z.boolean().default(false),
    /** WeCom's own most is 14 days of either. */
    codeDays: z.number().int().min(1).max(14).default(7),
    chatHours: z.number().int().min(1).max(336).default(24),
  }),
  output: ways,
  problems: ['WeChatNotWeCom', 'WeChatWayOfOne', 'WeChatPlatformRefused', 'WeChatUnreachable'],
})

export const removeContactWay = endpoint({
  name: 'wechat.removeContactWay',
  method: 'DELETE',
  path: '/wechat-accounts/:accountId/contact-ways/:wayId',
  summary: 'Have WeCom forget a code: whoever scans it comes to nobody',
  gate: { permission, audit: { action: 'wechat.remove-contact-way', subject: 'accountId' } },
  params: ofAccount.extend({ wayId: contactWayId }),
  output: ways,
  problems: ['WeChatWayUnknown', 'WeChatPlatformRefused', 'WeChatUnreachable'],
})
