import { childOf, childText, type XmlElement } from './xml.ts'

/** What people and the server tell of by callback. */
export type WeChatEvent = WeChatEventBase &
  (
    | { kind: 'follow'; scene: string }
    | { kind: 'unfollow' }
    | { kind: 'scan'; scene: string }
    | { kind: 'text'; text: string }
    /** Anything else that somebody has sent: a picture, a voice. */
    | { kind: 'sent-something'; type: string }
    | { kind: 'menu-click'; button: string }
    | { kind: 'menu-view'; url: string }
    | { kind: 'template-sent'; messageId: string; outcome: 'delivered' | 'refused-by-recipient' | 'failed' }
    /** What they have answered to the question whether they want notices: one answer per template. */
    | { kind: 'consent'; answers: { templateId: string; accepted: boolean }[] }
    /** Taken back later, in WeChat's own settings. */
    | { kind: 'consent-withdrawn'; templateIds: string[] }
    | { kind: 'notice-sent'; reports: { templateId: string; messageId: string; delivered: boolean; code: string }[] }
    | { kind: 'other'; name: string }
  )

export interface WeChatEventBase {
  openId: string
  at: Date
  /** The same for each time the server tells it (it tells up to three times): keep it, and do nothing twice. */
  key: string
}

export function eventOf(message: XmlElement): WeChatEvent {
  const openId = childText(message, 'FromUserName')
  const type = childText(message, 'MsgType')
  const event = childText(message, 'Event')
  const seconds = childText(message, 'CreateTime')
  // Messages are told apart by their id, events by who, when and what (developers.weixin.qq.com, 接收事件推送).
  const messageId = childText(message, 'MsgId')
  const key = messageId
    ? `m:${messageId}`
    : ['e', openId, seconds, event, childText(message, 'EventKey'), ...reportedIn(message)].join(':')
  const base = { openId, at: new Date(Number(seconds) * 1000), key }
  if (type === 'text') return { ...base, kind: 'text', text: childText(message, 'Content') }
  if (type !== 'event') return { ...base, kind: 'sent-something', type }
  return { ...base, ...told(event, message) }
}

type Told = WeChatEvent extends infer E ? (E extends WeChatEventBase ? Omit<E, keyof WeChatEventBase> : never) : never

function told(event: string, message: XmlElement): Told {
  const eventKey = childText(message, 'EventKey')
  switch (event) {
    case 'subscribe':
      return { kind: 'follow', scene: eventKey.replace(/^qrscene_/, '') }
    case 'unsubscribe':
      return { kind: 'unfollow' }
    case 'SCAN':
      return { kind: 'scan', scene: eventKey }
    case 'CLICK':
      return { kind: 'menu-click', button: eventKey }
    case 'VIEW':
      return { kind: 'menu-view', url: eventKey }
    case 'TEMPLATESENDJOBFINISH':
      return { kind: 'template-sent', messageId: childText(message, 'MsgID'), outcome: outcomeOf(message) }
    case 'subscribe_msg_popup_event':
      return { kind: 'consent', answers: answersIn(message) }
    case 'subscribe_msg_change_event':
      return {
        kind: 'consent-withdrawn',
        templateIds: answersIn(message).flatMap(({ templateId, accepted }) => (accepted ? [] : [templateId])),
      }
    case 'subscribe_msg_sent_event':
      return { kind: 'notice-sent', reports: reportsIn(message) }
    default:
      return { kind: 'other', name: event }
  }
}

function outcomeOf(message: XmlElement): 'delivered' | 'refused-by-recipient' | 'failed' {
  const status = childText(message, 'Status')
  if (status === 'success') return 'delivered'
  return status === 'failed:user block' ? 'refused-by-recipient' : 'failed'
}

/** The list stands below an element named after the event; the server has used the first one's name for the second too. */
function listIn(message: XmlElement): XmlElement[] {
  const names = ['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent']
  const around = names.map((name) => childOf(message, name)).find(Boolean) ?? message
  return around.children.filter(({ name }) => name === 'List')
}

/** Two messages to one person in one second are two reports: each names the message it is about, as `MsgID`. */
function reportedIn(message: XmlElement): string[] {
  return [childText(message, 'MsgID'), ...listIn(message).map((one) => childText(one, 'MsgID'))].filter(Boolean)
}

function answersIn(message: XmlElement) {
  return listIn(message).map((one) => ({
    templateId: childText(one, 'TemplateId'),
    accepted: childText(one, 'SubscribeStatusString') === 'accept',
  }))
}

function reportsIn(message: XmlElement) {
  return listIn(message).map((one) => ({
    templateId: childText(one, 'TemplateId'),
    messageId: childText(one, 'MsgID'),
    delivered: childText(one, 'ErrorStatus') === 'success',
    code: childText(one, 'ErrorCode'),
  }))
}
