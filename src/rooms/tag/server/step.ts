import { sql } from 'kysely'
import {
  compileJoined,
  earliestTurn,
  forCare,
  groundOf,
  newJoins,
  seesDead,
} from '../../../platform/condition/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import type { CareBatch, CareStep } from '../../agenda/server/index.ts'
import { findPublishedRules, type PublishedTag } from './published.ts'
import { applyDifferences, type RuleResult } from './differences.ts'
import { endOutlived } from './ending.ts'

/**
 * The care step of tags: ends what has had its time, evaluates all published rules over the claimed batch, one statement per level, and writes the
 * differences. Proposes the earliest moment at which time alone would change an answer or end a tag.
 */
export const tagStep: CareStep = {
  name: 'tag',
  async evaluate(ctx, batch) {
    await endOutlived(ctx, batch)
    for (const level of await findPublishedRules(ctx)) {
      const results = await evaluateRules(ctx, level, batch)
      for (const { patientId, flipsAt } of results) if (flipsAt) batch.propose(patientId, flipsAt, 'tag rule may turn')
      await applyDifferences(ctx, level, batch, results)
    }
  },
}

export interface PatientResult {
  patientId: string
  flipsAt: Date | null
  results: RuleResult[]
}

async function evaluateRules(
  ctx: WriteContext,
  rules: readonly PublishedTag[],
  batch: CareBatch,
): Promise<PatientResult[]> {
  const ground = { ...groundOf(ctx), now: batch.now, today: batch.today }
  const joins = newJoins()
  const compiled = rules.map((rule) => compileJoined(forCare(rule.condition!), ground, joins))
  // One column of facts per rule: null where the rule does not hold, which keeps the answer small.
  const columns = compiled.map((rule, index) => {
    const holds = seesDead(rules[index]!.condition!, ctx.facts)
      ? rule.holds
      : sql`(p.state = 'active' and ${rule.holds})`
    return sql`case when ${holds} then ${rule.facts} end as ${sql.id(`r${index}`)}`
  })
  const { rows } = await sql<Record<string, unknown> & { id: string; flips_at: Date | null }>`${sql.raw(PREPARED)}
    select p.id, ${earliestTurn(joins, batch.now)} flips_at, ${sql.join(columns)}
    from patient p ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = any(${batch.patientIds}::uuid[])`.execute(ctx.db)
  return rows.map((row) => ({
    patientId: row.id,
    flipsAt: row.flips_at,
    results: rules.map((rule, index) => ({ rule, facts: (row[`r${index}`] ?? null) as unknown[] | null })),
  }))
}
