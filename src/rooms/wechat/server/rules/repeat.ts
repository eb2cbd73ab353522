import type { WeChatChannel } from '../../contract/words.ts'

/** developers.weixin.qq.com, template/send: the same `client_msg_id` within ten minutes is one message. A little less. */
const DOUBLE_KNOWN_MS = 9.5 * 60_000

/**
 * Whether a message of which nobody knows if it was taken may be asked for again without a second copy: a template
 * message while the platform knows its id, a notice whose one consent pays for one message. What rests on a lasting
 * consent, words of our own and mass messages know no such thing: they are never sent twice.
 */
export function mayRepeat(message: { channel: WeChatChannel; lasting: boolean; firstTryAt: Date }, now: Date): boolean {
  if (message.channel === 'wechat-template') return now.getTime() - message.firstTryAt.getTime() < DOUBLE_KNOWN_MS
  return (message.channel === 'wechat-notice' || message.channel === 'mini-notice') && !message.lasting
}
