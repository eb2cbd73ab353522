import type { ReadContext } from '../../../platform/context/context.ts'
import type { Condition } from '../../tag/contract/condition.ts'
import { whoMeets } from '../../tag/server/index.ts'
import type { Holds } from './rules/branch.ts'

/** Which conditions hold for whom, now. */
export interface Says {
  holdsFor(patientId: string): Holds
}

const keyOf = (condition: Condition) => JSON.stringify(condition)

/**
 * Asks conditions of many people at once, in one statement; none asked, none sent. One that was not asked holds for nobody.
 * @param onFlip hears for each person when time alone may turn an answer
 */
export async function askAll(
  ctx: ReadContext,
  conditions: readonly Condition[],
  patientIds: readonly string[],
  onFlip?: (patientId: string, at: Date) => void,
): Promise<Says> {
  const distinct = [...new Map(conditions.map((condition) => [keyOf(condition), condition])).values()]
  const held = new Map<string, Set<string>>()
  for (const { patientId, holds, flipsAt } of await whoMeets(ctx, distinct, [...new Set(patientIds)])) {
    held.set(patientId, new Set(holds.map((index) => keyOf(distinct[index]!))))
    if (flipsAt && onFlip) onFlip(patientId, flipsAt)
  }
  return { holdsFor: (patientId) => (condition) => held.get(patientId)?.has(keyOf(condition)) ?? false }
}
