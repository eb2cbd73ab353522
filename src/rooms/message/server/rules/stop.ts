import { mailProviders, providerOf } from '../../../../platform/mail/pace/provider.ts'
import type { Refusal } from '../../../../platform/wechat/answer.ts'
import type { SmsClass } from '../../../../platform/sms/provider.ts'
import type { Verdict } from '../../../../platform/mail/pace/verdict.ts'
import type { StopKind, StopWhy } from '../../contract/stop.ts'

/** What an answer asks for beyond its own message: nothing more of the kind goes out, or people are told. */
export interface StopAsked {
  why: StopWhy
  /** Where the message belongs to no campaign: `sms`, `email:qq`; null: then only the campaign would stand still. */
  channel: string | null
}

/** By the words of whoever keeps the mailbox. @param to the address, also masked: only its domain counts */
export function stopOfMail(verdict: Verdict, to: string): StopAsked | undefined {
  if (!verdict.stopsCampaign) return undefined
  const why = verdict.class === 'content' ? 'content' : verdict.class === 'policy' ? 'policy' : 'complaints'
  return { why, channel: channelOf(to) }
}

/** Everybody whose mailboxes are kept by the same: nobody else is concerned. */
export function channelOf(to: string): string {
  const domain = to.slice(to.lastIndexOf('@') + 1).toLowerCase()
  const { code } = providerOf(domain)
  return `email:${code === 'other' ? domain : code}`
}

/** How many values a template takes was looked at before: these say that it was approved with other ones than entered. */
const OF_TEMPLATE = ['isv.TEMPLATE_MISSING_PARAMETERS', 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate']

/** A signature is of all messages, a template of those that use it; what one person's values did concerns nobody else. */
export function stopOfSms(kind: SmsClass, code: string): StopAsked | undefined {
  if (kind === 'signature') return { why: 'sms-signature', channel: 'sms' }
  const isOfValues =
    !OF_TEMPLATE.includes(code) && /param|length|variable|number|globalphone|[: ]|^other-provider$/i.test(code)
  return kind === 'template' && !isOfValues ? { why: 'sms-template', channel: null } : undefined
}

/** A template or page that the platform refuses is refused for everybody, and so are words that it censors. */
export function stopOfWeChat(refusal: Refusal | 'account'): StopAsked | undefined {
  if (refusal === 'risky-content') return { why: 'content', channel: null }
  return refusal === 'template' || refusal === 'page' ? { why: 'wechat-template', channel: null } : undefined
}

/** What of the open stops holds a message back. Whoever is in danger is written to all the same. */
export function stopFor(
  stops: readonly { kind: StopKind; scope: string }[],
  message: { channel: string; campaign: string | null; urgent: boolean },
  to: string | null,
): 'campaign-paused' | 'sending-stopped' | undefined {
  if (stops.length === 0) return undefined
  const has = (kind: StopKind, scope: string) => stops.some((stop) => stop.kind === kind && stop.scope === scope)
  if (message.campaign && has('campaign', message.campaign)) return 'campaign-paused'
  if (message.urgent) return undefined
  const scope = message.channel === 'email' && to ? channelOf(to) : message.channel
  return has('channel', scope) ? 'sending-stopped' : undefined
}

/** The name of the provider of a stopped channel, where it is one that people know. */
export function keeperOf(scope: string): string {
  const code = scope.slice(scope.indexOf(':') + 1)
  return mailProviders.find((one) => one.code === code)?.name ?? code
}
