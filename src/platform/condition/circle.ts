import type { ReadContext } from '../context/context.ts'
import type { Condition } from './grammar.ts'
import { learnAll, namedCodes } from './learn.ts'

/**
 * Whether a condition asks, by itself or through what it asks for, about the very thing that is to follow from it: a tag
 * whose rule asks for a segment that asks for the tag.
 * @param about what follows from the condition, as kind of fact and code
 */
export async function asksForItself(
  ctx: ReadContext,
  condition: Condition,
  about: { kind: string; code: string },
): Promise<boolean> {
  const looked = new Set<string>()
  let waiting: Condition[] = [condition]
  while (waiting.length > 0) {
    if (namedCodes(ctx, waiting).get(about.kind)?.has(about.code)) return true
    const learnt = await learnAll(ctx, waiting)
    waiting = []
    for (const [kind, known] of learnt)
      for (const [code, { restsOn }] of known) {
        const key = `${kind} ${code}`
        if (restsOn && !looked.has(key)) waiting.push(restsOn)
        looked.add(key)
      }
  }
  return false
}
