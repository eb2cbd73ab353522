import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { ScheduleContent } from '../contract/words.ts'
import type { ScheduleRow, TakeRow, VersionRow } from './table.ts'
import './table.ts'

/** Newest first. */
export function findSchedules(db: Db, organizationId: string, patientId: string): Promise<ScheduleRow[]> {
  return db
    .selectFrom('medication_schedule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function lockSchedule(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  id: string,
): Promise<ScheduleRow | undefined> {
  return tx
    .selectFrom('medication_schedule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** @returns false when this id, or this medication of the record, has one already */
export async function insertSchedule(
  { tx, organizationId, clock }: WriteContext,
  row: Pick<ScheduleRow, 'id' | 'patient_id' | 'medication_id' | 'next_at'>,
): Promise<boolean> {
  const added = await tx
    .insertInto('medication_schedule')
    .values({
      ...row,
      organization_id: organizationId,
      version: 1,
      reminded_at: null,
      watched_on: null,
      ended_at: null,
      end_reason: null,
      ended_by_name: null,
      created_at: clock.now(),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function updateSchedule(tx: Transaction, row: ScheduleRow, change: Partial<ScheduleRow>): Promise<void> {
  await tx
    .updateTable('medication_schedule')
    .set(change)
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .execute()
}

export async function insertVersion(
  { tx, organizationId, actor, clock }: WriteContext,
  scheduleId: string,
  version: number,
  content: ScheduleContent,
): Promise<void> {
  await tx
    .insertInto('medication_schedule_version')
    .values({
      organization_id: organizationId,
      schedule_id: scheduleId,
      version,
      content: JSON.stringify({ ...content, minutes: content.minutes.toSorted((a, b) => a - b) }),
      since: clock.now(),
      by_id: actor.id,
      by_name: actor.name,
    })
    .execute()
}

/** By schedule, oldest first. */
export async function findVersions(
  db: Db,
  organizationId: string,
  scheduleIds: readonly string[],
): Promise<Map<string, VersionRow[]>> {
  if (scheduleIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('medication_schedule_version')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('schedule_id', 'in', [...scheduleIds])
    .orderBy('version')
    .execute()
  return Map.groupBy(rows, (row) => row.schedule_id)
}

/** What stands, by schedule, from a day on. */
export async function findTakes(
  db: Db,
  organizationId: string,
  scheduleIds: readonly string[],
  from: string,
): Promise<Map<string, TakeRow[]>> {
  if (scheduleIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('medication_take')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('schedule_id', 'in', [...scheduleIds])
    .where('on_date', '>=', from)
    .where('replaced_at', 'is', null)
    .orderBy('on_date')
    .orderBy('minute')
    .execute()
  return Map.groupBy(rows, (row) => row.schedule_id)
}

/** The note of this id, whosever it is among the schedules of a person. */
export function findTakeOf(
  db: Db,
  organizationId: string,
  patientId: string,
  id: string,
): Promise<TakeRow | undefined> {
  return db
    .selectFrom('medication_take as t')
    .innerJoin('medication_schedule as s', (j) =>
      j.onRef('s.organization_id', '=', 't.organization_id').onRef('s.id', '=', 't.schedule_id'),
    )
    .selectAll('t')
    .where('t.organization_id', '=', organizationId)
    .where('t.id', '=', id)
    .where('s.patient_id', '=', patientId)
    .executeTakeFirst()
}

/** The note that stands for a dose. */
export function findStanding(
  db: Db,
  organizationId: string,
  { schedule_id, on_date, minute }: Pick<TakeRow, 'schedule_id' | 'on_date' | 'minute'>,
): Promise<TakeRow | undefined> {
  return db
    .selectFrom('medication_take')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('schedule_id', '=', schedule_id)
    .where('on_date', '=', on_date)
    .where('minute', '=', minute)
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
}

/** The note that stands for a dose gives way; it stays to be seen. */
export async function replaceTake(
  { tx, organizationId, clock }: WriteContext,
  { schedule_id, on_date, minute }: Pick<TakeRow, 'schedule_id' | 'on_date' | 'minute'>,
): Promise<void> {
  await tx
    .updateTable('medication_take')
    .set({ replaced_at: clock.now() })
    .where('organization_id', '=', organizationId)
    .where('schedule_id', '=', schedule_id)
    .where('on_date', '=', on_date)
    .where('minute', '=', minute)
    .where('replaced_at', 'is', null)
    .execute()
}

/** @returns false when somebody has this id already */
export async function insertTake({ tx, organizationId }: WriteContext, row: Omit<TakeRow, 'organization_id'>) {
  const added = await tx
    .insertInto('medication_take')
    .values({ ...row, organization_id: organizationId })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** The last note of each schedule, as `day minute`: what a silence is counted from, by a name that does not move. */
export async function findLastNotes(
  db: Db,
  organizationId: string,
  scheduleIds: readonly string[],
  outcome: 'taken' | null,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ schedule_id: string; last: string }>`
    select distinct on (schedule_id) schedule_id, on_date || ' ' || minute last from medication_take
    where organization_id = ${organizationId} and schedule_id = any(${[...scheduleIds]}::uuid[]) and replaced_at is null
      and (${outcome}::text is null or outcome = ${outcome})
    order by schedule_id, on_date desc, minute desc`.execute(db)
  return new Map(rows.map((row) => [row.schedule_id, row.last]))
}

/** Since when reminders are off, by person; whoever wants them is not in it. */
export async function findOff(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
): Promise<Map<string, Date>> {
  if (patientIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('medication_reminder')
    .select(['patient_id', 'off_since'])
    .where('organization_id', '=', organizationId)
    .where('patient_id', 'in', [...patientIds])
    .where('off_since', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.patient_id, row.off_since!]))
}

export async function setOff({ tx, organizationId }: WriteContext, patientId: string, since: Date | null) {
  await sql`
    insert into medication_reminder (organization_id, patient_id, off_since) values (${organizationId}, ${patientId}, ${since})
    on conflict (organization_id, patient_id) do update
    set off_since = case when ${since}::timestamptz is null then null else coalesce(medication_reminder.off_since, excluded.off_since) end`.execute(
    tx,
  )
}
