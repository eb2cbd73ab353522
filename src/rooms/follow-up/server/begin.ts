import { sql } from 'kysely'
import { ageOn, dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import { findOccurrence, type OccurrenceRow } from './occurrence-store.ts'
import { findProtocols, keyOf, type Protocols } from './protocol-store.ts'
import { stepOf } from './rules/plan.ts'
import { lockRun, type RunRow } from './run-store.ts'
import './table.ts'

type VisiblePatient = Awaited<ReturnType<typeof requireVisible>>

export interface Opened {
  occurrence: OccurrenceRow
  run: RunRow
  protocols: Protocols
  protocol: ProtocolDefinition
  step: Step
  patient: VisiblePatient
}

/** A follow-up with what it belongs to, when the actor may see its person. @throws Problem NotFound */
export async function openVisit(ctx: ReadContext, occurrenceId: string): Promise<Opened> {
  const occurrence = await findOccurrence(ctx.db, ctx.organizationId, occurrenceId)
  if (!occurrence) throw platformProblem('NotFound')
  const patient = await requireVisible(ctx, occurrence.patient_id)
  ctx.audit.patientId = occurrence.patient_id
  const { rows } =
    await sql<RunRow>`select * from plan_run where organization_id = ${ctx.organizationId} and id = ${occurrence.run_id}`.execute(
      ctx.db,
    )
  return { ...(await ofRun(ctx, rows[0]!, occurrence)), occurrence, patient }
}

/**
 * The same, with its plan locked: whoever changes anything about a plan stands in line here, and sees what the one
 * before has made of it. @throws Problem NotFound
 */
export async function beginVisit(ctx: WriteContext, occurrenceId: string): Promise<Opened> {
  const before = await openVisit(ctx, occurrenceId)
  const run = await lockRun(ctx.tx, ctx.organizationId, before.run.id)
  const occurrence = await findOccurrence(ctx.tx, ctx.organizationId, occurrenceId)
  if (!run || !occurrence) throw platformProblem('NotFound')
  ctx.audit.detail = { ...ctx.audit.detail, protocol: run.protocol_code, step: occurrence.step, from: occurrence.state }
  return { ...before, ...(await ofRun(ctx, run, occurrence)), occurrence }
}

async function ofRun(ctx: ReadContext, run: RunRow, occurrence: OccurrenceRow) {
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const { protocol, step } = definitionOf(protocols, run, occurrence.step)
  return { run, protocols, protocol, step }
}

/** The protocol a plan runs by, and a step of it; a step of a former version is looked for in the others. */
export function definitionOf(
  protocols: Protocols,
  run: RunRow,
  code: string,
): { protocol: ProtocolDefinition; step: Step } {
  const protocol = protocols.get(keyOf(run.protocol_code, run.protocol_version))!.definition
  const others = [...protocols.values()]
    .filter((other) => other.code === run.protocol_code)
    .map((other) => other.definition)
  const step = [protocol, ...others].map((one) => stepOf(one, code)).find((one) => one !== undefined)
  return { protocol, step: step ?? protocol.steps[0]! }
}

export function ageAt(patient: VisiblePatient, date: string): number | null {
  return patient.birth_date ? Math.max(0, ageOn(patient.birth_date, date)) : null
}

/** Refuses what can no more be completed, and says who was first, and when. */
export function refuseClosed(ctx: WriteContext, { occurrence, run }: Opened): void {
  const on = (at: Date | null) => (at ? dateIn(at, ctx.tenant.timeZone) : '')
  const at = (moment: Date | null) =>
    moment
      ? new Intl.DateTimeFormat('en-GB', { timeZone: ctx.tenant.timeZone, hour: '2-digit', minute: '2-digit' }).format(
          moment,
        )
      : ''
  if (occurrence.state === 'done' || occurrence.state === 'done-late')
    throw followUpProblem('FollowUpDone', {
      name: occurrence.settled_by_name,
      day: on(occurrence.settled_at),
      time: at(occurrence.settled_at),
    })
  if (occurrence.state === 'cancelled')
    throw followUpProblem('FollowUpCancelled', { name: occurrence.settled_by_name, day: on(occurrence.settled_at) })
  if (run.state !== 'active') throw followUpProblem('PlanEnded', { day: on(run.ended_at) })
}
