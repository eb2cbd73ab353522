import type { Clock } from '../../../platform/clock.ts'
import { sizeOf, signed } from '../../../platform/sms/segments.ts'
import { fill, variablesOf, type SmsTemplate } from '../../../platform/sms/template.ts'
import type { SmsParameter, SmsProviderName } from '../../../platform/sms/provider.ts'
import { isMainland } from '../../../platform/sms/number.ts'
import { limitMet, type LimitMet } from './limits.ts'

export interface StandInSettings {
  clock: Clock
  keyId: string
  keySecret: string
  /** Tencent's SmsSdkAppId. */
  appId?: string
  signNames: readonly string[]
  templates: readonly Omit<SmsTemplate, 'provider'>[]
  /** Where receipts and replies go. */
  callbacks?: { receipts?: string; replies?: string }
  port?: number
}

/** A message that was taken. */
export interface TakenSms {
  /** OutId, SessionContext. */
  id: string
  providerId: string
  to: string
  signName: string
  template: Omit<SmsTemplate, 'provider'>
  /** As the phone shows it. */
  text: string
  segments: number
  at: Date
  fate: 'waiting' | 'delivered' | { code: string; words: string }
  /** Its receipt has been pushed. */
  told: boolean
}

export interface Asked {
  id: string
  to: string
  signName: string
  templateCode: string
  /** By name with Aliyun, by place with Tencent. */
  parameters: readonly SmsParameter[]
}

/** Why it is not taken, in words that both stand-ins put into their own codes. */
export type Refused =
  | { why: 'signature' | 'template' | 'missing' | 'count' | 'link' | 'length' | 'number' | 'blacklist' | 'code-form' }
  | { why: 'limit'; limit: LimitMet }

/** What both stand-ins have in common: the approved templates, the limits, the book of what was taken. */
export function openDesk(provider: SmsProviderName, settings: StandInSettings) {
  const taken: TakenSms[] = []
  const blacklist = new Set<string>()
  let serial = 0

  function take(asked: Asked): TakenSms | Refused {
    const now = settings.clock.now()
    const template = settings.templates.find(({ code }) => code === asked.templateCode)
    if (!settings.signNames.includes(asked.signName)) return { why: 'signature' }
    if (!template) return { why: 'template' }
    if (isMainland(asked.to) && !/^\+861[3-9]\d{9}$/.test(asked.to)) return { why: 'number' }
    if (blacklist.has(asked.to)) return { why: 'blacklist' }
    const wrong = wrongOf(provider, template, asked.parameters)
    if (wrong) return { why: wrong }
    const limit = limitMet(provider, taken, { ...asked, template }, now)
    if (limit) return { why: 'limit', limit }
    const text = signed(asked.signName, fill({ provider, text: template.text }, asked.parameters))
    if (text.length > 500) return { why: 'length' }
    serial += 1
    const stamp = String(now.getTime()) + String(serial).padStart(4, '0')
    const message: TakenSms = {
      id: asked.id,
      providerId: provider === 'aliyun' ? `${stamp}^0` : `5000:${stamp}`,
      to: asked.to,
      signName: asked.signName,
      template,
      text,
      segments: sizeOf(text, { mainland: isMainland(asked.to) }).segments,
      at: now,
      fate: 'waiting',
      told: false,
    }
    taken.push(message)
    return message
  }

  return { settings, taken, blacklist, take }
}

export type Desk = ReturnType<typeof openDesk>

function wrongOf(
  provider: SmsProviderName,
  template: Omit<SmsTemplate, 'provider'>,
  parameters: readonly SmsParameter[],
): 'missing' | 'count' | 'link' | 'length' | 'code-form' | undefined {
  const wanted = variablesOf({ provider, text: template.text })
  const given = parameters.map(({ name }) => name)
  // Aliyun lets a surplus value pass; Tencent wants exactly as many.
  if (provider === 'tencent' && given.length !== wanted.length) return 'count'
  if (wanted.some((name) => !given.includes(name))) return 'missing'
  const used = parameters.filter(({ name }) => wanted.includes(name))
  if (used.some(({ value }) => /https?:|www\./i.test(value))) return 'link'
  if (provider === 'aliyun' && used.some(({ value }) => value.length > 35)) return 'length'
  if (provider === 'tencent' && template.kind === 'code' && used.some(({ value }) => !/^\d{0,6}$/.test(value)))
    return 'code-form'
  return undefined
}
