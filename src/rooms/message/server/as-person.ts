import type { ReadContext } from '../../../platform/context/context.ts'
import type { Channel } from '../contract/words.ts'
import { loadAddressees } from './facts-store.ts'
import { topicOf } from '../contract/topic.ts'
import { readOffice } from './office.ts'
import { prepare } from './prepare.ts'
import { composeMail } from './rules/compose.ts'
import { isLiquidError } from './rules/liquid.ts'
import { rationDaysOf } from './rules/ration.ts'
import { templatesInForce, type InForce } from './templates.ts'

export interface AsPerson {
  subject: string
  text: string
  html: string
  /** What the gate would say now; a try, so nothing of it is kept. */
  verdict: 'send' | 'wait' | 'end'
  reason: string | null
}

/**
 * What somebody would get of a template by mail, and whether they would. Who may see them is the caller's business.
 * @returns undefined when there is no such person or template
 */
export async function showAsPerson(
  ctx: ReadContext,
  asked: {
    patientId: string
    /** One in force by its code, or one that is just being written. */
    template: string | InForce
    values?: Record<string, string>
    campaign?: string
    greeting?: boolean
    channel?: Channel
  },
): Promise<AsPerson | undefined> {
  const { patientId, values = {}, channel = 'email' } = asked
  const template =
    typeof asked.template === 'string'
      ? (await templatesInForce(ctx, [asked.template])).get(asked.template)
      : asked.template
  if (!template) return undefined
  const { definition } = template
  const { campaign = definition.code } = asked
  const office = await readOffice(ctx)
  const people = await loadAddressees(
    ctx,
    [patientId],
    rationDaysOf(office.rules.policy, new Set([definition.purpose])),
  )
  const to = people.get(patientId)
  if (!to) return undefined
  const { purpose, urgent, answers } = definition
  const isGreeting = asked.greeting || (definition.greeting ?? false)
  const kind = {
    purpose,
    topic: topicOf(definition),
    urgent,
    answers: answers ?? false,
    greeting: isGreeting,
    opinion: definition.opinion ?? false,
  }
  const gated = { id: patientId, touch: '', channel, ...kind, campaign, notAfter: null }
  const prepared = prepare(ctx, { ...gated, values, rendered: null, approved: [] }, to, template, office)
  const verdict =
    prepared.kind === 'send'
      ? { verdict: prepared.kind, reason: null }
      : { verdict: prepared.kind, reason: prepared.reason }
  try {
    const { subject, text, html } = composeMail({
      template: definition,
      values,
      to,
      from: office.from,
      unsubscribe: null,
    })
    return { subject, text, html, ...verdict }
  } catch (error) {
    if (!isLiquidError(error)) throw error
    return { subject: '', text: '', html: '', verdict: 'end', reason: 'render' }
  }
}
