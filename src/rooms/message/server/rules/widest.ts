import { sizeOf, signed } from '../../../../platform/sms/segments.ts'
import { fill } from '../../../../platform/sms/template.ts'
import { segmentsOf } from '../../contract/block.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import type { TemplateWarning } from '../../contract/template-warning.ts'
import type { Channel } from '../../contract/words.ts'
import type { ComposeInput, Sender } from './compose.ts'
import { isPush } from './channel-right.ts'
import { filledSms, type SmsSender } from './compose-sms.ts'
import { isLiquidError } from './liquid.ts'
import { unfitFor, type Ways } from './unfit.ts'

/** The longest names that are met: 阿卜杜热合曼·阿卜杜拉 and the like, and a name of four parts in letters. */
const WIDEST_NAME = { zh: '阿卜杜热合曼·阿卜杜拉', en: 'Abdurehman Abdulla Muhammadjan' }
/** An address that opens for one person alone is the longest there is. */
const LINK_LENGTH = 120
/** What staff may type into one value when they send by hand (message.send). */
const BY_HAND_MAX = 200
const PLAIN_LEAST = 40
const DATE_MORE = 6

/**
 * Where a template becomes too long for some people once it is filled: with the longest names, every block shown, and each
 * value as long as it may plausibly be. An estimate: it keeps nothing from being published, and says by how much.
 */
export function warningsOf(template: TemplateDefinition, from: Sender, ways: Ways): TemplateWarning[] {
  const ladder = template.ladder ?? []
  const channels = [...new Set<Channel>([...template.channels, ...ladder])].filter(
    (one) => isPush(one) || one === 'sms',
  )
  return channels.flatMap((channel) =>
    (['zh', 'en'] as const).flatMap((language): TemplateWarning[] => {
      const widest = filled(template, language, from, 'widest')
      const usual = filled(template, language, from, 'example')
      const about = { channel, language, alone: !ladder.includes(channel) || ladder.at(-1) === channel }
      const always = new Set(tooLong(usual, channel, ways).map(({ what }) => what))
      const long = tooLong(widest, channel, ways).map(({ what, over }): TemplateWarning => ({
        ...about,
        kind: 'too-long',
        what,
        over,
        always: always.has(what),
      }))
      // A provider's words are one text for both languages: said once, where values differ at most by theirs.
      return long.length > 0 || channel !== 'sms' ? long : segments(widest, usual, ways.sms, about)
    }),
  )
}

function tooLong(input: ComposeInput, channel: Channel, ways: Ways) {
  return unfitFor(input, channel, ways).flatMap((one) => (one.kind === 'too-long' ? [one] : []))
}

/** A short message that some people get as more than one, each of which is paid. */
function segments(
  widest: ComposeInput,
  usual: ComposeInput,
  sender: SmsSender | null,
  about: Pick<TemplateWarning, 'channel' | 'language' | 'alone'>,
): TemplateWarning[] {
  const count = partsOf(widest, sender)
  if (count <= 1 || about.language !== 'zh') return []
  return [{ ...about, kind: 'sms-segments', what: '', over: count, always: partsOf(usual, sender) === count }]
}

function partsOf(input: ComposeInput, sender: SmsSender | null): number {
  try {
    const sms = sender ? filledSms(input, sender) : undefined
    return sms ? sizeOf(signed(sms.signName, fill(sms.template, sms.parameters)), { mainland: true }).segments : 0
  } catch (error) {
    if (isLiquidError(error)) return 0
    throw error
  }
}

function filled(
  template: TemplateDefinition,
  language: 'zh' | 'en',
  from: Sender,
  how: 'widest' | 'example',
): ComposeInput {
  const isWidest = how === 'widest'
  const values = template.variables.map((variable) => {
    const example = variable.example[language]
    return [variable.name, isWidest ? widened(variable.dataClass, example, language, template.byHand) : example]
  })
  return {
    template,
    values: Object.fromEntries(values) as Record<string, string>,
    to: {
      name: isWidest ? WIDEST_NAME[language] : language === 'zh' ? '王桂兰' : 'Wang Guilan',
      viaGuardian: isWidest,
      locale: language === 'en' ? 'en' : 'zh-CN',
    },
    from: { ...from, link: from.link || 'https://example.org/my' },
    unsubscribe: null,
    shown: new Map(isWidest ? segmentsOf(template.blocks ?? []).map((segment) => [segment, 'open'] as const) : []),
    outward: true,
  }
}

function widened(
  dataClass: TemplateDefinition['variables'][number]['dataClass'],
  example: string,
  language: 'zh' | 'en',
  byHand: boolean,
): string {
  const letter = language === 'zh' ? '宽' : 'm'
  const upTo = (length: number) => example + letter.repeat(Math.max(0, length - example.length))
  if (dataClass === 'name') return example.length > WIDEST_NAME[language].length ? example : WIDEST_NAME[language]
  if (dataClass === 'link') return example + 'x'.repeat(Math.max(0, LINK_LENGTH - example.length))
  if (dataClass === 'date') return upTo(example.length + DATE_MORE)
  return upTo(byHand ? BY_HAND_MAX : Math.max(PLAIN_LEAST, example.length * 2))
}
