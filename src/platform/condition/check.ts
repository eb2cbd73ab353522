import type { ReadContext } from '../context/context.ts'
import type { FactBook } from './book.ts'
import type { ConditionFault } from './fact.ts'
import { codeOf, CONDITION_DEPTH_MAX, CONDITION_LEAVES_MAX, depth, leaves, testOf, type Condition } from './grammar.ts'
import { learnAll, namedCodes } from './learn.ts'

/**
 * What is wrong with a condition beyond the frame's form, without a look at the database: a kind of fact that no room
 * declares, a test out of form, limits that can never hold, too much of it.
 */
export function checkForm(facts: FactBook, condition: Condition): ConditionFault[] {
  const all = leaves(condition)
  return [
    ...(depth(condition) > CONDITION_DEPTH_MAX ? [{ code: 'TooDeep', value: String(CONDITION_DEPTH_MAX) }] : []),
    ...(all.length > CONDITION_LEAVES_MAX ? [{ code: 'TooMany', value: String(CONDITION_LEAVES_MAX) }] : []),
    ...all.flatMap((leaf): ConditionFault[] => {
      const kind = facts.find(codeOf(leaf))
      if (!kind) return [{ code: 'UnknownFact', value: codeOf(leaf) }]
      const parsed = kind.test.safeParse(testOf(leaf))
      if (!parsed.success) return [{ code: 'WrongTest', value: codeOf(leaf) }]
      return kind.check?.(parsed.data) ?? []
    }),
  ]
}

/** Whether a condition can be compiled here: a pack, or an older or newer Peiban, may ask what no room knows. */
export function canAsk(facts: FactBook, condition: Condition): boolean {
  return leaves(condition).every((leaf) => facts.find(codeOf(leaf))?.test.safeParse(testOf(leaf)).success)
}

/** The same, and codes that the database does not know. */
export async function checkCondition(ctx: ReadContext, condition: Condition): Promise<ConditionFault[]> {
  const faults = checkForm(ctx.facts, condition)
  if (faults.length > 0) return faults
  const learnt = await learnAll(ctx, [condition])
  return [...namedCodes(ctx, [condition])].flatMap(([kind, codes]) => {
    const code = ctx.facts.find(kind)!.unknown
    const unknown = [...codes].filter((name) => !learnt.get(kind)?.has(name))
    return code ? unknown.map((value) => ({ code, value })) : []
  })
}
