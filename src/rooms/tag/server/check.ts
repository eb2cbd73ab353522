import { indicatorByCode } from '../../../clinical/index.ts'
import { CONDITION_DEPTH_MAX, CONDITION_LEAVES_MAX, type Condition } from '../contract/condition.ts'
import type { TagDefinition } from '../contract/rule.ts'
import { leaves } from './compile.ts'
import { asksForTags } from './published.ts'

/** What is wrong with a definition beyond its form; `path` is where. The page shows each in the reader's language. */
export interface DefinitionFault {
  code:
    | 'UnknownIndicator'
    | 'CountNeedsNumber'
    | 'NewestHasNoAlternatives'
    | 'UnknownTag'
    | 'TagCircle'
    | 'TooDeep'
    | 'TooMany'
    | 'NeverTrue'
  value: string
}

/** @param others the other tags that are published, to know names and circles */
export function checkDefinition(definition: TagDefinition, others: readonly TagDefinition[]): DefinitionFault[] {
  const { condition } = definition
  if (!condition) return []
  const all = leaves(condition)
  return [
    ...(depth(condition) > CONDITION_DEPTH_MAX
      ? [{ code: 'TooDeep' as const, value: String(CONDITION_DEPTH_MAX) }]
      : []),
    ...(all.length > CONDITION_LEAVES_MAX ? [{ code: 'TooMany' as const, value: String(CONDITION_LEAVES_MAX) }] : []),
    ...all.flatMap(checkLeaf),
    ...checkTags(definition, others),
  ]
}

function checkLeaf(leaf: Condition): DefinitionFault[] {
  if (!('indicator' in leaf)) return []
  const { code, pick, is, or = [], atLeast } = leaf.indicator
  const faults: DefinitionFault[] = [code, ...or.map((o) => o.code)]
    .filter((name) => !name.startsWith('local:') && !indicatorByCode(name))
    .map((value) => ({ code: 'UnknownIndicator', value }))
  if (pick === 'count' && !atLeast) faults.push({ code: 'CountNeedsNumber', value: code })
  if (pick === 'newest' && or.length > 0) faults.push({ code: 'NewestHasNoAlternatives', value: code })
  if ('from' in is && is.from >= is.below) faults.push({ code: 'NeverTrue', value: code })
  return faults
}

function checkTags(definition: TagDefinition, others: readonly TagDefinition[]): DefinitionFault[] {
  const known = new Map(others.map((tag) => [tag.code, tag]))
  known.set(definition.code, definition)
  const asked = asksForTags(definition)
  const unknown = asked
    .filter((code) => !known.has(code))
    .map((value): DefinitionFault => ({ code: 'UnknownTag', value }))
  return [
    ...unknown,
    ...(reaches(definition.code, asked, known) ? [{ code: 'TagCircle' as const, value: definition.code }] : []),
  ]
}

function reaches(target: string, from: readonly string[], known: ReadonlyMap<string, TagDefinition>): boolean {
  const seen = new Set<string>()
  const waiting = [...from]
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    if (code === target) return true
    if (seen.has(code)) continue
    seen.add(code)
    const tag = known.get(code)
    if (tag) waiting.push(...asksForTags(tag))
  }
  return false
}

function depth(condition: Condition): number {
  if ('all' in condition) return 1 + Math.max(...condition.all.map(depth))
  if ('any' in condition) return 1 + Math.max(...condition.any.map(depth))
  if ('not' in condition) return 1 + depth(condition.not)
  return 0
}
