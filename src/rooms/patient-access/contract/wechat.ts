import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'

export const wechatLink = endpoint({
  name: 'patient-access.wechatLink',
  method: 'GET',
  path: '/my/wechat',
  summary: 'Where a page that is open in WeChat learns whose account it is',
  gate: { permission: 'patient', audit: { none: 'an address of WeChat; says nothing of anybody' } },
  output: z.object({
    /** Null: the organization has no service account. */
    url: z.string().nullable(),
    /** An account is tied to this person already. */
    linked: z.boolean(),
  }),
})

export const linkWeChat = endpoint({
  name: 'patient-access.linkWeChat',
  method: 'POST',
  path: '/my/wechat',
  summary: 'Tie the WeChat account of whoever is in to the person; of a child under 14, as whoever speaks for it',
  gate: { permission: 'patient', audit: { action: 'my.link-wechat' } },
  body: z.object({ code: z.string().min(1).max(200), state: z.string().min(1).max(128) }),
  output: z.object({ linked: z.boolean() }),
  problems: ['WeChatLinkStale'],
})
