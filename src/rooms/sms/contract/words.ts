import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const smsProviderName = z.enum(['aliyun', 'tencent'])
export const SENDING_STATES = ['sending', 'in-doubt', 'accepted', 'refused', 'delivered', 'undelivered'] as const
export type SendingState = (typeof SENDING_STATES)[number]

export const CALLBACK_KINDS = ['receipts', 'replies'] as const
export const callbackKind = z.enum(CALLBACK_KINDS)
export type CallbackKind = z.infer<typeof callbackKind>

/** Why something called back belongs to nothing: `form` and `number` could not be read, `unknown` is no message of ours. */
export const UNPLACED_REASONS = ['form', 'number', 'no id', 'unknown', 'nobody'] as const

export const sendingId = id('sms-sending')
export const replyId = id('sms-reply')
export const unplacedId = id('sms-unplaced')
