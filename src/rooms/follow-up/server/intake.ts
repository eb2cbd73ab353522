import { sql, type RawBuilder } from 'kysely'
import { canAsk, compileWhere, forCare, groundOf } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { addDays } from '../../../platform/clock.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { BoundedReads } from '../../../platform/database/bounded.ts'
import { workingDays } from '../../message/server/index.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { sentByTag } from '../../tag/server/index.ts'
import { FEW, type measureIntake } from '../contract/load.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { FURTHEST_DAYS } from '../contract/spread.ts'
import { STEP_OWNERS, type StepOwner } from '../contract/step.ts'
import { POOLS } from './owner.ts'
import { findReaches } from './reach-store.ts'
import { countWaits, findDays } from './spread-store.ts'
import '../../patient/server/table.ts'

/** Longer than this nobody waits for a number while designing. */
const COUNT_LIMIT_MS = 8000
const reads = new BoundedReads()

/**
 * How many people a definition would take in if it were published now, with what the page needs to lay them over the days.
 * Few are not told to the head, so that nobody finds a person by asking for one.
 */
export async function measure(
  ctx: ReadContext,
  definition: ProtocolDefinition,
): Promise<OutputOf<typeof measureIntake>> {
  const { organizationId } = ctx
  const entering = await countEntering(ctx, definition)
  const waiting = (await countWaits(ctx.db, organizationId, [definition.code])).get(definition.code) ?? []
  const days = await findDays(ctx.db, organizationId, definition.code, ctx.today)
  const isFew = entering !== null && entering > 0 && entering < FEW
  return {
    today: ctx.today,
    entering: isFew ? FEW : entering,
    few: isFew,
    waiting: waiting.reduce((sum, { count }) => sum + count, 0),
    enteredToday: days.entered,
    begins: [...days.begins].map(([on, count]) => ({ on, count })),
    staff: await staffByOwner(ctx, definition),
    shut: await shutDays(ctx),
  }
}

async function countEntering(ctx: ReadContext, definition: ProtocolDefinition): Promise<number | null> {
  const fits = fitting(ctx, definition)
  if (!fits) return null
  const departments = (await findReaches(ctx.db, ctx.organizationId)).get(definition.code)
  const within = departments
    ? sql<boolean>`exists (select from staff s where s.organization_id = p.organization_id and s.state = 'active'
        and s.id in (p.doctor_id, p.manager_id) and s.department_id = any(${[...departments]}::uuid[]))`
    : sql<boolean>`true`
  const result = await reads.read(
    ctx.db,
    { key: `${ctx.organizationId} ${ctx.actor.id} intake`, limitMs: COUNT_LIMIT_MS },
    async (tx) => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int n from patient p
        where p.organization_id = ${ctx.organizationId} and p.state = 'active' and ${fits} and ${within}
          and not exists (select from plan_wait w where w.organization_id = p.organization_id and w.patient_id = p.id
            and w.protocol_code = ${definition.code})
          and not exists (select from plan_run r where r.organization_id = p.organization_id and r.patient_id = p.id
            and r.protocol_code = ${definition.code} and (r.state <> 'exited' or r.exit_rule is not null
              or r.exit_reason not in ('not-applicable', 'merged', 'death')))`.execute(tx)
      return rows[0]!.n
    },
  )
  return 'done' in result ? result.done : null
}

/** Whom it takes in by itself, as a condition on `patient p`; undefined where people come in one by one. */
function fitting(ctx: ReadContext, { entry, code }: ProtocolDefinition): RawBuilder<boolean> | undefined {
  if ('tag' in entry) return sentByTag(ctx, code)
  if (!('condition' in entry) || !canAsk(ctx.facts, entry.condition)) return undefined
  return sql<boolean>`${compileWhere(forCare(entry.condition), groundOf(ctx))}`
}

async function staffByOwner(ctx: ReadContext, { steps }: ProtocolDefinition) {
  const owners = new Set(steps.map(({ owner }) => owner))
  const counts: Partial<Record<StepOwner, number>> = {}
  for (const owner of STEP_OWNERS)
    if (owners.has(owner)) counts[owner] = (await staffInRole(ctx, POOLS[owner] as never)).length
  return counts
}

/** Days off of the years to come, by the house's table where it has one, else by the week. */
async function shutDays(ctx: ReadContext): Promise<string[]> {
  const isWorkday = await workingDays(ctx, 'workdays')
  const days = Array.from({ length: FURTHEST_DAYS + 400 }, (_, n) => addDays(ctx.today, n))
  return days.filter((day) => !isWorkday(day))
}
