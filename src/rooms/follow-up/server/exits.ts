import { dateIn, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { CareBatch } from '../../agenda/server/index.ts'
import type { ExitRule } from '../contract/pathway.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { endPlans } from './end.ts'
import { findMissedInRow } from './occurrence-store.ts'
import { keyOf, type Protocols } from './protocol-store.ts'
import { addInterval } from './rules/dates.ts'
import { exitCondition } from './rules/goal.ts'
import type { Holds } from './rules/branch.ts'
import type { Ending, RunRow } from './run-store.ts'
import { askAll } from './says.ts'
import { tellPatients } from './tell.ts'

/**
 * Ends plans whose rules of leaving hold: goals reached, a condition, contact lost, time over. Only what such a rule asks
 * wakes anybody: its facts (`asks-for.ts`), and the moment at which time alone turns it.
 * @returns the plans that go on
 */
export async function leaveByRule(
  ctx: WriteContext,
  batch: CareBatch,
  protocols: Protocols,
  runs: readonly RunRow[],
): Promise<RunRow[]> {
  const endings: Ending[] = []
  const told: { run: RunRow; rule: ExitRule }[] = []
  const byVersion = Map.groupBy(runs, (run) => keyOf(run.protocol_code, run.protocol_version))
  for (const [version, those] of byVersion) {
    const { definition } = protocols.get(version)!
    for (const { run, rule } of await whoLeaves(ctx, batch, definition, those)) {
      endings.push({
        runId: run.id,
        ...(rule.as === 'graduated' ? { state: 'completed', reason: null } : { state: 'exited', reason: rule.as }),
        note: ctx.tenant.locale === 'en' ? rule.name.en : rule.name.zh,
        rule: rule.code,
      })
      told.push({ run, rule })
    }
  }
  if (endings.length === 0) return [...runs]
  const ended = new Set((await endPlans(ctx, endings)).map((run) => run.id))
  for (const { run } of told) lookForAgain(batch, protocols, run)
  await tellPatients(
    ctx,
    told.flatMap(({ run, rule }) =>
      rule.message && ended.has(run.id)
        ? {
            patientId: run.patient_id,
            template: rule.message,
            occurrenceId: run.id,
            dueOn: batch.today,
            until: addInterval(batch.today, { days: 7 }),
          }
        : [],
    ),
  )
  return runs.filter((run) => !ended.has(run.id))
}

async function whoLeaves(
  ctx: WriteContext,
  batch: CareBatch,
  definition: ProtocolDefinition,
  runs: readonly RunRow[],
): Promise<{ run: RunRow; rule: ExitRule }[]> {
  const rules = definition.exits ?? []
  if (rules.length === 0) return []
  const conditions = rules.flatMap((rule) => exitCondition(definition, rule) ?? [])
  const patientIds = runs.map((run) => run.patient_id)
  const says = await askAll(ctx, conditions, patientIds, (patientId, at) =>
    batch.propose(patientId, at, `way out of ${definition.code} may turn`),
  )
  const inRow = rules.some(({ when }) => 'missedInRow' in when)
    ? await findMissedInRow(
        ctx.db,
        ctx.organizationId,
        runs.map((run) => run.id),
      )
    : []
  return runs.flatMap((run) => {
    const wait = (on: string) =>
      batch.propose(run.patient_id, instantAt(on, 0, ctx.tenant.timeZone), `way out of ${definition.code}`)
    const rows = inRow.filter(({ runId }) => runId === run.id)
    const rule = rules.find((one) => fits(definition, one, run, batch.today, says.holdsFor(run.patient_id), rows, wait))
    return rule ? [{ run, rule }] : []
  })
}

function fits(
  definition: ProtocolDefinition,
  rule: ExitRule,
  run: RunRow,
  today: string,
  holds: Holds,
  inRow: readonly { track: string; count: number }[],
  wait: (on: string) => void,
): boolean {
  const { when, notBefore } = rule
  const from = notBefore && addInterval(run.anchor_on, notBefore)
  if (from && today < from) {
    wait(from)
    return false
  }
  if ('after' in when) {
    const on = addInterval(run.anchor_on, when.after)
    if (on > today) wait(on)
    return on <= today
  }
  if ('missedInRow' in when)
    return inRow.some(({ track, count }) => (!when.track || when.track === track) && count >= when.missedInRow)
  const condition = exitCondition(definition, rule)
  return condition !== undefined && holds(condition)
}

/** A plan has just ended that may be begun again: another look at once finds out when. */
export function lookForAgain(batch: CareBatch, protocols: Protocols, run: RunRow): void {
  const entry = protocols.get(keyOf(run.protocol_code, run.protocol_version))?.definition.entry
  if (entry && 'condition' in entry && entry.again)
    batch.propose(run.patient_id, batch.now, `again into ${run.protocol_code}`)
}

/** Whether somebody who went through it may come in again by the condition they have: so long after it ended. */
export function mayComeAgain(
  { entry }: ProtocolDefinition,
  last: Pick<RunRow, 'ended_at' | 'exit_reason'> | undefined,
  today: string,
  timeZone: string,
): { now: boolean; on: string } | undefined {
  if (!('condition' in entry) || !entry.again || !last?.ended_at || last.exit_reason === 'refusal') return undefined
  const on = addInterval(dateIn(last.ended_at, timeZone), entry.again)
  return { now: on <= today, on }
}
