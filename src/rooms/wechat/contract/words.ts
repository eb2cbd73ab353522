import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

/** 公众号 (a service account), 小程序, 企业微信. */
export const WECHAT_KINDS = ['service', 'mini', 'wecom'] as const
export const wechatKind = z.enum(WECHAT_KINDS)
export type WeChatKind = z.infer<typeof wechatKind>

/** 模板消息, 订阅通知, 小程序订阅消息: each is sent by a template that the platform has approved. */
export const TEMPLATE_CHANNELS = ['wechat-template', 'wechat-notice', 'mini-notice'] as const
export const templateChannel = z.enum(TEMPLATE_CHANNELS)
export type TemplateChannel = z.infer<typeof templateChannel>

/** 客服消息 and 企业群发 carry words of our own. */
export const TEXT_CHANNELS = ['wechat-chat', 'wecom-mass'] as const
export type TextChannel = (typeof TEXT_CHANNELS)[number]
export type WeChatChannel = TemplateChannel | TextChannel

/** By what kind of account each goes. */
export const KIND_OF: Record<WeChatChannel, WeChatKind> = {
  'wechat-template': 'service',
  'wechat-notice': 'service',
  'wechat-chat': 'service',
  'mini-notice': 'mini',
  'wecom-mass': 'wecom',
}

/**
 * `tasked`: it lies with a member of staff, who has to confirm it; `in-doubt`: nobody knows whether it was taken;
 * `withdrawn`: called back before it was confirmed.
 */
export const SENDING_STATES = [
  'sending',
  'in-doubt',
  'accepted',
  'refused',
  'tasked',
  'delivered',
  'undelivered',
  'withdrawn',
] as const
export type SendingState = (typeof SENDING_STATES)[number]

export const wechatAccountId = id('wechat-account')
export const wechatActId = id('wechat-act')
export const wechatSendingId = id('wechat-sending')
export const wechatMassId = id('wechat-mass')

export function isTemplateChannel(channel: string): channel is TemplateChannel {
  return (TEMPLATE_CHANNELS as readonly string[]).includes(channel)
}
