import { canAsk, leaves } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { TagDefinition } from '../contract/rule.ts'
import './table.ts'

export interface PublishedTag extends TagDefinition {
  version: number
}

/** The published tags with a rule, in levels: a rule that asks for another tag stands in a later level than it. */
export async function findPublishedRules(ctx: ReadContext): Promise<PublishedTag[][]> {
  const { db, organizationId } = ctx
  const rows = await db
    .selectFrom('tag_rule')
    .select(['version', 'definition'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'published')
    .orderBy('code')
    .execute()
  const tags = rows.map((row) => ({ ...(row.definition as TagDefinition), version: row.version }))
  const asking = tags.filter((tag) => tag.condition !== null)
  const sound = asking.filter((tag) => canAsk(ctx.facts, tag.condition!))
  // One rule that nobody here understands keeps nobody from being looked after.
  for (const { code } of asking.filter((tag) => !sound.includes(tag)))
    ctx.log.error({ tag: code }, 'a rule asks what no room knows; it is left out')
  return inLevels(sound)
}

export function asksForTags(tag: TagDefinition): string[] {
  return tag.condition ? leaves(tag.condition).flatMap((leaf) => ('tag' in leaf ? [leaf.tag.code] : [])) : []
}

/** @throws RangeError when rules ask for each other in a circle; saving refuses that, so it is a fault here */
export function inLevels<T extends TagDefinition>(tags: readonly T[]): T[][] {
  const levels: T[][] = []
  let waiting = [...tags]
  while (waiting.length > 0) {
    const codes = new Set(waiting.map((tag) => tag.code))
    const ready = waiting.filter((tag) => !asksForTags(tag).some((code) => codes.has(code)))
    if (ready.length === 0) throw new RangeError(`tags ask for each other: ${[...codes].join(', ')}`)
    levels.push(ready)
    waiting = waiting.filter((tag) => !ready.includes(tag))
  }
  return levels
}
