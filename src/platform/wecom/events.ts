import { childText, type XmlElement } from '../wechat/xml.ts'

/** What happens between staff and customers, as WeCom tells it by callback (developer.work.weixin.qq.com/document/path/92130). */
export type WeComEvent = WeComEventBase &
  (
    | {
        kind: 'contact-added'
        /** Which code they came by. */
        state: string
        /** For the first words, once, within 20 seconds; '' when the administration has set words of its own. */
        welcomeCode: string
        /** They were added without being asked, and have not answered yet. */
        isHalf: boolean
      }
    | { kind: 'contact-changed' }
    /** A member of staff has deleted the customer. */
    | { kind: 'contact-removed-by-staff' }
    /** The customer has deleted the member of staff: nothing reaches them this way any more. */
    | { kind: 'contact-removed-by-customer' }
    /** They have agreed that talks are kept. */
    | { kind: 'archive-agreed' }
    | { kind: 'other'; name: string }
  )

export interface WeComEventBase {
  staffUserId: string
  externalId: string
  at: Date
  /** The same for each time it is told. */
  key: string
}

type Told = WeComEvent extends infer E ? (E extends WeComEventBase ? Omit<E, keyof WeComEventBase> : never) : never

export function wecomEventOf(message: XmlElement): WeComEvent {
  const event = childText(message, 'Event')
  const change = childText(message, 'ChangeType')
  const staffUserId = childText(message, 'UserID')
  const externalId = childText(message, 'ExternalUserID')
  const seconds = childText(message, 'CreateTime')
  const base = {
    staffUserId,
    externalId,
    at: new Date(Number(seconds) * 1000),
    key: `${event}:${change}:${staffUserId}:${externalId}:${seconds}`,
  }
  return { ...base, ...told(event, change, message) }
}

function told(event: string, change: string, message: XmlElement): Told {
  if (event !== 'change_external_contact') return { kind: 'other', name: event }
  switch (change) {
    case 'add_external_contact':
    case 'add_half_external_contact':
      return {
        kind: 'contact-added',
        state: childText(message, 'State'),
        welcomeCode: childText(message, 'WelcomeCode'),
        isHalf: change === 'add_half_external_contact',
      }
    case 'edit_external_contact':
      return { kind: 'contact-changed' }
    case 'del_external_contact':
      return { kind: 'contact-removed-by-staff' }
    case 'del_follow_user':
      return { kind: 'contact-removed-by-customer' }
    case 'msg_audit_approved':
      return { kind: 'archive-agreed' }
    default:
      return { kind: 'other', name: change }
  }
}
