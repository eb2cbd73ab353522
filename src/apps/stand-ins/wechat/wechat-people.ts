import type { Clock } from '../../../platform/clock.ts'
import type { XmlFields } from '../../../platform/wechat/xml.ts'
import type { Act } from './wechat.ts'
import type { Outgoing } from './wechat-messages.ts'

/** Somebody with WeChat, as the server knows them for one account. */
export interface Person {
  following: boolean
  /** Does not want template messages: the server says so at once, or only afterwards. */
  refuses: 'at-once' | 'afterwards' | null
  /** How many messages of a template they have agreed to; Infinity for a lasting consent. */
  consents: Map<string, number>
  /** Until when, and how often, they may be written to after what they did. */
  windows: Map<string, { until: number; left: number }>
}

/** What the table of the customer messages allows: how many, for how many seconds. */
const ALLOWED: Record<string, [count: number, seconds: number]> = {
  say: [5, 172_800],
  click: [3, 60],
  follow: [3, 60],
  scan: [3, 60],
}

export function peopleOf(clock: Clock) {
  const known = new Map<string, Person>()
  // Beyond 2^53, as the real ones are.
  let messageId = 24_000_000_000_000_000n
  /** Whoever has an openid here is known by having acted, or by being asked for in a test. */
  const of = (openId: string): Person => {
    let person = known.get(openId)
    if (!person)
      known.set(openId, (person = { following: false, refuses: null, consents: new Map(), windows: new Map() }))
    return person
  }
  const head = (openId: string): XmlFields => ({
    ToUserName: 'gh_0123456789ab',
    FromUserName: openId,
    CreateTime: Math.floor(clock.now().getTime() / 1000),
  })
  const event = (openId: string, name: string, more: XmlFields = {}): XmlFields => ({
    ...head(openId),
    MsgType: 'event',
    Event: name,
    ...more,
  })
  return {
    of,
    known: (openId: string) => known.get(openId),
    does(openId: string, act: Act): XmlFields {
      const person = of(openId)
      const allowed = ALLOWED[act.act]
      if (allowed) person.windows.set(act.act, { left: allowed[0], until: clock.now().getTime() + allowed[1] * 1000 })
      switch (act.act) {
        case 'follow':
          person.following = true
          return event(openId, 'subscribe', { EventKey: act.scene ? `qrscene_${act.scene}` : '' })
        case 'unfollow':
          Object.assign(person, { following: false })
          person.windows.clear()
          return event(openId, 'unsubscribe', { EventKey: '' })
        case 'scan':
          return event(openId, 'SCAN', { EventKey: act.scene })
        case 'click':
          return event(openId, 'CLICK', { EventKey: act.key })
        case 'say':
          return { ...head(openId), MsgType: 'text', Content: act.text, MsgId: String(++messageId) }
        case 'consent':
          return event(openId, 'subscribe_msg_popup_event', { SubscribeMsgPopupEvent: answers(person, act.answers) })
        case 'withdraw':
          for (const templateId of act.templateIds) person.consents.delete(templateId)
          return event(openId, 'subscribe_msg_change_event', {
            // The name of the other event's element is what the documentation itself shows here.
            SubscribeMsgPopupEvent: {
              List: act.templateIds.map((TemplateId) => ({ TemplateId, SubscribeStatusString: 'reject' })),
            },
          })
      }
    },
    report(message: Outgoing): XmlFields {
      const refused = of(message.openId).refuses === 'afterwards'
      if (message.way === 'template')
        return event(message.openId, 'TEMPLATESENDJOBFINISH', {
          MsgID: message.id,
          Status: refused ? 'failed:user block' : 'success',
        })
      return event(message.openId, 'subscribe_msg_sent_event', {
        SubscribeMsgSentEvent: {
          List: [
            {
              TemplateId: message.templateId,
              MsgID: message.id,
              ErrorCode: refused ? 43101 : 0,
              ErrorStatus: refused ? 'user block' : 'success',
            },
          ],
        },
      })
    },
  }
}

export type People = ReturnType<typeof peopleOf>

function answers(person: Person, given: Record<string, 'accept' | 'reject' | 'lasting'>): XmlFields {
  const list = Object.entries(given).map(([TemplateId, answer]) => {
    if (answer === 'lasting') person.consents.set(TemplateId, Infinity)
    if (answer === 'accept') person.consents.set(TemplateId, (person.consents.get(TemplateId) ?? 0) + 1)
    return { TemplateId, SubscribeStatusString: answer === 'reject' ? 'reject' : 'accept', PopupScene: 1 }
  })
  return { List: list }
}
