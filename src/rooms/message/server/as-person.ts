import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { segmentsOf } from '../contract/block.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import type { Channel } from '../contract/words.ts'
import { audiencesOf, blocksSeen } from './block-audience.ts'
import type { ShownBlocks } from './rules/block-audience.ts'
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
  /** Of each block for a segment: whether they would read it, and by what. */
  blocks: SeenBlock[]
}

export interface SeenBlock {
  /** By its place among all blocks, from 1. */
  number: number
  shown: 'open' | 'login' | 'hidden'
  /** Null: it is not in force. */
  segment: Bilingual | null
  /** Whom the segment finds. */
  sentence: Bilingual | null
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
  const shown = (await blocksSeen(ctx, [definition], [to.id]))(to.id)
  const prepared = prepare(ctx, { ...gated, values, rendered: null, approved: [], shown }, to, template, office)
  const verdict =
    prepared.kind === 'send'
      ? { verdict: prepared.kind, reason: null }
      : { verdict: prepared.kind, reason: prepared.reason }
  const blocks = await tellBlocks(ctx, definition, shown)
  try {
    const { subject, text, html } = composeMail({
      template: definition,
      values,
      to,
      from: office.from,
      unsubscribe: null,
      shown,
    })
    return { subject, text, html, ...verdict, blocks }
  } catch (error) {
    if (!isLiquidError(error)) throw error
    return { subject: '', text: '', html: '', verdict: 'end', reason: 'render', blocks }
  }
}

async function tellBlocks(
  ctx: ReadContext,
  { blocks = [] }: Pick<TemplateDefinition, 'blocks'>,
  shown: ShownBlocks,
): Promise<SeenBlock[]> {
  const audiences = await audiencesOf(ctx, segmentsOf(blocks))
  return blocks.flatMap(({ onlyFor }, at): SeenBlock[] => {
    if (!onlyFor) return []
    const { name = null, sentence = null } = audiences.get(onlyFor) ?? {}
    return [{ number: at + 1, shown: shown.get(onlyFor) ?? 'hidden', segment: name, sentence }]
  })
}
