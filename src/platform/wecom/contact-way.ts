import { heldBack, type Answer } from '../wechat/answer.ts'
import { textOf } from '../wechat/call.ts'
import { mapped } from '../wechat/service-account.ts'
import type { CorpCall } from './corp.ts'

/**
 * 联系我: a code that somebody scans to talk to a member of staff. A temporary one, which only medical institutions may
 * make, is for one person, spent with its first use, and the talk ends by itself: what a consultation desk needs.
 * Source: developer.work.weixin.qq.com/document/path/96348 (read 2026-11). Whoever loses `configId` cannot take it back.
 */
export interface ContactWays {
  addTemporary(way: NewTemporaryWay): Promise<Answer<ContactWay>>
  /** One that stays; up to 500,000 of them. */
  addLasting(way: { staffUserIds: readonly string[]; state?: string; remark?: string }): Promise<Answer<ContactWay>>
  remove(configId: string): Promise<Answer<null>>
  /** Ends a temporary talk before its time. */
  closeChat(staffUserId: string, externalId: string): Promise<Answer<null>>
}

export interface NewTemporaryWay {
  staffUserId: string
  /** How long the code may be scanned; up to 14 days, 7 days unless told. */
  codeSeconds?: number
  /** How long they may talk after it; up to 14 days, 24 hours unless told. */
  chatSeconds?: number
  /** Only this person, by their unionid. */
  unionId?: string
  /** Comes back in the event, up to 30 characters: where the code was shown. No personal data. */
  state?: string
  /** Sent by itself at the end. */
  conclusion?: { text?: string; link?: { title: string; url: string; description?: string } }
}

export interface ContactWay {
  configId: string
  /** Address of the picture of the code. */
  codeUrl: string
}

const SECONDS_MAX = 14 * 86_400
const STATE_MAX = 30

export function contactWays(call: CorpCall): ContactWays {
  const add = async (body: object): Promise<Answer<ContactWay>> =>
    mapped(await call({ path: '/cgi-bin/externalcontact/add_contact_way', body }), (fields) => ({
      configId: textOf(fields, 'config_id'),
      codeUrl: textOf(fields, 'qr_code'),
    }))
  return {
    async addTemporary({ staffUserId, codeSeconds = 7 * 86_400, chatSeconds = 86_400, unionId, state, conclusion }) {
      if (!isDuration(codeSeconds) || !isDuration(chatSeconds))
        return heldBack('content', `a temporary way lasts up to ${SECONDS_MAX} seconds`)
      if ((state ?? '').length > STATE_MAX) return heldBack('content', `a state has up to ${STATE_MAX} characters`)
      return add({
        type: 1,
        scene: 2,
        user: [staffUserId],
        state,
        is_temp: true,
        expires_in: codeSeconds,
        chat_expires_in: chatSeconds,
        unionid: unionId,
        conclusions: conclusion && conclusionFields(conclusion),
      })
    },
    async addLasting({ staffUserIds, state = '', remark = '' }) {
      if (staffUserIds.length < 1 || staffUserIds.length > 100) return heldBack('content', 'for 1 to 100 of the staff')
      if (state.length > STATE_MAX || remark.length > STATE_MAX)
        return heldBack('content', `state and remark have up to ${STATE_MAX} characters`)
      return add({ type: staffUserIds.length === 1 ? 1 : 2, scene: 2, user: staffUserIds, state, remark })
    },
    remove: async (configId) =>
      mapped(
        await call({ path: '/cgi-bin/externalcontact/del_contact_way', body: { config_id: configId } }),
        () => null,
      ),
    closeChat: async (staffUserId, externalId) =>
      mapped(
        await call({
          path: '/cgi-bin/externalcontact/close_temp_chat',
          body: { userid: staffUserId, external_userid: externalId },
        }),
        () => null,
      ),
  }
}

const isDuration = (seconds: number) => Number.isInteger(seconds) && seconds > 0 && seconds <= SECONDS_MAX

function conclusionFields({ text, link }: NonNullable<NewTemporaryWay['conclusion']>): object {
  return {
    ...(text ? { text: { content: text } } : {}),
    ...(link ? { link: { title: link.title, url: link.url, desc: link.description } } : {}),
  }
}
