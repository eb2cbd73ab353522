import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { end } from './schedule.ts'
import { findSchedules, lockSchedule } from './store.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** With the person it is over. */
export async function endWithDeath(ctx: WriteContext, patientId: string): Promise<void> {
  const schedules = await findSchedules(ctx.tx, ctx.organizationId, patientId)
  for (const { id } of schedules.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const row = await lockSchedule(ctx.tx, ctx.organizationId, patientId, id)
    if (row?.state === 'active') await end(ctx, row, 'deceased', '')
  }
}

/**
 * What somebody takes follows them into the file they were merged into. The same medication of the record is not taken
 * twice: its link goes, its times stay. Who had turned reminders off in either file wants none.
 */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update medication_schedule s set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text, 'medication', s.medication_id)),
      medication_id = case when s.state = 'active' and exists (
        select from medication_schedule o where o.organization_id = s.organization_id and o.patient_id = ${intoId}
          and o.state = 'active' and o.medication_id = s.medication_id) then null else s.medication_id end
    where s.organization_id = ${ctx.organizationId} and s.patient_id = ${fromId}`.execute(ctx.tx)
  await sql`
    insert into medication_reminder (organization_id, patient_id, off_since)
    select organization_id, ${intoId}, off_since from medication_reminder
    where organization_id = ${ctx.organizationId} and patient_id = ${fromId} and off_since is not null
    on conflict (organization_id, patient_id) do update set off_since = coalesce(medication_reminder.off_since, excluded.off_since)`.execute(
    ctx.tx,
  )
}

/** What this merge had brought goes home; what came since stays. */
export async function moveBack(ctx: WriteContext, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update medication_schedule set patient_id = (moved -> -1 ->> 'from')::uuid, medication_id = (moved -> -1 ->> 'medication')::uuid,
      moved = moved - -1
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    ctx.tx,
  )
}
