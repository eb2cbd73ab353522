import { windowAfter, type WindowAct } from '../../../../platform/wechat/customer-window.ts'
import type { WeChatEvent } from '../../../../platform/wechat/events.ts'
import type { WeComEvent } from '../../../../platform/wecom/events.ts'
import type { RightChange } from './channel-right.ts'

/** What an event of a service account or a mini-program changes about what may be sent to that person. */
export function changesOfWeChat(
  event: WeChatEvent,
  app: { kind: 'service' | 'mini'; isLasting: (templateId: string) => boolean },
): RightChange[] {
  const notice = app.kind === 'service' ? ('wechat-notice' as const) : ('mini-notice' as const)
  const open = (act: WindowAct): RightChange[] => {
    const { closesAt, left } = windowAfter(act, event.at)
    return app.kind === 'service'
      ? [{ change: 'open', channel: 'wechat-chat', basis: act, count: left, closesAt: closesAt.toISOString() }]
      : []
  }
  switch (event.kind) {
    case 'follow':
      return [{ change: 'grant', channel: 'wechat-template', template: '', basis: '', count: null }, ...open('follow')]
    // Consents for notices outlive it: they come among the service notices of WeChat itself.
    case 'unfollow':
      return [
        { change: 'withdraw', channel: 'wechat-template' },
        { change: 'withdraw', channel: 'wechat-chat' },
      ]
    case 'text':
    case 'sent-something':
      return open('message')
    case 'menu-click':
      return open('menu')
    case 'scan':
      return open('scan')
    case 'consent':
      return event.answers.flatMap(({ templateId, accepted }): RightChange[] => {
        // Whoever says no this time takes nothing back of what they have said before.
        const count = app.isLasting(templateId) ? null : 1
        return accepted ? [{ change: 'grant', channel: notice, template: templateId, basis: '', count }] : []
      })
    case 'consent-withdrawn':
      return event.templateIds.map((template) => ({ change: 'withdraw', channel: notice, template }))
    case 'template-sent':
      return event.outcome === 'refused-by-recipient' ? [{ change: 'withdraw', channel: 'wechat-template' }] : []
    default:
      return []
  }
}

/** Whether the person did it themselves: what the platform reports of its own accord is none of their acts. */
export function isOwnAct(event: Pick<WeChatEvent, 'kind'>): boolean {
  return !['template-sent', 'notice-sent', 'other'].includes(event.kind)
}

/** What an event between staff and a customer changes. Each of the staff is a way of its own to the customer. */
export function changesOfWeCom(event: WeComEvent): RightChange[] {
  const contact = { channel: 'wecom-mass', template: '', basis: event.staffUserId } as const
  switch (event.kind) {
    case 'contact-added':
      // Added without having answered: they cannot be written to yet.
      return event.isHalf ? [] : [{ change: 'grant', ...contact, count: null }]
    case 'contact-removed-by-staff':
    case 'contact-removed-by-customer':
      return [{ change: 'withdraw', ...contact }]
    default:
      return []
  }
}
