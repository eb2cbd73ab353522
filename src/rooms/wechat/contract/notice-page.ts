import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'

/** Of which account of which organization; it says nothing of anybody. */
const place = z.object({ place: z.string().max(80) })
const gate = { permission: 'public', audit: { none: 'nobody is signed in, nothing of anybody is shown' } } as const

/**
 * A page by itself: what WeChat needs to ask there is fetched from WeChat, and nothing of that runs where somebody's health
 * is shown.
 */
export const noticePage = endpoint({
  name: 'wechat.noticePage',
  method: 'GET',
  path: '/wechat-notices/:place',
  summary: 'Opened in WeChat: say which notices one wants to get there',
  gate,
  params: place,
  media: 'text/html; charset=utf-8',
  output: z.unknown(),
})

export const noticePageConfig = endpoint({
  name: 'wechat.noticePageConfig',
  method: 'GET',
  path: '/wechat-notices/:place/config',
  summary: 'By which this page, and no other, may use what WeChat offers to pages',
  gate,
  params: place,
  query: z.object({ url: z.string().max(2000) }),
  output: z.object({
    appId: z.string(),
    timestamp: z.number().int(),
    nonceStr: z.string(),
    signature: z.string(),
  }),
  problems: ['WeChatAccountUnknown', 'WeChatPageOfOthers', 'WeChatPlatformRefused', 'WeChatUnreachable'],
})
