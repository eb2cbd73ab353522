import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { cancelOpen, insertOccurrences, type NewOccurrence, type OccurrenceRow } from './occurrence-store.ts'
import { keyOf, type Protocols } from './protocol-store.ts'
import { whatIsKnown } from './known.ts'
import { nextInTrack } from './rules/plan.ts'
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
  const knows = await whatIsKnown(ctx, protocols, those)
  const added: NewOccurrence[] = []
  const givesWay: { runId: string; track: string }[] = []
  for (const run of those) {
    now.set(run.id, { ...run, protocol_version: run.switch_to!, switch_to: null, switch_how: null })
    const { definition } = protocols.get(keyOf(run.protocol_code, run.switch_to!))!
    // A track that the new version has no more ends with what is planned of it.
    for (const open of planned.get(run.id) ?? []) {
      givesWay.push({ runId: run.id, track: open.track })
      const before = settled.get(run.id)?.find(({ track }) => track === open.track)
      const { holds, repeats } = knows(run)
      const known = { holds, repeats: (step: string) => repeats(step) - (step === open.step ? 1 : 0) }
      const next = nextInTrack(definition, open.track, run.anchor_on, standing(before), undefined, known)
      if (next) added.push(rowOf(ctx, run, open.track, open.sequence + 1, next))
    }
  }
  for (const [track, some] of Map.groupBy(givesWay, (one) => one.track))
    await cancelOpen(
      ctx.tx,
      ctx.organizationId,
      { runIds: some.map(({ runId }) => runId), track, reason: 're-planned' },
      ctx.actor,
      ctx.clock.now(),
    )
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
  const byRun = (planned: boolean) =>
    Map.groupBy(
      rows.filter((row) => (row.state === 'planned') === planned),
      (row) => row.run_id,
    )
  return { planned: byRun(true), settled: byRun(false) }
}
