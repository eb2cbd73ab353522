import { sql } from 'kysely'
import { instantAt } from '../../../platform/clock.ts'
import { compileJoined, groundOf, newJoins } from '../../../platform/condition/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import type { CareBatch, CareStep } from '../../agenda/server/index.ts'
import '../../patient/server/table.ts'
import { lifecycleMoved } from '../contract/events.ts'
import type { Stage } from '../contract/words.ts'
import { applyMoves, type NewMove } from './move-store.ts'
import { rulesInForce, type RuleInForce } from './rule-store.ts'
import { furthest, isForward, rests } from './rules.ts'

interface Looked {
  id: string
  stage: Stage | null
  since_at: Date | null
  rests_until: string | null
  revision: number
  /** By rule: the facts, or null where it does not hold. */
  facts: (unknown[] | null)[]
  /** By rule: the first moment at which time alone may turn it. */
  flips: (Date | null)[]
}

/**
 * The care step of relationship stages: whoever a rule holds for comes forward, past stages in between where facts say so;
 * nobody comes back by it. Looked at again when time alone could bring somebody forward, or when their rest ends.
 */
export const lifecycleStep: CareStep = {
  name: 'lifecycle',
  async evaluate(ctx, batch) {
    const rules = await rulesInForce(ctx)
    const moves: NewMove[] = []
    for (const one of await look(ctx, rules, batch)) {
      if (rests(one.rests_until, batch.today)) {
        batch.propose(one.id, instantAt(one.rests_until!, 0, ctx.tenant.timeZone), 'relationship: rules decide again')
        continue
      }
      const holding = rules.filter((_rule, n) => one.facts[n] !== null).map(({ stage }) => stage)
      const to = furthest(one.stage, holding)
      for (const [n, at] of one.flips.entries())
        if (at && isForward(to ?? one.stage, rules[n]!.stage)) batch.propose(one.id, at, 'relationship stage may turn')
      if (to) moves.push(moveOf(ctx, rules, one, to, batch.now))
    }
    await write(ctx, moves, batch.now)
  },
}

async function look(ctx: WriteContext, rules: readonly RuleInForce[], batch: CareBatch): Promise<Looked[]> {
  const ground = { ...groundOf(ctx), now: batch.now, today: batch.today }
  const joins = newJoins()
  const compiled = rules.map(({ admitted }) => compileJoined(admitted, ground, joins))
  // `to_jsonb` of an array would lose what is null and what is a moment: each rule has columns of its own.
  const columns = compiled.flatMap(({ holds, facts, flipsAt }, n) => [
    sql`case when ${holds} then ${facts} end as ${sql.id(`r${n}`)}`,
    sql`${flipsAt} as ${sql.id(`f${n}`)}`,
  ])
  type Row = Record<string, unknown> & Pick<Looked, 'id' | 'stage' | 'since_at' | 'rests_until' | 'revision'>
  const { rows } = await sql<Row>`${sql.raw(PREPARED)}
    select p.id, s.stage, s.since_at, s.rests_until, coalesce(s.revision, 0) revision ${columns.length > 0 ? sql`, ${sql.join(columns)}` : sql``}
    from patient p left join relationship s on s.organization_id = p.organization_id and s.patient_id = p.id
      ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = any(${[...batch.patientIds]}::uuid[]) and p.state = 'active'`.execute(
    ctx.db,
  )
  return rows.map((row) => ({
    ...row,
    facts: rules.map((_rule, n) => (row[`r${n}`] ?? null) as unknown[] | null),
    flips: rules.map((_rule, n) => (row[`f${n}`] ?? null) as Date | null),
  }))
}

function moveOf(ctx: WriteContext, rules: readonly RuleInForce[], one: Looked, to: Stage, now: Date): NewMove {
  const n = rules.findIndex(({ stage }) => stage === to)
  return {
    id: ctx.ids.next<string>(),
    patientId: one.id,
    revision: one.revision,
    kind: 'rule',
    from: one.stage,
    to,
    since: now,
    sinceBefore: one.since_at,
    restBefore: one.rests_until,
    restsUntil: null,
    ruleVersion: rules[n]?.version ?? null,
    // A kind that counts brings several facts at once.
    facts: (one.facts[n] ?? []).flat(),
  }
}

async function write(ctx: WriteContext, moves: readonly NewMove[], now: Date): Promise<void> {
  const made = await applyMoves(ctx.tx, ctx.organizationId, moves, { id: null, name: '' }, now)
  await ctx.emitMany(
    lifecycleMoved,
    moves
      .filter(({ id }) => made.has(id))
      .map(({ patientId, from, to }) => ({
        patientId: patientId as PatientId,
        from,
        to,
        by: 'rule' as const,
        at: now.toISOString(),
      })),
  )
}
