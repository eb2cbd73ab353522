import type { ReadContext } from '../context/context.ts'
import { learnAll, namedCodes } from './learn.ts'
import type { FactBook } from './book.ts'
import { sensitivityOfTest, type ConditionFault, type Purpose } from './fact.ts'
import { codeOf, leaves, type Condition } from './grammar.ts'

declare const admitted: unique symbol

/**
 * A condition that may be compiled for its purpose. There is no other way to one than these two functions, so nothing
 * that chooses an audience can rest on what people feel (R2).
 */
export interface Admitted<P extends Purpose = Purpose> {
  readonly condition: Condition
  readonly purpose: P
  readonly [admitted]: P
}
export type AudienceCondition = Admitted<'audience'>

/** For looking after people: every kind of fact may be asked for. */
export function forCare(condition: Condition): Admitted<'care'> {
  return { condition, purpose: 'care' } as Admitted<'care'>
}

/**
 * For choosing whom to write to.
 * @returns the condition, or what in it is barred, as faults `BarredFromAudience` with the code of the kind
 */
export async function forAudience(
  ctx: ReadContext,
  condition: Condition,
): Promise<{ admitted: AudienceCondition } | { faults: ConditionFault[] }> {
  const barred = [...(await mentalKinds(ctx, condition))]
  if (barred.length > 0) return { faults: barred.map((value) => ({ code: 'BarredFromAudience', value })) }
  return { admitted: { condition, purpose: 'audience' } as AudienceCondition }
}

/** The same for many, in one look where all of them pass; undefined stands for one that is barred. */
export async function forAudiences(
  ctx: ReadContext,
  conditions: readonly Condition[],
): Promise<(AudienceCondition | undefined)[]> {
  if (conditions.length === 0) return []
  const isClear = (await mentalKinds(ctx, { any: [...conditions] })).size === 0
  return Promise.all(
    conditions.map(async (condition) => {
      if (isClear) return { condition, purpose: 'audience' } as AudienceCondition
      const admission = await forAudience(ctx, condition)
      return 'admitted' in admission ? admission.admitted : undefined
    }),
  )
}

/**
 * The kinds by which a condition tells of mind and mood, however deep: nested, denied, or behind the rule of a tag that
 * it asks for. Empty for one that is ordinary.
 */
export async function mentalKinds(ctx: ReadContext, condition: Condition): Promise<Set<string>> {
  const found = new Set<string>()
  const looked = new Set<string>()
  let waiting: Condition[] = [condition]
  while (waiting.length > 0) {
    for (const code of mentalByType(ctx.facts, waiting)) found.add(code)
    const learnt = await learnAll(ctx, waiting)
    waiting = []
    for (const [kind, known] of learnt)
      for (const [code, { sensitivity, restsOn }] of known) {
        const key = `${kind} ${code}`
        if (looked.has(key)) continue
        looked.add(key)
        if (sensitivity === 'mental') found.add(kind)
        if (restsOn) waiting.push(restsOn)
      }
  }
  return found
}

/** Kinds whose tests tell by themselves, without a look at the database. */
function mentalByType(facts: FactBook, conditions: readonly Condition[]): string[] {
  return conditions.flatMap(leaves).flatMap((leaf) => {
    const kind = facts.find(codeOf(leaf))
    const parsed = kind?.test.safeParse(Object.values(leaf)[0])
    // What is not known is not let in.
    if (!kind || !parsed?.success) return [codeOf(leaf)]
    return sensitivityOfTest(kind, parsed.data) === 'mental' ? [kind.code] : []
  })
}

/**
 * The kinds by which a condition tells of somebody's health, however deep: what is written for those it is true of may stand
 * behind a login only. A kind that does not say it is plain tells, and so does a name that nothing is known to rest on.
 */
export async function tellingKinds(ctx: ReadContext, condition: Condition): Promise<Set<string>> {
  const found = new Set<string>()
  const looked = new Set<string>()
  let waiting: Condition[] = [condition]
  while (waiting.length > 0) {
    for (const leaf of waiting.flatMap(leaves)) if (!ctx.facts.find(codeOf(leaf))?.telling) found.add(codeOf(leaf))
    const named = namedCodes(ctx, waiting)
    const learnt = await learnAll(ctx, waiting)
    waiting = []
    for (const [kind, codes] of named) {
      if (ctx.facts.find(kind)?.telling !== 'as-known') continue
      for (const code of codes) {
        if (looked.size === looked.add(`${kind} ${code}`).size) continue
        const restsOn = learnt.get(kind)?.get(code)?.restsOn
        if (restsOn) waiting.push(restsOn)
        else found.add(kind)
      }
    }
  }
  return found
}
