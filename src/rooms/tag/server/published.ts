import type { Db } from '../../../platform/database/database.ts'
import type { TagDefinition } from '../contract/rule.ts'
import { leaves } from './compile.ts'
import './table.ts'

export interface PublishedTag extends TagDefinition {
  version: number
}

/** The published tags with a rule, in levels: a rule that asks for another tag stands in a later level than it. */
export async function findPublishedRules(db: Db, organizationId: string): Promise<PublishedTag[][]> {
  const rows = await db
    .selectFrom('tag_rule')
    .select(['version', 'definition'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'published')
    .orderBy('code')
    .execute()
  const tags = rows.map((row) => ({ ...(row.definition as TagDefinition), version: row.version }))
  return inLevels(tags.filter((tag) => tag.condition !== null))
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
