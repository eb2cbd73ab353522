import { sql } from 'kysely'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { hold, wakeEach } from '../../agenda/server/index.ts'
import { segmentFilled } from '../contract/events.ts'
import { fillList } from '../contract/jobs.ts'
import type { SegmentId } from '../contract/words.ts'
import { everybodyOf, whoBelongs } from './evaluate.ts'
import { changeFill, findUnfinished, holdFill, nextPeople, type FillRow } from './fill-store.ts'
import { findRoll } from './in-force.ts'
import { applyMoves, applyToAll, type Roll } from './roll.ts'
import { recordSize } from './size.ts'
import { heldOf } from './step.ts'
import { tellFilled, tellMoves } from './tell.ts'

/**
 * People looked at in one transaction of the sweep: what comes in for them meanwhile waits for its end. With 5,000 of a
 * million nearly every handful of reports had one among them, and half as many were filed while a list was swept.
 */
export const SWEPT_AT_ONCE = 1000

/**
 * Brings everybody into a list whose condition is new, in two passes that each may be begun again.
 *
 * The first is one statement over all: it brings in who belongs, so that the list can be used at once. The second goes
 * through everybody in slices and puts into the agenda when time alone will move each of them; it holds their rows of the
 * agenda, so that no fact comes between looking and writing, and mends what changed beside the first. How far it is stands
 * in `segment_fill`. A frozen segment needs the first alone.
 */
export async function runFill(
  house: House,
  organizationId: string,
  { fillId }: { fillId: string },
  slice = SWEPT_AT_ONCE,
): Promise<void> {
  const tenant = await house.tenant(organizationId)
  const options = { tenant, actor: systemActor(tenant.id, 'segment/fill') }
  for (let isGoingOn = true; isGoingOn;) isGoingOn = await write(house, options, (ctx) => goOn(ctx, fillId, slice))
}

/** One transaction of it. @returns whether there is more to do */
async function goOn(ctx: WriteContext, fillId: string, slice: number): Promise<boolean> {
  const fill = await holdFill(ctx.tx, ctx.organizationId, fillId)
  if (!fill) return false
  const roll = await findRoll(ctx, fill.list_kind, fill.list_id)
  if (!roll || roll.version !== fill.version) {
    await changeFill(ctx.tx, ctx.organizationId, fillId, { finished_at: ctx.clock.now() })
    return false
  }
  return fill.filled_at === null ? bringIn(ctx, fill, roll) : sweep(ctx, fill, roll, slice)
}

async function bringIn(ctx: WriteContext, fill: FillRow, roll: Roll): Promise<boolean> {
  const now = ctx.clock.now()
  const holding = roll.admitted ? everybodyOf(ctx, roll.admitted) : sql`false`
  const { entered, left } = await applyToAll(
    ctx,
    roll,
    sql`select p.id patient_id from patient p where ${holding}`,
    now,
  )
  const isFrozen = roll.kind === 'segment' && !(await followsFacts(ctx, roll.id))
  await changeFill(ctx.tx, ctx.organizationId, fill.id, {
    filled_at: now,
    entered,
    left_count: left,
    ...(isFrozen ? { finished_at: now } : {}),
  })
  if (roll.kind === 'segment') {
    await recordSize(ctx, roll.id)
    await tellFilled(ctx, roll, now)
    const told = { segmentId: roll.id as SegmentId, version: roll.version, entered, left, at: now.toISOString() }
    await ctx.emit(segmentFilled, told)
  }
  return !isFrozen
}

async function sweep(ctx: WriteContext, fill: FillRow, roll: Roll, slice: number): Promise<boolean> {
  const now = ctx.clock.now()
  const people = await nextPeople(ctx.tx, ctx.organizationId, fill.swept_to, slice)
  if (people.length > 0) {
    await hold(ctx.tx, ctx.organizationId, people)
    const belonging = await whoBelongs(ctx, [roll], people, { now, today: ctx.today })
    const held = heldOf(roll.kind, [roll], belonging)
    const moves = await applyMoves(ctx, roll.kind, [roll.id], people, held, now)
    if (roll.kind === 'segment') await tellMoves(ctx, [roll], moves, now)
    const turning = belonging.flatMap(({ patientId, flipsAt }) => (flipsAt ? [{ patientId, at: flipsAt }] : []))
    await wakeEach(ctx.tx, ctx.organizationId, turning, 'segment or worklist may turn')
  }
  const isEnd = people.length < slice
  await changeFill(ctx.tx, ctx.organizationId, fill.id, {
    ...(people.length > 0 ? { swept_to: people.at(-1)! } : {}),
    ...(isEnd ? { finished_at: now } : {}),
  })
  return !isEnd
}

async function followsFacts(ctx: WriteContext, segmentId: string): Promise<boolean> {
  const { rows } = await sql<{ mode: string }>`
    select v.definition ->> 'mode' mode from segment s
    join segment_version v on v.organization_id = s.organization_id and v.segment_id = s.id and v.version = s.version
    where s.organization_id = ${ctx.organizationId} and s.id = ${segmentId}`.execute(ctx.db)
  return rows[0]?.mode === 'dynamic'
}

/** A job lives in the queue, the work in `segment_fill`: what has lain for ten minutes is taken up again. */
export async function takeUpFills(house: House, tenant: Tenant): Promise<void> {
  await write(house, { tenant, actor: systemActor(tenant.id, 'segment/take-up') }, async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - 600_000)
    for (const fillId of await findUnfinished(ctx, before)) await ctx.enqueue(fillList, { fillId }, { key: fillId })
  })
}
