import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Trigger } from '../contract/definition.ts'
import type { FactWord } from '../contract/words.ts'
import '../../observation/server/table.ts'
import '../../patient/server/table.ts'

type Now = Pick<ReadContext, 'organizationId' | 'clock' | 'tenant'>

/**
 * What may begin a journey, of these people: `patient_id`, `key` (of the fact), `at` (what timers hang on; null once it
 * was called off) and `known_at` (since when it is in the house).
 */
export function anchorsOf(trigger: Trigger, now: Now, patientIds: readonly string[]): RawBuilder<unknown> | undefined {
  const of = sql`f.organization_id = ${now.organizationId} and f.patient_id = any(${[...patientIds]}::uuid[])`
  if (trigger.kind === 'date')
    return sql`select f.patient_id, f.key, f.at, f.changed_at known_at from journey_date f where ${of} and f.kind = ${trigger.date}`
  return trigger.kind === 'fact' ? FACTS[trigger.fact](now, of, patientIds) : undefined
}

const FACTS: Record<
  FactWord,
  (now: Now, of: RawBuilder<unknown>, patientIds: readonly string[]) => RawBuilder<unknown>
> = {
  visit: ({ clock }, of) => sql`
    select f.patient_id, f.id::text key, f.started_at at, f.recorded_at known_at from encounter f
    where ${of} and f.superseded_by is null and f.class in ('outpatient', 'emergency', 'home', 'online') and f.started_at <= ${clock.now()}`,
  discharge: ({ clock }, of) => sql`
    select f.patient_id, f.id::text key, f.ended_at at, f.recorded_at known_at from encounter f
    where ${of} and f.superseded_by is null and f.class = 'inpatient' and f.ended_at <= ${clock.now()}`,
  procedure: ({ tenant }, of) => sql`
    select f.patient_id, f.id::text key, f.performed_on::timestamp at time zone ${tenant.timeZone} at, f.recorded_at known_at from procedure f
    where ${of} and f.superseded_by is null and f.kind = 'surgery' and f.performed_on is not null`,
  report: (_now, of) => sql`
    select f.patient_id, f.id::text key, coalesce(f.issued_at, f.effective_at) at, f.recorded_at known_at from report f
    where ${of} and f.superseded_by is null and f.status in ('final', 'corrected')`,
  registration: ({ organizationId }, _of, patientIds) => sql`
    select f.id patient_id, 'registration' key, f.created_at at, f.created_at known_at from patient f
    where f.organization_id = ${organizationId} and f.id = any(${[...patientIds]}::uuid[])`,
}

const TABLES: Partial<Record<FactWord, string>> = {
  visit: 'encounter',
  discharge: 'encounter',
  procedure: 'procedure',
  report: 'report',
}

/** A fact that was corrected is another row: the run goes along, so that a correction begins nothing anew. */
export async function followCorrections(
  { tx, organizationId }: Pick<ReadContext, 'organizationId'> & { tx: Parameters<RawBuilder<unknown>['execute']>[0] },
  campaignId: string,
  trigger: Trigger,
  patientIds: readonly string[],
): Promise<void> {
  const name = trigger.kind === 'fact' && TABLES[trigger.fact]
  if (!name) return
  for (let hop = 0; hop < 10; hop++) {
    const moved = await sql`
      update journey_run r set anchor_key = f.superseded_by::text from ${sql.table(name)} f
      where r.organization_id = ${organizationId} and r.campaign_id = ${campaignId} and r.patient_id = any(${[...patientIds]}::uuid[])
        and f.organization_id = r.organization_id and f.patient_id = r.patient_id and f.id::text = r.anchor_key
        and f.superseded_by is not null and f.superseded_by <> f.id`.execute(tx)
    if (Number(moved.numAffectedRows ?? 0) === 0) return
  }
}
