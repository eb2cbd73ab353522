import { addDays, dateIn, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { CareBatch } from '../../agenda/server/index.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { gather, noDifferences, type Differences } from './differences.ts'
import { lookForAgain } from './exits.ts'
import { whatIsKnown } from './known.ts'
import { findLast, type OccurrenceRow } from './occurrence-store.ts'
import type { Person } from './person-store.ts'
import { keyOf, type Protocols } from './protocol-store.ts'
import { replan } from './replan.ts'
import type { Holds } from './rules/branch.ts'
import { advance, closesOn, nextLook, stepOf, tracksOf, type Known, type Standing } from './rules/plan.ts'
import type { RunRow } from './run-store.ts'
import { mindStays } from './stay.ts'
import { writeDifferences } from './write.ts'

/** Brings locked plans up to the date of the batch, and says when to look again. */
export async function progress(
  ctx: WriteContext,
  batch: CareBatch,
  protocols: Protocols,
  people: readonly Person[],
  runs: readonly RunRow[],
): Promise<void> {
  const replanned = await replan(ctx, protocols, runs)
  const now = runs.map((one) => replanned.get(one.id) ?? one)
  const runIds = runs.map((run) => run.id)
  const newest = await findLast(ctx.db, ctx.organizationId, runIds)
  const { rows, resting } = await mindStays(ctx, protocols, now, newest, batch.today)
  const last = Map.groupBy(rows, (row) => row.run_id)
  const knows = await whatIsKnown(ctx, protocols, now)
  const differences = noDifferences()
  for (const run of now) {
    const known = { ...knows(run), rests: resting.has(run.id) }
    lookAt(ctx, batch, protocols, run, last.get(run.id) ?? [], known, differences)
  }
  // Whether contact is lost is asked once it is written that one more was missed.
  for (const { run, as } of differences.missed)
    if (as?.protocol.exits?.some(({ when }) => 'missedInRow' in when))
      batch.propose(run.patient_id, batch.now, `way out of ${run.protocol_code}`)
  for (const run of differences.completed) lookForAgain(batch, protocols, run)
  await writeDifferences(ctx, differences, new Map(people.map((person) => [person.id, person])))
}

/** Anchors that may lie far back: what lay before the plan began is nobody's fault. */
export function skipsBefore({ anchor }: ProtocolDefinition, startedOn: string): string | undefined {
  return anchor === 'last-period' || anchor === 'delivery' || anchor === 'birth' ? startedOn : undefined
}

function lookAt(
  ctx: WriteContext,
  batch: CareBatch,
  protocols: Protocols,
  run: RunRow,
  rows: readonly OccurrenceRow[],
  known: { holds: Holds; repeats: Known['repeats']; rests: boolean },
  to: Differences,
): void {
  const pinned = protocols.get(keyOf(run.protocol_code, run.protocol_version))!.definition
  const next = run.switch_to === null ? undefined : protocols.get(keyOf(run.protocol_code, run.switch_to))?.definition
  const newest = new Map(rows.map((row) => [row.track, row]))
  // A plan that is not of today begins a track it has not had yet from today.
  const startedOn = dateIn(run.started_at, ctx.tenant.timeZone)
  const isNew = startedOn === batch.today
  const anchorOn = isNew || rows.length === 0 ? run.anchor_on : batch.today
  const bring = (definition: ProtocolDefinition) =>
    [...new Set([...tracksOf(definition), ...newest.keys()])].map((track) => ({
      track,
      ...advance(
        definition,
        track,
        newest.has(track) ? run.anchor_on : anchorOn,
        standing(newest.get(track)),
        batch.today,
        { ...known, skipsBefore: skipsBefore(definition, startedOn) },
      ),
    }))
  let protocol = pinned
  let brought = bring(pinned)
  if (next && brought.some(({ moves }) => moves.some((move) => move.kind === 'plan'))) {
    protocol = next
    brought = bring(next)
    to.switched.push(run)
  }
  for (const { track, moves, now } of brought) {
    const newestId = gather(ctx, run, protocol, track, newest.get(track), moves, batch.today, to)
    if (now?.state === 'due' && newestId) noteLate(ctx, batch, run, protocol, now, newestId, to)
  }
  const standings = brought.map(({ now }) => now).filter((now) => now !== undefined)
  // Nobody knows when a stay ends: what rests is looked at once a day.
  const rests = (now: Standing) => known.rests && now.state === 'planned' && now.windowFrom <= batch.today
  const dates = standings
    .map((now) => (rests(now) ? addDays(batch.today, 1) : nextLook(now)))
    .filter((date) => date !== undefined)
  const closes = closesOn(protocol, standings)
  if (closes !== undefined && closes <= batch.today) to.completed.push(run)
  else if (closes !== undefined) dates.push(closes)
  const soonest = dates.toSorted()[0]
  if (soonest)
    batch.propose(run.patient_id, instantAt(soonest, 0, ctx.tenant.timeZone), `follow-up ${run.protocol_code}`)
}

/** Past its target time: escalated now; not yet: looked at then. */
function noteLate(
  ctx: WriteContext,
  batch: CareBatch,
  run: RunRow,
  protocol: ProtocolDefinition,
  now: Standing,
  occurrenceId: string,
  to: Differences,
): void {
  const step = stepOf(protocol, now.step)
  if (!step?.targetTime?.escalation) return
  const at = instantAt(now.windowFrom, step.targetTime.hours * 60, ctx.tenant.timeZone)
  if (at <= batch.now) to.late.push({ occurrenceId, run, step, protocol })
  else batch.propose(run.patient_id, at, `target time of ${run.protocol_code}`)
}

export function standing(row: OccurrenceRow | undefined): Standing | undefined {
  if (!row) return undefined
  const { step, track, sequence, state, action, ends_track: ends } = row
  return {
    step,
    track,
    sequence,
    state,
    action,
    ends,
    windowFrom: row.window_from,
    dueOn: row.due_on,
    windowUntil: row.window_until,
    actualOn: row.actual_on,
  }
}

/** With the follow-up's id it makes the task unique. */
export const TASK_SOURCE = 'follow-up'
