import type { Channel } from '../contract/words.ts'

/**
 * What a way of reaching people can do. The sender knows channels only by these words, so that a new one (a
 * WeChat service account) is a line here, its transport, and a contact to read.
 */
export interface ChannelAbility {
  code: Channel
  /** Leaves the house: bound to message hours, limits and consents, and needs an address. */
  outward: boolean
  /** Which contact of a person it needs. */
  address: 'email' | 'phone' | 'account' | null
  /** What it can carry. */
  carries: { subject: boolean; html: boolean }
}

export const CHANNEL_ABILITIES: Record<Channel, ChannelAbility> = {
  'in-app': { code: 'in-app', outward: false, address: null, carries: { subject: true, html: false } },
  email: { code: 'email', outward: true, address: 'email', carries: { subject: true, html: true } },
  sms: { code: 'sms', outward: true, address: 'phone', carries: { subject: false, html: false } },
  // Written to by the account somebody has there, as far as they have given a right (RIGHTS.md).
  'wechat-template': {
    code: 'wechat-template',
    outward: true,
    address: 'account',
    carries: { subject: false, html: false },
  },
  'wechat-notice': {
    code: 'wechat-notice',
    outward: true,
    address: 'account',
    carries: { subject: false, html: false },
  },
  'wechat-chat': { code: 'wechat-chat', outward: true, address: 'account', carries: { subject: false, html: false } },
  'mini-notice': { code: 'mini-notice', outward: true, address: 'account', carries: { subject: false, html: false } },
  'wecom-mass': { code: 'wecom-mass', outward: true, address: 'account', carries: { subject: false, html: false } },
}
