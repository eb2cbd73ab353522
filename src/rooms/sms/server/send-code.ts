import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { readContext, type House } from '../../../platform/context/house.ts'
import { variablesOf } from '../../../platform/sms/template.ts'
import { codeTemplateOf } from './account.ts'
import { sendSms, type SmsAnswer } from './send.ts'

/**
 * Sends a code to a phone by the organization's template for codes; at most once for one id, like all short messages.
 * Whoever asks has committed the code before, since the phone may have it before this returns.
 * @returns undefined while the organization has no way to send codes
 */
export async function sendPhoneCode(
  house: House,
  tenant: Tenant,
  { id, to, code }: { id: string; to: string; code: string },
): Promise<SmsAnswer | undefined> {
  const who = { tenant, actor: systemActor(tenant.id, 'sms') }
  const template = await codeTemplateOf(readContext(house, who))
  const [name] = template ? variablesOf(template) : []
  if (!template || !name) return undefined
  const [answer] = await sendSms(house, tenant, [{ id, to, template, parameters: [{ name, value: code }] }])
  return answer
}
