import frame from '../../content/mail-frame.json' with { type: 'json' }
import type { Locale } from '../../../../platform/contract/index.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import { audienceValues, type ShownBlocks } from './block-audience.ts'
import { renderHtml, renderPlain, type LiquidValues } from './liquid.ts'
import type { SmsContent } from './compose-sms.ts'
import type { WeChatContent } from './compose-wechat.ts'
import { mailDocument } from './mail-document.ts'

export interface Content {
  subject: string
  text: string
  html: string
  /** Of a short message: what the provider is handed. */
  sms?: SmsContent
  /** Of a message by WeChat or WeCom, likewise. */
  wechat?: WeChatContent
}

/** Who writes: named in every mail (消费者权益保护法 §29). */
export interface Sender {
  name: string
  phone: string
  /** Where people sign in; empty while the organization has not set its address. */
  link: string
  /** Where pictures of mails by blocks are fetched from: the organization's web address; empty: from where one reads. */
  web?: string
}

export interface Recipient {
  name: string
  viaGuardian: boolean
  locale: Locale
}

export interface ComposeInput {
  template: TemplateDefinition
  values: LiquidValues
  to: Recipient
  from: Sender
  /** The unsubscribe address of this message; null where there is nothing to unsubscribe from. */
  unsubscribe: string | null
  /** In which of the segments that blocks are for they are; default: in none. */
  shown?: ShownBlocks | undefined
  /** It leaves the house: what tells of health stands behind the login. */
  outward?: boolean
}

type FrameTexts = (typeof frame)['zh']
const frameOf = (locale: Locale): FrameTexts => frame[locale === 'en' ? 'en' : 'zh']

/** The values every template has beside its own. */
export function builtInValues(to: Recipient, from: Sender): LiquidValues {
  const texts = frameOf(to.locale)
  const name = to.name.trim()
  const greeting = name
    ? texts[to.viaGuardian ? 'greetingGuardian' : 'greeting'].replace('{{ name }}', () => name)
    : texts.greetingPlain
  return {
    greeting,
    name: name || texts.greetingPlain,
    organization: from.name,
    organizationPhone: from.phone,
    link: from.link,
  }
}

/** Own values, with optional ones that are missing as empty text. */
function ownValues(template: TemplateDefinition, given: LiquidValues): LiquidValues {
  const optional = template.variables.filter((variable) => variable.optional).map((variable) => [variable.name, ''])
  const declared = new Set(template.variables.map((variable) => variable.name))
  return {
    ...Object.fromEntries(optional),
    ...Object.fromEntries(Object.entries(given).filter(([name]) => declared.has(name))),
  }
}

/**
 * A template may have its button lead to one page instead of the sign-in: it declares `link` itself, and whoever sends
 * brings an address that opens for this person alone.
 */
export function isOwnLink({
  name,
  dataClass,
}: Pick<TemplateDefinition['variables'][number], 'name' | 'dataClass'>): boolean {
  return name === 'link' && dataClass === 'link'
}

export function valuesOf(input: Omit<ComposeInput, 'unsubscribe'>): LiquidValues {
  const { template, values, to, from, shown = new Map(), outward = true } = input
  const builtIn = builtInValues(to, from)
  const own = { ...ownValues(template, values), ...audienceValues(template.blocks, shown, outward) }
  return { ...own, ...builtIn, ...(template.variables.some(isOwnLink) && own['link'] ? { link: own['link'] } : {}) }
}

/** What stands in the person's message centre. @throws liquidjs errors: an unknown variable, a missing value */
export function composeInApp(input: ComposeInput): Content {
  const { template, to } = input
  const texts = to.locale === 'en' ? template.en : template.zh
  const all = valuesOf(input)
  return { subject: oneLine(renderPlain(texts.subject, all)), text: tidy(renderPlain(texts.text, all)), html: '' }
}

/**
 * A whole mail: plain text always, HTML from the template's own or from its text, and the frame that no template can
 * take away: who writes, and how to stop it.
 * @throws liquidjs errors: an unknown variable, a missing value
 */
export function composeMail(input: ComposeInput): Content {
  const { template, to, from, unsubscribe } = input
  const texts = to.locale === 'en' ? template.en : template.zh
  const all = valuesOf(input)
  const subject = oneLine(renderPlain(texts.subject, all))
  const text = tidy(renderPlain(texts.text, all))
  const words = frameOf(to.locale)
  const button = texts.button && all['link'] ? { label: texts.button, link: all['link'] } : null
  const footer = footerOf(words, from, template.purpose === 'service' ? 'none' : unsubscribe ? 'link' : 'word')
  const own = texts.html ? renderHtml(texts.html, { ...all, house: from.web ?? '' }) : null
  const stop = unsubscribe ? { label: words.unsubscribe, link: unsubscribe } : null
  return {
    // 互联网电子邮件服务管理办法: commercial mail says so in its subject.
    subject: template.purpose === 'promotion' ? `${words.advertisement}${subject}` : subject,
    text: [
      text,
      ...(button ? [`${button.label}${words.colon}\n${button.link}`] : []),
      '—',
      footer.join('\n'),
      ...(stop ? [`${stop.label}${words.colon}\n${stop.link}`] : []),
    ].join('\n\n'),
    html: mailDocument({ locale: to.locale, subject, organization: from.name, text, own, button, footer, stop }),
  }
}

function footerOf(words: FrameTexts, from: Sender, stop: 'none' | 'link' | 'word'): string[] {
  return [
    words.sentBy.replace('{{ organization }}', () => from.name) +
      (from.phone ? ` ${words.phone.replace('{{ phone }}', () => from.phone)}` : ''),
    words.private,
    ...(stop === 'word' ? [words.unsubscribeByWord] : []),
  ]
}

/** A line break in a subject would begin a header of somebody else's making. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
