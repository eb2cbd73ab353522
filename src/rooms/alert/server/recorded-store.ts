import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../observation/server/table.ts'
import type { AlertRow } from './store.ts'

export interface Fresh {
  patient_id: string
  code: string
  effective_at: Date
  id: string
  value: number
  comparator: string | null
  unit: string | null
  low: number | null
  high: number | null
  range_text: string | null
  flag: string | null
  report_id: string | null
  recorded_at: Date
}

/** Standing values of these people that came since an instant and are of these days: one range of the record per code. */
export async function findFresh(
  db: Db,
  organizationId: string,
  {
    patientIds,
    codes,
    recordedFrom,
    effectiveFrom,
  }: { patientIds: readonly string[]; codes: readonly string[]; recordedFrom: Date; effectiveFrom: Date },
): Promise<Fresh[]> {
  const { rows } = await sql<Fresh>`
    select o.* from unnest(${[...patientIds]}::uuid[]) p (id) cross join unnest(${[...codes]}::text[]) c (code)
    cross join lateral (
      select patient_id, code, effective_at, id, value, comparator, unit, low, high, range_text, flag, report_id, recorded_at from observation
      where organization_id = ${organizationId} and patient_id = p.id and code = c.code and effective_at >= ${effectiveFrom}
        and recorded_at >= ${recordedFrom} and superseded_by is null and value is not null) o
    order by o.patient_id, o.effective_at, o.code, o.id`.execute(db)
  return rows
}

/** Notes which result is dealt with for which rule. @returns false when it was noted before: it was told again */
export async function noteResult(
  tx: Transaction,
  organizationId: string,
  { ruleCode, observationId, alertId, at }: { ruleCode: string; observationId: string; alertId: string; at: Date },
): Promise<boolean> {
  const added = await tx
    .insertInto('alert_result')
    .values({
      organization_id: organizationId,
      rule_code: ruleCode,
      observation_id: observationId,
      alert_id: alertId,
      noted_at: at,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function isNoted(
  tx: Transaction,
  organizationId: string,
  ruleCode: string,
  observationId: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('alert_result')
    .select('alert_id')
    .where('organization_id', '=', organizationId)
    .where('rule_code', '=', ruleCode)
    .where('observation_id', '=', observationId)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * An open alert that a further result belongs to: of the same moment, such as the diastolic beside the systolic, or one
 * that nobody has acknowledged yet. Locked until the transaction ends.
 */
export async function findAlertToJoin(
  tx: Transaction,
  organizationId: string,
  { patientId, ruleCode, effectiveAt }: { patientId: string; ruleCode: string; effectiveAt: Date },
): Promise<AlertRow | undefined> {
  const { rows } = await sql<AlertRow>`
    select * from alert where organization_id = ${organizationId} and patient_id = ${patientId} and rule_code = ${ruleCode}
      and state <> 'closed' and not withdrawn and (state = 'raised' or effective_at = ${effectiveAt})
    order by raised_at desc, id desc limit 1 for update`.execute(tx)
  return rows[0]
}

export interface Corrected {
  alert: AlertRow
  /** What stands in its place; null when it was withdrawn. */
  now: Omit<Fresh, 'recorded_at'> | null
}

/** Open alerts whose result no longer stands, with what stands in its place. Locked until the transaction ends. */
export async function findCorrected(
  tx: Transaction,
  organizationId: string,
  patientIds: readonly string[],
): Promise<Corrected[]> {
  const { rows } = await sql<{ alert: AlertRow['id']; now: Corrected['now'] }>`
    select a.id alert, to_jsonb(n) now from alert a
    join observation o on o.organization_id = a.organization_id and o.patient_id = a.patient_id and o.code = a.code
      and o.id = a.observation_id and o.superseded_by is not null
    left join lateral (
      select patient_id, code, effective_at, id, value, comparator, unit, low, high, range_text, flag, report_id from observation n
      where n.organization_id = a.organization_id and n.patient_id = a.patient_id and n.code = a.code and n.superseded_by is null
        and n.value is not null and n.id <> o.id and (n.id = o.superseded_by or n.report_id = o.superseded_by)
      order by n.effective_at desc, n.id limit 1) n on true
    where a.organization_id = ${organizationId} and a.patient_id = any(${[...patientIds]}::uuid[]) and a.state <> 'closed'
      and a.observation_id is not null and not a.withdrawn
    order by a.id for update of a`.execute(tx)
  if (rows.length === 0) return []
  const alerts = await tx
    .selectFrom('alert')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(
      'id',
      'in',
      rows.map((row) => row.alert),
    )
    .execute()
  const byId = new Map(alerts.map((alert) => [alert.id, alert]))
  return rows.map(({ alert, now }) => ({
    alert: byId.get(alert)!,
    now: now && { ...now, effective_at: new Date(now.effective_at) },
  }))
}

/** These people and, for whoever was merged away since, whom they were merged into: their values have moved there. */
export async function withOwners(db: Db, organizationId: string, patientIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ owner: string }>`
    select record_owner(p.organization_id, p.id) as owner from patient p
    where p.organization_id = ${organizationId} and p.id = any(${[...patientIds]}::uuid[]) and p.merged_into is not null`.execute(
    db,
  )
  return [...new Set([...patientIds, ...rows.map((row) => row.owner)])]
}
