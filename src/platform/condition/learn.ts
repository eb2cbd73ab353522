import type { ReadContext } from '../context/context.ts'
import type { Known } from './fact.ts'
import { codeOf, leaves, testOf, type Condition } from './grammar.ts'

/** By kind of fact and code: what the rooms know of the codes that these conditions name. One look per kind. */
export type Learnt = ReadonlyMap<string, ReadonlyMap<string, Known>>

export async function learnAll(ctx: ReadContext, conditions: readonly Condition[]): Promise<Learnt> {
  const asked = namedCodes(ctx, conditions)
  const learnt = new Map<string, ReadonlyMap<string, Known>>()
  for (const [code, names] of asked) learnt.set(code, await ctx.facts.find(code)!.learn!(ctx, [...names]))
  return learnt
}

/** By kind: the codes that only the database knows. Kinds that name none are left out. */
export function namedCodes({ facts }: Pick<ReadContext, 'facts'>, conditions: readonly Condition[]) {
  const asked = new Map<string, Set<string>>()
  for (const leaf of conditions.flatMap(leaves)) {
    const kind = facts.find(codeOf(leaf))
    const parsed = kind?.test.safeParse(testOf(leaf))
    if (!kind?.names || !kind.learn || !parsed?.success) continue
    const known = asked.get(kind.code) ?? new Set()
    for (const name of kind.names(parsed.data)) known.add(name)
    if (known.size > 0) asked.set(kind.code, known)
  }
  return asked
}
