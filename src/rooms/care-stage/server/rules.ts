import { z } from 'zod'
import content from '../content/stages.json' with { type: 'json' }
import { STAGES, stage, type Stage } from '../contract/words.ts'

const FACTS = ['care-plan', 'manager'] as const
export type Fact = (typeof FACTS)[number]

const text = z.object({ zh: z.string().min(1), en: z.string().min(1) })
const shape = z.object({
  version: z.number().int(),
  stages: z.array(
    z.object({
      code: stage,
      name: text,
      next: z.array(stage),
      items: z.array(z.object({ code: z.string(), must: z.boolean(), fact: z.enum(FACTS).optional(), text })),
    }),
  ),
})

const read = shape.parse(content)
export const CONTENT_VERSION = read.version
export type StageContent = (typeof read.stages)[number]
export type ItemContent = StageContent['items'][number]

const byCode = new Map(read.stages.map((one) => [one.code, one]))
export const stageContent = (code: Stage): StageContent => byCode.get(code)!

/** Where the way may go from here, with whether that is the usual way. Out of nowhere every stage is a beginning. */
export function waysFrom(from: Stage | undefined): { stage: Stage; usual: boolean }[] {
  const usual = from ? stageContent(from).next : STAGES
  return STAGES.filter((one) => one !== from).map((one) => ({ stage: one, usual: usual.includes(one) }))
}

export type Verdict = { held: ItemContent[] } | { open: ItemContent[]; needsReason: boolean }

/**
 * Whether somebody may leave `from` for `to`. `held`: what the record has to show first, whatever the reason. Else what
 * is left open, and whether a reason is wanted for that or for the way.
 * @param isDone whether an item is ticked, or seen in the record
 */
export function leaving(from: Stage | undefined, to: Stage, isDone: (item: ItemContent) => boolean): Verdict {
  if (!from) return { open: [], needsReason: false }
  const content = stageContent(from)
  const open = content.items.filter((item) => item.must && !isDone(item))
  const isUsual = content.next.includes(to)
  const held = from === 'discharge' && isUsual ? open.filter(({ fact }) => fact !== undefined) : []
  return held.length > 0 ? { held } : { open, needsReason: open.length > 0 || !isUsual }
}
