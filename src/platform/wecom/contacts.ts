import { heldBack, ok, type Answer } from '../wechat/answer.ts'
import { listOf, numberOf, textOf, textsOf, type Fields } from '../wechat/call.ts'
import { mapped } from '../wechat/service-account.ts'
import { attachmentFields, contentProblem, type Content } from './content.ts'
import type { CorpCall } from './corp.ts'

export interface Contacts {
  /** Ids of a staff member's customers. */
  ofStaff(staffUserId: string): Promise<Answer<string[]>>
  detail(externalId: string): Promise<Answer<Contact>>
  /**
   * The first words to a new customer, with the code that their event has brought: once, and within 20 seconds of it.
   * @param receivedAt when the event came
   */
  welcome(message: Content & { code: string; receivedAt: Date; now: Date }): Promise<Answer<null>>
  /** 应用消息: to staff, from our application. The same words within half an hour reach them once. */
  notifyStaff(message: { staffUserIds: readonly string[]; text: string }): Promise<Answer<StaffNotice>>
}

export interface Contact {
  externalId: string
  name: string
  /** Ties them to their openid of the hospital's service account, where both belong to one open platform account. */
  unionId: string | null
  /** Who of the staff has them, since when, and by which code. */
  staff: { userId: string; since: Date; state: string }[]
}

export interface StaffNotice {
  messageId: string
  /** Who may not be reached by this application. */
  unknown: string[]
  /** Whose account has no licence for interfaces, or not any more. */
  unlicensed: string[]
}

/** Source: developer.work.weixin.qq.com/document/path/92599 (read 2026-11). */
export const WELCOME_SECONDS = 20
/** A call takes its time: with less than this left the words would come too late. */
const MARGIN_MS = 1000
const TEXT_BYTES_MAX = 2048

export function contacts(call: CorpCall, agentId: number): Contacts {
  return {
    async ofStaff(staffUserId) {
      const answer = await call({ path: '/cgi-bin/externalcontact/list', query: { userid: staffUserId } })
      // 84061: this member of staff has no customer.
      if (answer.kind === 'refused' && answer.code === 84061) return ok([])
      return mapped(answer, (fields) => textsOf(fields, 'external_userid'))
    },
    async detail(externalId) {
      const staff: Contact['staff'] = []
      for (let cursor = ''; ;) {
        const query = { external_userid: externalId, ...(cursor ? { cursor } : {}) }
        const answer = await call({ path: '/cgi-bin/externalcontact/get', query })
        if (answer.kind !== 'ok') return answer
        staff.push(...listOf(answer.value, 'follow_user').map(staffOf))
        cursor = textOf(answer.value, 'next_cursor')
        if (!cursor) return ok(contactOf(answer.value, staff))
      }
    },
    async welcome({ code, receivedAt, now, ...content }) {
      if (now.getTime() - receivedAt.getTime() > WELCOME_SECONDS * 1000 - MARGIN_MS)
        return heldBack('code-spent', `a welcome is said within ${WELCOME_SECONDS} seconds`)
      const problem = contentProblem(content)
      if (problem) return heldBack('content', problem)
      const body = { welcome_code: code, ...attachmentFields(content) }
      return mapped(await call({ path: '/cgi-bin/externalcontact/send_welcome_msg', body }), () => null)
    },
    async notifyStaff({ staffUserIds, text }) {
      if (staffUserIds.length < 1 || staffUserIds.length > 1000) return heldBack('content', 'to 1 to 1000 of the staff')
      if (text.trim() === '' || Buffer.byteLength(text) > TEXT_BYTES_MAX)
        return heldBack('content', `a text has 1 to ${TEXT_BYTES_MAX} bytes`)
      const answer = await call({
        path: '/cgi-bin/message/send',
        body: {
          touser: staffUserIds.join('|'),
          msgtype: 'text',
          agentid: agentId,
          text: { content: text },
          enable_duplicate_check: 1,
          duplicate_check_interval: 1800,
        },
      })
      return mapped(answer, (fields) => ({
        messageId: textOf(fields, 'msgid'),
        unknown: textOf(fields, 'invaliduser').split('|').filter(Boolean),
        unlicensed: textOf(fields, 'unlicenseduser').split('|').filter(Boolean),
      }))
    },
  }
}

function staffOf(one: Fields): Contact['staff'][number] {
  return {
    userId: textOf(one, 'userid'),
    since: new Date(numberOf(one, 'createtime') * 1000),
    state: textOf(one, 'state'),
  }
}

function contactOf(fields: Fields, staff: Contact['staff']): Contact {
  const person = (fields['external_contact'] ?? {}) as Fields
  return {
    externalId: textOf(person, 'external_userid'),
    name: textOf(person, 'name'),
    unionId: textOf(person, 'unionid') || null,
    staff,
  }
}
