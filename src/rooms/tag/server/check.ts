import { asksForItself } from '../../../platform/condition/circle.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { checkCondition, type ConditionFault } from '../../../platform/condition/index.ts'
import type { TagDefinition } from '../contract/rule.ts'
import { asksForTags } from './published.ts'

/**
 * What is wrong with a definition beyond its form. The page shows each in the reader's language.
 * @param others the other tags that are published, to know circles
 */
export async function checkDefinition(
  ctx: ReadContext,
  definition: TagDefinition,
  others: readonly TagDefinition[],
): Promise<ConditionFault[]> {
  if (!definition.condition) return []
  const faults = await checkCondition(ctx, definition.condition)
  // By way of other tags, or of what later rooms make of tags: a segment may ask for this one.
  const about = { kind: 'tag', code: definition.code }
  const isRound = isCircle(definition, others) || (await asksForItself(ctx, definition.condition, about))
  return [
    // A tag that asks for itself is a circle, whether it is in force or not.
    ...faults.filter(({ code, value }) => code !== 'UnknownTag' || value !== definition.code),
    ...(isRound ? [{ code: 'TagCircle', value: definition.code }] : []),
  ]
}

function isCircle(definition: TagDefinition, others: readonly TagDefinition[]): boolean {
  const known = new Map(others.map((tag) => [tag.code, tag]))
  known.set(definition.code, definition)
  const seen = new Set<string>()
  const waiting = asksForTags(definition)
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    if (code === definition.code) return true
    if (seen.has(code)) continue
    seen.add(code)
    const tag = known.get(code)
    if (tag) waiting.push(...asksForTags(tag))
  }
  return false
}
