import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'

/**
 * Neither provider signs its callbacks: whoever knows the secret address may call. It is entered at the provider, is
 * compared by its hash, and can be renewed.
 */
const callback = {
  method: 'POST',
  gate: { permission: 'public', audit: { none: 'a machine calls; what it brings is kept whole' } },
  params: z.object({ token: z.string().max(120) }),
  upload: true,
  media: 'application/json',
  output: z.unknown(),
  problems: ['SmsCallbackUnknown', 'SmsCallbackTooLarge'],
} as const

export const smsReceipts = endpoint({
  name: 'sms.receipts',
  path: '/sms/:token/receipts',
  summary: 'What became of short messages, as the provider calls back',
  ...callback,
})

export const smsReplies = endpoint({
  name: 'sms.replies',
  path: '/sms/:token/replies',
  summary: 'What people wrote back, as the provider calls back',
  ...callback,
})
