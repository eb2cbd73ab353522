import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { streakOf } from '../contract/streak.ts'
import { isFaceToFace } from '../contract/words.ts'
import { countDoneInYear, type ReferralRow } from './answer-store.ts'
import { definitionOf } from './begin.ts'
import type { OccurrenceRow } from './occurrence-store.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { findProtocols, publishedOf, type Protocols } from './protocol-store.ts'
import { findRuns, type RunRow } from './run-store.ts'
import { findWaits, type WaitRow } from './spread-store.ts'
import type { PlanRunEventTable } from './table.ts'

/** The plans of a person with everything planned and done, running ones first. @throws Problem NotFound */
export async function listRuns(ctx: ReadContext, patientId: string) {
  const patient = await requireVisible(ctx, patientId)
  const runs = await findRuns(ctx.db, ctx.organizationId, [patientId])
  const ids = runs.map((run) => run.id)
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const of = <T>(table: string, order: string) =>
    sql<
      T & { run_id: string }
    >`select * from ${sql.table(table)} where organization_id = ${ctx.organizationId} and run_id = any(${ids}::uuid[]) order by ${sql.raw(order)}`.execute(
      ctx.db,
    )
  const occurrences = Map.groupBy((await of<OccurrenceRow>('occurrence', 'track, sequence')).rows, (row) => row.run_id)
  const events = Map.groupBy(
    (await of<PlanRunEventTable>('plan_run_event', "at, (kind <> 'started'), id")).rows,
    (row) => row.run_id,
  )
  const referrals = await findReferrals(ctx, ids)
  const done = await countDoneInYear(ctx.db, ctx.organizationId, ids, ctx.today.slice(0, 4))
  const views = runs.map((run) =>
    runView(ctx, protocols, run, {
      occurrences: occurrences.get(run.id) ?? [],
      events: events.get(run.id) ?? [],
      referrals: referrals.get(run.id) ?? [],
      done,
    }),
  )
  return {
    runs: views.toSorted(
      (a, b) => Number(b.state === 'active') - Number(a.state === 'active') || (a.startedAt < b.startedAt ? 1 : -1),
    ),
    waiting: (await findWaits(ctx.db, ctx.organizationId, [patientId])).flatMap((wait) => {
      const protocol = publishedOf(protocols).find(({ code }) => code === wait.protocol_code)
      return protocol ? [waitOf(wait, protocol.definition)] : []
    }),
    canEnrol: patient.state === 'active' && ctx.actor.permissions.has('follow-up.enrol'),
  }
}

const waitOf = (wait: WaitRow, { name }: ProtocolDefinition) => ({
  protocol: wait.protocol_code,
  protocolName: name,
  beginsOn: wait.begins_on,
  since: wait.since.toISOString(),
  entryKey: wait.entry_key.split(':')[0]!,
})

interface Parts {
  occurrences: readonly OccurrenceRow[]
  events: readonly PlanRunEventTable[]
  referrals: readonly ReferralRow[]
  done: Awaited<ReturnType<typeof countDoneInYear>>
}

function runView(ctx: ReadContext, protocols: Protocols, run: RunRow, parts: Parts) {
  const { protocol } = definitionOf(protocols, run, '')
  return {
    id: run.id as never,
    patientId: run.patient_id as PatientId,
    protocol: run.protocol_code,
    protocolName: protocol.name,
    protocolVersion: run.protocol_version,
    switchTo: run.switch_to,
    anchorOn: run.anchor_on,
    entryKey: run.entry_key.split(':')[0]!,
    state: run.state,
    exitReason: run.exit_reason,
    exitNote: run.exit_note,
    startedAt: run.started_at.toISOString(),
    startedBy: run.started_by ? run.started_by_name : '',
    endedAt: run.ended_at?.toISOString() ?? null,
    endedBy: run.ended_by ? (run.ended_by_name ?? '') : '',
    occurrences: parts.occurrences.map((row) => occurrenceLineOf(ctx, protocols, run, row)),
    streak: streakOf(protocol, parts.occurrences) ?? null,
    quotas: quotasOf(protocols, run, parts.done),
    events: parts.events.map((event) => {
      const { from = null, to = null } = event.detail as { from?: number; to?: number }
      return {
        kind: event.kind,
        at: event.at.toISOString(),
        by: event.by_id ? event.by_name : '',
        from: typeof from === 'number' ? from : null,
        to,
      }
    }),
    referrals: parts.referrals.map((row) => ({
      id: row.id as never,
      occurrenceId: row.occurrence_id as never,
      reasons: row.reason_codes,
      referTo: row.refer_to,
      urgent: row.urgent,
      state: row.state,
      outcome: row.outcome,
      at: row.at.toISOString(),
    })),
    can: { exit: run.state === 'active' && ctx.actor.permissions.has('follow-up.enrol') },
  }
}

export function occurrenceLineOf(ctx: ReadContext, protocols: Protocols, run: RunRow, row: OccurrenceRow) {
  const { step } = definitionOf(protocols, run, row.step)
  const may = ctx.actor.permissions.has('follow-up.do') && run.state === 'active'
  return {
    id: row.id as never,
    step: row.step,
    stepName: step.name,
    track: row.track,
    sequence: row.sequence,
    windowFrom: row.window_from,
    dueOn: row.due_on,
    windowUntil: row.window_until,
    state: row.state,
    restingSince: row.state === 'planned' ? row.resting_since : null,
    reason: row.reason,
    way: row.way,
    class: row.class,
    action: row.action,
    actualOn: row.actual_on,
    backEntered: row.back_entered,
    attempts: row.attempts,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledBy: row.settled_by ? (row.settled_by_name ?? '') : '',
    can: {
      complete:
        may && step.kind !== 'message' && step.kind !== 'education' && ['planned', 'due', 'missed'].includes(row.state),
      cancel: may && ['planned', 'due'].includes(row.state),
      correct: ctx.actor.permissions.has('follow-up.do') && row.form_answer_id !== null,
    },
  }
}

export function quotasOf(protocols: Protocols, run: RunRow, done: Parts['done']) {
  const { protocol } = definitionOf(protocols, run, '')
  return protocol.quotas.map((quota) => {
    const fits = (way: string | null) =>
      quota.way === 'any' || (way !== null && (quota.way === 'phone' ? way === 'phone' : isFaceToFace(way as never)))
    const count = done
      .filter((one) => one.run_id === run.id && one.track === quota.track && fits(one.way))
      .reduce((sum, one) => sum + one.count, 0)
    // A line of steps is called by what it begins with.
    const name = protocol.steps.find(({ track }) => track === quota.track)?.name ?? protocol.name
    return { ...quota, name, done: count }
  })
}

async function findReferrals(ctx: ReadContext, runIds: readonly string[]): Promise<Map<string, ReferralRow[]>> {
  const { rows } = await sql<ReferralRow & { run_id: string }>`
    select f.*, o.run_id from referral f join occurrence o on o.organization_id = f.organization_id and o.id = f.occurrence_id
    where f.organization_id = ${ctx.organizationId} and o.run_id = any(${[...runIds]}::uuid[]) order by f.at`.execute(
    ctx.db,
  )
  return Map.groupBy(rows, (row) => row.run_id)
}
