import { sql } from 'kysely'
import type { ReadContext } from '../context/context.ts'
import type { Bilingual } from '../contract/words.ts'
import { forCare } from './admit.ts'
import { compileJoined, newJoins, seesDead } from './compile.ts'
import type { Condition } from './grammar.ts'
import { groundOf } from './ground.ts'
import { sentencesOf } from './sentence.ts'

/** Why a person is in or not: each node of a condition with its answer; facts stand at the questions that hold. */
export interface Explanation {
  condition: Condition
  sentence: Bilingual
  holds: boolean
  facts: unknown[]
  parts: Explanation[]
}

/**
 * Each node of a condition for one person, in one statement. Who may see them is the caller's business.
 * @returns undefined when there is no such person
 */
export async function explain(
  ctx: ReadContext,
  condition: Condition,
  patientId: string,
): Promise<Explanation | undefined> {
  const nodes = nodesOf(condition)
  const joins = newJoins()
  const ground = groundOf(ctx)
  const columns = nodes.map((node, n) => {
    const { holds, facts } = compileJoined(forCare(node), ground, joins)
    // As where it is used: nothing holds for the dead but what asks for them.
    const seen = n === 0 && !seesDead(condition, ctx.facts) ? sql`(p.state = 'active' and ${holds})` : holds
    return sql`${seen} as ${sql.id(`h${n}`)}, ${isGroup(node) ? sql`null::jsonb` : facts} as ${sql.id(`f${n}`)}`
  })
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from patient p ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = ${patientId}`.execute(ctx.db)
  const row = rows[0]
  if (!row) return undefined
  const sentences = await sentencesOf(ctx, nodes)
  return build(condition, { next: 0 }, (n) => ({
    condition: nodes[n]!,
    sentence: sentences[n]!,
    holds: Boolean(row[`h${n}`]),
    facts: ((row[`f${n}`] as unknown[] | null) ?? []).flat(),
  }))
}

function build(
  condition: Condition,
  at: { next: number },
  read: (n: number) => Omit<Explanation, 'parts'>,
): Explanation {
  const own = read(at.next++)
  return { ...own, parts: partsOf(condition).map((part) => build(part, at, read)) }
}

/** All nodes, each before its parts. */
function nodesOf(condition: Condition): Condition[] {
  return [condition, ...partsOf(condition).flatMap(nodesOf)]
}

function partsOf(condition: Condition): Condition[] {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  return 'not' in condition ? [condition.not] : []
}

function isGroup(condition: Condition): boolean {
  return partsOf(condition).length > 0
}
