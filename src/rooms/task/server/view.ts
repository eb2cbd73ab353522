import { ageOn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { maskName, type PatientId, type StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { Outcome, TaskId, TaskState } from '../contract/words.ts'
import { actsOf, isOverdue, placeOf } from './rules.ts'
import { leadsTask, reachOf, visibleTasks, type Reach } from './scope.ts'
import { findEvents, findTask, type NamedEventRow, type NamedTaskRow } from './list-store.ts'

/** How much of a task a reader is told: everything, what a lead needs to hand it on, or who and when alone. */
export function toldOf(ctx: ReadContext, reach: Reach, row: NamedTaskRow): 'all' | 'lead' | 'identity' {
  const { actor } = ctx
  if (actor.kind === 'system' || actor.permissions.has('record.read')) return 'all'
  if (actor.id !== null && (row.owner_id === actor.id || row.created_by === actor.id)) return 'all'
  if (row.pool_role !== null && row.state === 'requested' && actor.roles.includes(row.pool_role)) return 'all'
  return leadsTask(reach, row) ? 'lead' : 'identity'
}

export function lineOf(ctx: ReadContext, reach: Reach, row: NamedTaskRow) {
  const told = toldOf(ctx, reach, row)
  return {
    id: row.id as TaskId,
    type: row.type,
    title: told === 'identity' ? '' : ctx.locale === 'en' && row.title_en ? row.title_en : row.title,
    patient: patientOf(ctx, row, told),
    state: row.state,
    overdue: isOverdue({ state: row.state, dueOn: row.due_on }, ctx.today),
    priority: row.priority,
    dueOn: row.due_on,
    plannedOn: row.planned_on,
    dueAt: row.due_at?.toISOString() ?? null,
    poolRole: row.pool_role,
    owner: row.owner_id ? { id: row.owner_id as StaffId, name: row.owner_name ?? '' } : null,
    ownedSince: row.owned_since?.toISOString() ?? null,
    alert: row.alert,
    createdAt: row.created_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    closedByName: row.closed_by === null ? null : row.closed_by_name,
    reason: told === 'all' ? row.reason : '',
    reasonCode: row.reason_code,
    version: row.version,
    place: told === 'all' ? placeOf(row) : null,
    identityOnly: told === 'identity',
    can: actsOf(row, ctx.actor, leadsTask(reach, row)),
  }
}

function patientOf(ctx: ReadContext, row: NamedTaskRow, told: 'all' | 'lead' | 'identity') {
  if (!row.patient_id || row.patient_name === null) return null
  const named = told === 'all' || ctx.actor.permissions.has('patient.read')
  return {
    id: row.patient_id as PatientId,
    name: named ? row.patient_name : maskName(row.patient_name),
    sex: row.patient_sex ?? ('unknown' as const),
    ageYears: row.patient_birth_date
      ? Math.max(0, ageOn(row.patient_birth_date, row.patient_deceased_on ?? ctx.today))
      : null,
    phoneMasked: named ? row.patient_phone_masked : null,
    doctorName: row.doctor_name,
  }
}

/** A task with its history. @throws Problem NotFound: what one may not see does not exist */
export async function showTask(ctx: ReadContext, taskId: string) {
  const reach = await reachOf(ctx)
  const row = await findTask(ctx.db, ctx.organizationId, taskId, visibleTasks(ctx, reach))
  if (!row) throw platformProblem('NotFound')
  if (row.patient_id) ctx.audit.patientId = row.patient_id
  return viewOf(ctx, reach, row)
}

export async function viewOf(ctx: ReadContext, reach: Reach, row: NamedTaskRow) {
  const told = toldOf(ctx, reach, row)
  const events = await findEvents(ctx.db, ctx.organizationId, row.id)
  return {
    ...lineOf(ctx, reach, row),
    note: told === 'all' ? row.note : '',
    outcome: told === 'all' ? (row.outcome as Outcome | null) : null,
    source: row.source,
    createdByName: row.created_by === null ? '' : row.created_by_name,
    remindBefore: row.remind_before,
    history: events.map((event) => eventOf(event, told !== 'identity')),
  }
}

function eventOf(event: NamedEventRow, withReason: boolean) {
  return {
    version: event.version,
    kind: event.kind,
    fromState: event.from_state as TaskState | null,
    toState: event.to_state as TaskState,
    fromOwnerName: event.from_owner_name,
    toOwnerName: event.to_owner_name,
    reason: withReason ? event.reason : '',
    reasonCode: event.reason_code,
    // The house itself has no name; pages say so in their language.
    byName: event.by_id === null ? '' : event.by_name,
    at: event.at.toISOString(),
  }
}
