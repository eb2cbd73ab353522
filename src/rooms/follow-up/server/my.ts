import { addDays, dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { MyPathway } from '../contract/my.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { definitionOf } from './begin.ts'
import { findOfRuns, type OccurrenceRow } from './occurrence-store.ts'
import { findProtocols, keyOf, type Protocols } from './protocol-store.ts'
import { findRuns, type RunRow } from './run-store.ts'

/** So long an ended pathway stays on the person's page. */
const ENDED_DAYS = 30
/** What comes besides the present step. */
const NEXT_SHOWN = 3

/** The person's own pathways that have words for them; one without is the house's own work and is not shown. */
export async function showOwnPathways(ctx: ReadContext): Promise<{ rows: MyPathway[] }> {
  const patientId = ownPatientId(ctx)
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const since = addDays(ctx.today, -ENDED_DAYS)
  const runs = (await findRuns(ctx.db, ctx.organizationId, [patientId])).filter(
    (run) =>
      protocolOf(protocols, run)?.forPatient &&
      (run.state === 'active' || (run.ended_at !== null && dateIn(run.ended_at, ctx.tenant.timeZone) >= since)),
  )
  const rows = await findOfRuns(
    ctx.db,
    ctx.organizationId,
    runs.map(({ id }) => id),
  )
  const person = await patientSummary(ctx, patientId)
  const carer = person?.managerName ?? person?.doctorName ?? null
  return {
    rows: runs
      .toSorted((a, b) => Number(a.state !== 'active') - Number(b.state !== 'active'))
      .map((run) => ({
        ...rowOf(
          ctx,
          protocols,
          run,
          rows.filter(({ run_id }) => run_id === run.id),
        ),
        carer,
      })),
  }
}

const protocolOf = (protocols: Protocols, run: RunRow): ProtocolDefinition | undefined =>
  protocols.get(keyOf(run.protocol_code, run.protocol_version))?.definition

function rowOf(
  ctx: ReadContext,
  protocols: Protocols,
  run: RunRow,
  occurrences: readonly OccurrenceRow[],
): Omit<MyPathway, 'carer'> {
  const definition = protocolOf(protocols, run)!
  const { title, text, leave } = definition.forPatient!
  const shown = definition.steps.filter(({ forPatient }) => forPatient)
  const open = occurrences
    .filter(({ state }) => state === 'planned' || state === 'due')
    .map((row) => ({ row, step: definitionOf(protocols, run, row.step).step }))
    .filter(({ step }) => step.forPatient)
    .toSorted((a, b) => (a.row.due_on < b.row.due_on ? -1 : 1))
  const [first, ...rest] = run.state === 'active' ? open : []
  return {
    id: run.id as never,
    title,
    text,
    leave: leave ?? null,
    phase: definition.phases?.find(({ code }) => code === first?.step.phase)?.forPatient ?? null,
    step: first
      ? {
          ...first.step.forPatient!,
          number: Math.max(1, shown.findIndex(({ code }) => code === first.step.code) + 1),
          of: shown.some(({ code, next }) => next === code) ? null : shown.length,
          dueOn: first.row.due_on,
          until: first.row.window_until,
          now: first.row.state === 'due',
          resting: first.row.resting_since !== null,
        }
      : null,
    next: rest.slice(0, NEXT_SHOWN).map(({ row, step }) => ({ title: step.forPatient!.title, dueOn: row.due_on })),
    goals: (definition.goals ?? []).flatMap(({ forPatient }) => forPatient ?? []),
    doneSteps: occurrences.filter(({ state }) => state === 'done' || state === 'done-late').length,
    startedOn: dateIn(run.started_at, ctx.tenant.timeZone),
    ended: run.ended_at
      ? {
          on: dateIn(run.ended_at, ctx.tenant.timeZone),
          words: definition.exits?.find(({ code }) => code === run.exit_rule)?.forPatient ?? null,
        }
      : null,
  }
}
