import { sql } from 'kysely'
import { forAudiences } from '../../../platform/condition/admit.ts'
import { canAsk, forCare, leaves, type Condition } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Roll } from './roll.ts'
import './table.ts'

type Found = Pick<Roll, 'kind' | 'id' | 'version' | 'condition'>

/**
 * The lists that follow the facts, in levels: one that asks for a segment stands after it. Frozen segments are not among
 * them.
 */
export async function findRolls(ctx: ReadContext): Promise<Roll[][]> {
  const { rows } = await sql<Found>`
    select 'segment' kind, s.id, s.version, v.definition -> 'condition' condition
    from segment s join segment_version v on v.organization_id = s.organization_id and v.segment_id = s.id and v.version = s.version
    where s.organization_id = ${ctx.organizationId} and s.state = 'active' and v.definition ->> 'mode' = 'dynamic'
    union all
    select 'worklist', w.id, w.version, w.condition from worklist w
    where w.organization_id = ${ctx.organizationId} and w.state = 'active'
    order by 2`.execute(ctx.db)
  return inLevels(await admitAll(ctx, rows))
}

/** One list, frozen ones as well; undefined when it is not in force. */
export async function findRoll(ctx: ReadContext, kind: Roll['kind'], id: string): Promise<Roll | undefined> {
  const { rows } =
    kind === 'segment'
      ? await sql<Found>`
          select 'segment' kind, s.id, s.version, v.definition -> 'condition' condition
          from segment s join segment_version v on v.organization_id = s.organization_id and v.segment_id = s.id and v.version = s.version
          where s.organization_id = ${ctx.organizationId} and s.id = ${id} and s.state = 'active'`.execute(ctx.db)
      : await sql<Found>`
          select 'worklist' kind, id, version, condition from worklist
          where organization_id = ${ctx.organizationId} and id = ${id} and state = 'active'`.execute(ctx.db)
  return (await admitAll(ctx, rows))[0]
}

/**
 * Segments choose whom to write to, worklists whom to look after. What has come to tell of mind and mood since it was
 * saved, because a tag it asks for was changed, holds nobody from then on (R2).
 */
async function admitAll(ctx: ReadContext, found: readonly Found[]): Promise<Roll[]> {
  const sound = found.filter(({ condition }) => canAsk(ctx.facts, condition))
  const segments = sound.filter(({ kind }) => kind === 'segment')
  const admitted = await forAudiences(
    ctx,
    segments.map(({ condition }) => condition),
  )
  const audienceOf = new Map(segments.map((segment, n) => [segment, admitted[n]]))
  return found.map((one) => {
    const isSound = sound.includes(one)
    const roll: Roll = { ...one, admitted: undefined }
    if (isSound) roll.admitted = one.kind === 'worklist' ? forCare(one.condition) : audienceOf.get(one)
    if (!roll.admitted)
      ctx.log.error({ list: one.id, kind: one.kind }, 'a list asks what may not, or cannot, be asked; it holds nobody')
    return roll
  })
}

/** The segments that a condition asks for. */
export function segmentsIn(condition: Condition): string[] {
  return leaves(condition).flatMap((leaf) => ('segment' in leaf ? [leaf.segment.segment] : []))
}

/** A circle is refused when it is saved; should there be one, its lists come last rather than hold up everybody. */
export function inLevels<T extends { id: string; condition: Condition }>(rolls: readonly T[]): T[][] {
  const levels: T[][] = []
  let waiting = [...rolls]
  while (waiting.length > 0) {
    const ids = new Set(waiting.map(({ id }) => id))
    const ready = waiting.filter(({ condition }) => !segmentsIn(condition).some((id) => ids.has(id)))
    if (ready.length === 0) return [...levels, waiting]
    levels.push(ready)
    waiting = waiting.filter((roll) => !ready.includes(roll))
  }
  return levels
}
