import { VALUE_MAX, checkParameters, fill, type SmsFinding } from '../../../../platform/sms/template.ts'
import { signed, SMS_LENGTH_MAX } from '../../../../platform/sms/segments.ts'
import { checkFields } from '../../../../platform/wechat/fields.ts'
import { isTemplateChannel } from '../../../wechat/contract/words.ts'
import type { WeChatWays } from '../../../wechat/server/index.ts'
import type { Channel } from '../../contract/words.ts'
import { isPush } from './channel-right.ts'
import { valuesOf, type ComposeInput } from './compose.ts'
import { filledSms, type SmsSender } from './compose-sms.ts'
import { chatText, fieldValues, overChat, wechatTextsOf } from './compose-wechat.ts'
import { isLiquidError } from './liquid.ts'

/**
 * Why a text cannot go by its way: so many characters too long, in the whole or in one value of the platform's (`what`);
 * or it lacks something. Names places of the template and no words of anybody.
 */
export type Unfit = { kind: 'too-long'; over: number; what: string } | { kind: 'lacking'; what: string }

export interface Ways {
  sms: SmsSender | null
  wechat?: WeChatWays
}

/** What keeps a filled template from going by a channel; empty when nothing does. */
export function unfitFor(input: ComposeInput, channel: Channel, ways: Ways): Unfit[] {
  try {
    if (channel === 'sms') return ways.sms ? unfitSms(input, ways.sms) : []
    return isPush(channel) ? unfitPush(input, channel, ways) : []
  } catch (error) {
    if (isLiquidError(error)) return [{ kind: 'lacking', what: unknownIn(error) }]
    throw error
  }
}

/** Which variable had no value. */
export function unknownIn(error: unknown): string {
  return /undefined variable: ([A-Za-z]\w*)/.exec((error as Error).message)?.[1] ?? ''
}

function unfitPush(input: ComposeInput, channel: Channel, { wechat }: Ways): Unfit[] {
  if (!isTemplateChannel(channel)) {
    const over = overChat(chatText(input))
    return over > 0 ? [{ kind: 'too-long', over, what: '' }] : []
  }
  const own = wechatTextsOf(input.template, channel)
  const way = own && wechat?.template(channel, own.templateId)
  if (!own || !way) return []
  const values = fieldValues(own.values, valuesOf(input))
  return checkFields(way.spec, values).map(({ key, problem, max }) =>
    problem === 'too-long' && max
      ? { kind: 'too-long', over: values[key]!.length - max, what: key }
      : { kind: 'lacking', what: key },
  )
}

function unfitSms(input: ComposeInput, sender: SmsSender): Unfit[] {
  const filled = filledSms(input, sender)
  if (!filled) return []
  const { template, parameters, signName } = filled
  const lengths = new Map(parameters.map(({ name, value }) => [name, value.length]))
  return checkParameters(template, signName, parameters).map(({ kind, what }: SmsFinding): Unfit => {
    if (kind !== 'too-long') return { kind: 'lacking', what }
    const length = lengths.get(what)
    return length === undefined
      ? { kind, over: signed(signName, fill(template, parameters)).length - SMS_LENGTH_MAX, what: '' }
      : { kind, over: length - VALUE_MAX[template.provider], what }
  })
}
