import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { cancelOpen, insertOccurrences, type NewOccurrence, type OccurrenceRow } from './occurrence-store.ts'
import { keyOf, type Protocols } from './protocol-store.ts'
import { nextInTrack, tracksOf } from './rules/plan.ts'
import { standing } from './progress.ts'
import { applySwitch, insertRunEvents, type RunRow } from './run-store.ts'

/**
 * Brings plans that were sent over to a new version at once to it: what is planned is reckoned anew from the last visit
 * that took place; what is due already stays as it was agreed. @returns the plans as they are now, by id
 */
export async function replan(
  ctx: WriteContext,
  protocols: Protocols,
  runs: readonly RunRow[],
): Promise<Map<string, RunRow>> {
  const those = runs.filter(
    (run) =>
      run.switch_how === 're-plan' && run.switch_to !== null && protocols.has(keyOf(run.protocol_code, run.switch_to)),
  )
  const now = new Map<string, RunRow>()
  if (those.length === 0) return now
  const runIds = those.map((run) => run.id)
  await applySwitch(ctx.tx, ctx.organizationId, runIds)
  const events = those.map((run) => ({
    id: ctx.ids.next(),
    runId: run.id,
    kind: 're-planned' as const,
    detail: { from: run.protocol_version, to: run.switch_to },
  }))
  await insertRunEvents(ctx.tx, ctx.organizationId, events, ctx.actor, ctx.clock.now())
  const { planned, settled } = await findPlannedAndSettled(ctx, runIds)
  const added: NewOccurrence[] = []
  for (const run of those) {
    now.set(run.id, { ...run, protocol_version: run.switch_to!, switch_to: null, switch_how: null })
    const { definition } = protocols.get(keyOf(run.protocol_code, run.switch_to!))!
    for (const track of tracksOf(definition)) {
      const open = planned.get(`${run.id} ${track}`)
      if (!open) continue
      const before = settled.get(`${run.id} ${track}`)
      const next = nextInTrack(definition, track, run.anchor_on, standing(before))
      await cancelOpen(
        ctx.tx,
        ctx.organizationId,
        { runIds: [run.id], track, reason: 're-planned' },
        ctx.actor,
        ctx.clock.now(),
      )
      if (next) added.push(rowOf(ctx, run, track, open.sequence + 1, next))
    }
  }
  await insertOccurrences(ctx.tx, ctx.organizationId, added, ctx.actor.name, ctx.clock.now())
  return now
}

function rowOf(
  ctx: WriteContext,
  run: RunRow,
  track: string,
  sequence: number,
  next: NonNullable<ReturnType<typeof nextInTrack>>,
): NewOccurrence {
  const { step, windowFrom, dueOn, windowUntil } = next
  return {
    id: ctx.ids.next(),
    runId: run.id,
    patientId: run.patient_id,
    step: step.code,
    track,
    sequence,
    windowFrom,
    dueOn,
    windowUntil,
    rank: step.rank,
    state: 'planned',
    taskId: null,
    actualOn: null,
  }
}

async function findPlannedAndSettled(ctx: WriteContext, runIds: readonly string[]) {
  const { rows } = await sql<OccurrenceRow>`
    select distinct on (run_id, track, state = 'planned') * from occurrence
    where organization_id = ${ctx.organizationId} and run_id = any(${[...runIds]}::uuid[]) and state in ('planned', 'done', 'done-late', 'missed')
    order by run_id, track, state = 'planned', sequence desc`.execute(ctx.tx)
  const byKey = (planned: boolean) =>
    new Map(
      rows.filter((row) => (row.state === 'planned') === planned).map((row) => [`${row.run_id} ${row.track}`, row]),
    )
  return { planned: byKey(true), settled: byKey(false) }
}
