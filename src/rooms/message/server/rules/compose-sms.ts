import {
  WAY_TO_REFUSE,
  checkParameters,
  fill,
  variablesOf,
  type SmsTemplate,
} from '../../../../platform/sms/template.ts'
import { signed } from '../../../../platform/sms/segments.ts'
import type { SmsParameter, SmsProviderName } from '../../../../platform/sms/provider.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import { valuesOf, type ComposeInput, type Content } from './compose.ts'

/** By which account short messages go. */
export interface SmsSender {
  provider: SmsProviderName
  signName: string
  promotionSignName: string
}

/** What the provider is handed: kept beside the words, so that a later try hands over the same. */
export interface SmsContent {
  template: SmsTemplate
  parameters: SmsParameter[]
}

/** The template that the provider has approved for this one; undefined where there is none for this provider. */
export function smsTemplateOf(
  { sms, purpose }: Pick<TemplateDefinition, 'sms' | 'purpose'>,
  provider: SmsProviderName,
): SmsTemplate | undefined {
  const own = sms.find((one) => one.provider === provider)
  // A code is never a letter of this room: it is sent by whoever asks for it.
  return own && { provider, code: own.code, text: own.text, kind: purpose === 'promotion' ? 'promotion' : 'notice' }
}

/**
 * A short message as the phone shows it: the approved words, filled. Undefined where the template has none for this
 * provider, where a value does not fit, or where a promotion does not tell how to refuse it.
 */
export function composeSms(input: ComposeInput, sender: SmsSender): Content | undefined {
  const filled = filledSms(input, sender)
  if (!filled) return undefined
  const { template, parameters, signName } = filled
  if (template.kind === 'promotion' && !WAY_TO_REFUSE.test(template.text)) return undefined
  if (checkParameters(template, signName, parameters).length > 0) return undefined
  return { subject: '', text: signed(signName, fill(template, parameters)), html: '', sms: { template, parameters } }
}

/** The approved words with their values, whether they fit or not; undefined where there are none for this provider. */
export function filledSms(input: ComposeInput, sender: SmsSender): (SmsContent & { signName: string }) | undefined {
  const template = smsTemplateOf(input.template, sender.provider)
  if (!template) return undefined
  const values = valuesOf(input)
  const mapping = input.template.sms.find((one) => one.provider === sender.provider)!.values
  const parameters = variablesOf(template).map((name) => ({
    name,
    value: String(values[mapping[name] ?? ''] ?? '').trim(),
  }))
  return { template, parameters, signName: template.kind === 'promotion' ? sender.promotionSignName : sender.signName }
}
