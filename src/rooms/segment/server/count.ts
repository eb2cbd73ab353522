import { sql, type Expression, type SqlBool } from 'kysely'
import {
  checkCondition,
  forAudience,
  forCare,
  sayFault,
  type Admitted,
  type Condition,
  type ConditionFault,
} from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { BoundedReads, type Bounded } from '../../../platform/database/bounded.ts'
import type { Db } from '../../../platform/database/database.ts'
import { countActive, halves, isOf, visibleTo, type Divide } from '../../patient/server/index.ts'
import type { countSegment } from '../contract/segment.ts'
import { faultsOfSegment } from './check.ts'
import { everybodyOf } from './evaluate.ts'
import { sizeFor } from './size.ts'

/** Longer than this nobody waits for a number while editing. */
export const COUNT_LIMIT_MS = 8000

const reads = new BoundedReads()

type Answer = AnswerOf<typeof countSegment>

/** How many of all living people a condition would choose. */
export async function countForSegment(
  ctx: ReadContext,
  condition: Condition,
  ask: string,
  divide?: Divide,
): Promise<Answer> {
  const faults = await faultsOfSegment(ctx, condition)
  if (faults.length > 0) return answerOf(ctx, { faults })
  const admission = await forAudience(ctx, condition)
  if ('faults' in admission) return answerOf(ctx, { faults: admission.faults })
  return counted(ctx, admission.admitted, ask, sql<SqlBool>`true`, divide)
}

/** How many of the reader's own people a worklist would hold. */
export async function countForWorklist(ctx: ReadContext, condition: Condition, ask: string): Promise<Answer> {
  const faults = await checkCondition(ctx, condition)
  if (faults.length > 0) return answerOf(ctx, { faults })
  return counted(ctx, forCare(condition), ask, visibleTo(ctx.actor, 'p', ctx.clock.now()))
}

/** The parts of a large organization are counted beside each other; each is broken off by the next of its own. */
async function counted(
  ctx: ReadContext,
  admitted: Admitted,
  ask: string,
  scope: Expression<SqlBool>,
  divide: Divide = halves,
): Promise<Answer> {
  const started = performance.now()
  const parts = await divide(ctx.db, ctx.organizationId)
  const results = await Promise.all(
    parts.map((part, n) => {
      const key = `${ctx.organizationId} ${ctx.actor.id} ${ask} ${n}`
      const people = sql<SqlBool>`(${scope} and ${isOf(part)})`
      return reads.read(ctx.db, { key, limitMs: COUNT_LIMIT_MS }, (tx) => countIn(tx, ctx, admitted, people))
    }),
  )
  return answerOf(ctx, { result: together(results), milliseconds: Math.round(performance.now() - started) })
}

interface Counts {
  count: number
  of: number
}

function together(results: readonly Bounded<Counts>[]): Bounded<Counts> {
  const done = { count: 0, of: 0 }
  for (const result of results) {
    if ('ended' in result) return result
    done.count += result.done.count
    done.of += result.done.of
  }
  return { done }
}

async function countIn(db: Db, ctx: ReadContext, admitted: Admitted, scope: Expression<SqlBool>): Promise<Counts> {
  const people = await sql<{ n: number }>`
    select count(*)::int n from patient p where ${everybodyOf(ctx, admitted)} and ${scope}`.execute(db)
  return { count: people.rows[0]!.n, of: await countActive(db, ctx.organizationId, scope) }
}

interface Found {
  result?: Bounded<Counts>
  milliseconds?: number
  faults?: readonly ConditionFault[]
}

function answerOf(ctx: ReadContext, { result, milliseconds = 0, faults = [] }: Found): Answer {
  const done = result && 'done' in result ? result.done : undefined
  return {
    size: sizeFor(ctx, done?.count ?? null),
    of: done?.of ?? 0,
    milliseconds,
    ended: result && 'ended' in result ? result.ended : null,
    faults: faults.map((fault) => sayFault(ctx, fault)),
  }
}
