import frame from '../../content/mail-frame.json' with { type: 'json' }
import { checkFields } from '../../../../platform/wechat/fields.ts'
import { isTemplateChannel, type TemplateChannel } from '../../../wechat/contract/words.ts'
import type { WeChatWays } from '../../../wechat/server/index.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import { composeInApp, valuesOf, type ComposeInput, type Content } from './compose.ts'
import { renderPlain, type LiquidValues } from './liquid.ts'
import type { PushChannel } from './channel-right.ts'

/** What WeChat or WeCom is handed: kept beside the words, so that a later try hands over the same. */
export type WeChatContent =
  | { templateId: string; app: string; values: Record<string, string>; link: string }
  | { text: string }

/** A customer message of WeChat; the mass message of WeCom takes more (platform/wechat, platform/wecom). */
const TEXT_BYTES_MAX = 2000

const HAN_BYTES = 3

/** By how many characters a text for a chat has to be shorter: of hanzi where it has any, since those are what is cut. */
export function overChat(text: string): number {
  const bytes = Math.max(0, Buffer.byteLength(text) - TEXT_BYTES_MAX)
  return /\p{Script=Han}/u.test(text) ? Math.ceil(bytes / HAN_BYTES) : bytes
}

/** What fills the fields of WeChat's template: words, and the template's own variables. */
export function fieldValues(sources: Readonly<Record<string, string>>, values: LiquidValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sources).map(([key, source]) => [key, renderPlain(source, values).replace(/\s+/g, ' ').trim()]),
  )
}

export function wechatTextsOf(template: Pick<TemplateDefinition, 'wechat'>, channel: TemplateChannel) {
  return (template.wechat ?? []).find((one) => one.channel === channel)
}

/**
 * A message as the phone shows it. Undefined where nothing is entered for this channel, and where a value does not fit its
 * field: it is not cut.
 * @throws liquidjs errors: an unknown variable, a missing value
 */
export function composeWeChat(input: ComposeInput, channel: PushChannel, ways: WeChatWays): Content | undefined {
  if (!isTemplateChannel(channel)) return composeText(input)
  const own = wechatTextsOf(input.template, channel)
  const way = own && ways.template(channel, own.templateId)
  if (!own || !way) return undefined
  const all = valuesOf(input)
  const values = fieldValues(own.values, all)
  if (checkFields(way.spec, values).length > 0) return undefined
  const link = channel === 'mini-notice' ? own.page : (all['link'] ?? '')
  // As it is read: every word of it passes the reading of private content.
  const text = Object.keys(way.spec)
    .map((key) => values[key]!)
    .join('\n')
  return { subject: '', text, html: '', wechat: { templateId: own.templateId, app: way.app, values, link } }
}

function composeText(input: ComposeInput): Content | undefined {
  const text = chatText(input)
  return overChat(text) > 0 ? undefined : { subject: '', text, html: '', wechat: { text } }
}

/** The whole of what a chat shows. @throws liquidjs errors: an unknown variable, a missing value */
export function chatText(input: ComposeInput): string {
  const words = frame[input.to.locale === 'en' ? 'en' : 'zh']
  const { text } = composeInApp(input)
  const link = valuesOf(input)['link']
  return [
    text,
    ...(link && !text.includes(link) ? [link] : []),
    // 消费者权益保护法 §29: a promotion tells how to refuse it.
    ...(input.template.purpose === 'promotion' ? [words.stopByWord] : []),
  ].join('\n\n')
}
