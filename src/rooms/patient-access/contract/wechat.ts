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

const notice = z.object({
  title: z.string(),
  /** One yes lasts until it is taken back; else each is one message. */
  lasting: z.boolean(),
  /** What the person's accounts with WeChat have agreed to and not yet got. */
  stands: z.enum(['none', 'some', 'always', 'refused']),
  left: z.number().int(),
})

export const myWeChatNotices = endpoint({
  name: 'patient-access.wechatNotices',
  method: 'GET',
  path: '/my/wechat/notices',
  summary: 'Which notices may still come by WeChat, and the page of WeChat where more are said yes to',
  gate: { permission: 'patient', audit: { none: 'one’s own wishes, read by oneself' } },
  output: z.object({
    /** Null: there is nothing to choose from, or the account is not tied yet. */
    page: z.string().nullable(),
    linked: z.boolean(),
    notices: z.array(notice),
  }),
})
