import type { ReadContext } from '../../../platform/context/context.ts'
import type { Channel, Purpose, Reason } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import type { Addressee } from './facts-store.ts'
import type { Office } from './office.ts'
import { composeInApp, composeMail, type Content } from './rules/compose.ts'
import { judge, type Verdict } from './rules/gate.ts'
import { isLiquidError } from './rules/liquid.ts'
import { leaksOf } from './rules/private-content.ts'
import type { InForce } from './templates.ts'
import { unsubscribeTokenOf } from './unsubscribe-token.ts'

/** A message on its way to the gate. */
export interface Candidate {
  id: string
  channel: Channel
  purpose: Purpose
  urgent: boolean
  notAfter: Date | null
  values: Record<string, string>
  /** What an earlier try rendered: it goes out again as it was. */
  rendered: Content | null
}

export type Prepared =
  | { kind: 'send'; content: Content; unsubscribe: string | null }
  | Exclude<Verdict, { kind: 'send' }>
  | { kind: 'end'; state: 'blocked' | 'failed'; reason: Reason }

/** Takes a message through the gate, renders it and reads what it says: everything that is decided at the moment of sending. */
export function prepare(
  ctx: Pick<ReadContext, 'clock' | 'tenant' | 'sealer' | 'organizationId'>,
  candidate: Candidate,
  to: Addressee | undefined,
  template: InForce | undefined,
  office: Office,
): Prepared {
  if (!to) return { kind: 'end', state: 'failed', reason: 'no-address' }
  const moment = {
    now: ctx.clock.now(),
    timeZone: ctx.tenant.timeZone,
    hours: office.hours,
    perDay: office.perDay,
    perWeek: office.perWeek,
  }
  const verdict = judge(candidate, to.person(candidate.purpose, candidate.channel), moment)
  if (verdict.kind !== 'send') return verdict
  if (!template && !candidate.rendered) return { kind: 'end', state: 'failed', reason: 'template-gone' }
  const outward = CHANNEL_ABILITIES[candidate.channel].outward
  const token =
    outward && candidate.purpose !== 'service' && office.webAddress ? unsubscribeTokenOf(ctx, candidate.id) : null
  // 消费者权益保护法 §29: a promotion that shows no way to refuse it is not sent.
  if (outward && candidate.purpose === 'promotion' && !token)
    return { kind: 'end', state: 'blocked', reason: 'no-way-to-refuse' }
  const unsubscribe = token ? `${office.webAddress}/api/u/${token}` : null
  const content = candidate.rendered ?? render(candidate, to, template!, office, unsubscribe)
  if (!content) return { kind: 'end', state: 'failed', reason: 'render' }
  const [leak] = leaksOf(content, [
    candidate.values['link'] ?? '',
    office.from.phone,
    office.from.link,
    unsubscribe ?? '',
  ])
  return leak ? { kind: 'end', state: 'blocked', reason: leak } : { kind: 'send', content, unsubscribe: token }
}

function render(
  candidate: Candidate,
  to: Addressee,
  template: InForce,
  office: Office,
  unsubscribe: string | null,
): Content | undefined {
  const compose = CHANNEL_ABILITIES[candidate.channel].outward ? composeMail : composeInApp
  try {
    return compose({ template: template.definition, values: candidate.values, to, from: office.from, unsubscribe })
  } catch (error) {
    if (isLiquidError(error)) return undefined
    throw error
  }
}
