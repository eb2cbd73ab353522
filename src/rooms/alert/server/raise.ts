import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { holdPromotion } from '../../message/server/index.ts'
import { patientSummary, type PatientSummary } from '../../patient/server/index.ts'
import { alertRaised } from '../contract/events.ts'
import type { AlertClass, AlertId, AlertKind } from '../contract/words.ts'
import { firstToTell } from './receivers.ts'
import { findLimits } from './rule-store.ts'
import { dueAfter } from './rules.ts'
import { insertAlert, insertEvent, type AlertRow, type NewAlertRow } from './store.ts'
import { tell } from './tell.ts'

export interface NewAlert {
  patientId: string
  class: AlertClass
  /** A result by default. Of whom we fear for is said that they are in a crisis. */
  kind?: AlertKind
  /** What it is, in a few words; the value itself stands beside it. */
  title: string
  note?: string
  /** What raises it; with `sourceKey` the same alert is raised once. */
  source: string
  sourceKey: string
  /** When what it is about was found; now by default. */
  effectiveAt?: Date
  /** The rule and the result that raised it. */
  reading?: Partial<
    Pick<
      AlertRow,
      | 'rule_code'
      | 'rule_version'
      | 'code'
      | 'observation_id'
      | 'value'
      | 'comparator'
      | 'unit'
      | 'low'
      | 'high'
      | 'range_text'
      | 'flag'
    >
  >
}

const NO_READING = {
  rule_code: null,
  rule_version: null,
  code: null,
  observation_id: null,
  value: null,
  comparator: null,
  unit: null,
  low: null,
  high: null,
  range_text: null,
  flag: null,
}

/**
 * Raises an alert and tells whoever is on duty; without anybody, the lead of the department and all who may handle
 * alerts. The patient is told nothing.
 * @returns whether it was new; undefined where the person is no longer looked after
 */
export async function raiseAlert(
  ctx: WriteContext,
  alert: NewAlert,
): Promise<{ id: AlertId; created: boolean } | undefined> {
  const patient = await standing(ctx, alert.patientId)
  if (!patient) return undefined
  const now = ctx.clock.now()
  const { limits } = await findLimits(ctx.tx, ctx.organizationId)
  const row: NewAlertRow = {
    organization_id: ctx.organizationId,
    id: ctx.ids.next(),
    patient_id: patient.id,
    class: alert.class,
    kind: alert.kind ?? 'result',
    state: 'raised',
    source: alert.source,
    source_key: alert.sourceKey,
    title: alert.title,
    note: alert.note ?? '',
    ...NO_READING,
    ...alert.reading,
    effective_at: alert.effectiveAt ?? now,
    raised_at: now,
    due_at: dueAfter(limits, alert.class, 'raised', now),
    handler_id: null,
    acknowledged_at: null,
    reached_at: null,
    corrected_at: null,
    closed_at: null,
    closed_by: null,
    result: null,
    result_text: null,
    result_on: null,
  }
  if (!(await insertAlert(ctx.tx, row))) return { id: await idOf(ctx, alert), created: false }
  const raised = await ctx.tx
    .selectFrom('alert')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  const told = await firstToTell(ctx, patient)
  await tell(ctx, raised, told, 'alert-raised')
  const by = ctx.actor.kind === 'staff' ? ctx.actor : { id: null, name: '' }
  await insertEvent(ctx.tx, { kind: 'raised', before: null, after: raised, told, note: row.note ?? '', by, at: now })
  const id = raised.id as AlertId
  const held = raised.kind === 'safety' ? 'crisis' : 'alert'
  await holdPromotion(ctx, [{ patientId: patient.id, kind: held, sourceKey: id }])
  await ctx.emit(alertRaised, { alertId: id, patientId: patient.id as PatientId, class: alert.class })
  return { id, created: true }
}

/** Whoever is looked after under this id today: somebody merged stands for who they are now. */
async function standing(ctx: WriteContext, patientId: string): Promise<PatientSummary | undefined> {
  let patient = await patientSummary(ctx, patientId)
  for (let hop = 0; patient?.mergedInto && hop < 20; hop++) patient = await patientSummary(ctx, patient.mergedInto)
  return patient?.state === 'active' ? patient : undefined
}

async function idOf(ctx: WriteContext, { source, sourceKey }: NewAlert): Promise<AlertId> {
  const row = await ctx.tx
    .selectFrom('alert')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('source', '=', source)
    .where('source_key', '=', sourceKey)
    .executeTakeFirstOrThrow()
  return row.id as AlertId
}
