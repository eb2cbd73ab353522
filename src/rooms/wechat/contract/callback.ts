import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'

/**
 * The address is secret and each call is signed besides: `signature` in the open, `msg_signature` over what is encrypted.
 * It is answered within the five seconds that both platforms wait.
 */
const callback = {
  gate: { permission: 'public', audit: { none: 'a machine calls; what it tells is kept' } },
  params: z.object({ token: z.string().max(120) }),
  query: z.object({
    signature: z.string().max(100).optional(),
    msg_signature: z.string().max(100).optional(),
    timestamp: z.string().max(20).optional(),
    nonce: z.string().max(100).optional(),
    echostr: z.string().max(2000).optional(),
    encrypt_type: z.string().max(10).optional(),
  }),
  media: 'text/plain',
  output: z.unknown(),
  problems: ['WeChatCallbackUnknown', 'WeChatCallbackRefused', 'WeChatCallbackTooLarge'],
} as const

export const wechatHello = endpoint({
  name: 'wechat.hello',
  method: 'GET',
  path: '/wechat/:token',
  summary: 'The platform tries the address: it gets its echo back',
  ...callback,
})

export const wechatTold = endpoint({
  name: 'wechat.told',
  method: 'POST',
  path: '/wechat/:token',
  summary: 'The platform tells what somebody has done, or what became of a message',
  upload: true,
  ...callback,
})
