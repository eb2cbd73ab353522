import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import { wake } from '../../agenda/server/index.ts'
import type { ObservationRow } from './read-observation.ts'
import { OBSERVATION_FIELDS, OBSERVATION_VALUES, type NewObservation } from './store-observation.ts'
import { tellRecorded } from './tell.ts'

/** The standing observations of reports. Who may see them is the caller's business. */
export async function observationsOfReports(
  { db, organizationId }: { db: Db; organizationId: string },
  reportIds: readonly string[],
): Promise<ObservationRow[]> {
  if (reportIds.length === 0) return []
  const { rows } = await sql<ObservationRow>`
    select * from observation where organization_id = ${organizationId} and report_id = any(${reportIds}::uuid[]) and superseded_by is null`.execute(
    db,
  )
  return rows
}

export interface Replacement {
  former: Pick<ObservationRow, 'patient_id' | 'code' | 'effective_at' | 'id'>
  /** Usually the former one under another code, or in another unit. */
  observation: Omit<NewObservation, 'patientId'>
}

/**
 * Puts other observations in place of those that stand, thousands in one statement, and wakes the patients: a
 * laboratory's code that was understood later. One that was superseded meanwhile is left alone.
 * @param because a code that pages translate
 * @returns how many were replaced
 */
export async function replaceObservations(
  ctx: WriteContext,
  replacements: readonly Replacement[],
  because: string,
): Promise<number> {
  if (replacements.length === 0) return 0
  const at = ctx.clock.now()
  const sent = replacements.map(({ former, observation }) => ({
    ...observation,
    formerPatient: former.patient_id,
    formerCode: former.code,
    formerAt: former.effective_at,
    formerId: former.id,
  }))
  const { rows } = await sql<{ patient_id: string; count: number }>`
    with sent as materialized (
      select * from json_to_recordset(${JSON.stringify(sent)}::json) as o ("formerPatient" uuid, "formerCode" text, "formerAt" timestamptz,
        "formerId" uuid, ${OBSERVATION_FIELDS})
    ), ended as (
      update observation f set superseded_by = s.id, superseded_at = ${at}, superseded_because = ${because} from sent s
      where f.organization_id = ${ctx.organizationId} and f.patient_id = s."formerPatient" and f.code = s."formerCode"
        and f.effective_at = s."formerAt" and f.id = s."formerId" and f.superseded_by is null
      returning f.patient_id, s.id
    ), added as (
      insert into observation (organization_id, patient_id, recorded_at, ${OBSERVATION_VALUES.into})
      select ${ctx.organizationId}::uuid, e.patient_id, ${at}::timestamptz, ${OBSERVATION_VALUES.from} from ended e join sent o on o.id = e.id
      returning patient_id
    )
    select patient_id, count(*)::int count from added group by patient_id`.execute(ctx.tx)
  const changed = rows.map((row) => row.patient_id)
  await wake(ctx.tx, ctx.organizationId, changed, 'observation', at)
  await tellRecorded(ctx, changed, at)
  return rows.reduce((sum, row) => sum + row.count, 0)
}

/**
 * Withdraws the standing reports that came by these received messages from a patient's record, with all they said: they
 * were somebody else's. They stay to be seen as withdrawn.
 * @returns how many reports were withdrawn
 */
export async function withdrawReports(
  ctx: WriteContext,
  patientId: string,
  intakeIds: readonly string[],
  because: string,
): Promise<number> {
  if (intakeIds.length === 0) return 0
  const at = ctx.clock.now()
  const author = ctx.actor.kind === 'staff' ? ctx.actor.id : null
  const { rows } = await sql<{ id: string }>`
    with ended as (
      update report set superseded_by = id, superseded_at = ${at}, superseded_author_id = ${author}, superseded_because = ${because}
      where organization_id = ${ctx.organizationId} and patient_id = ${patientId} and intake_id = any(${intakeIds}::uuid[]) and superseded_by is null
      returning id
    ), silenced as (
      update observation o set superseded_by = o.id, superseded_at = ${at}, superseded_author_id = ${author}, superseded_because = ${because}
      from ended e where o.organization_id = ${ctx.organizationId} and o.report_id = e.id and o.superseded_by is null
    )
    select id from ended`.execute(ctx.tx)
  if (rows.length > 0) {
    await wake(ctx.tx, ctx.organizationId, [patientId], 'report', at)
    await tellRecorded(ctx, [patientId], at)
  }
  return rows.length
}
