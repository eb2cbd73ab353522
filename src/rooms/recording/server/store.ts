import { sql, type Expression, type Insertable, type Selectable, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import type { CONSENT_EVENTS, RecordingClass } from '../contract/words.ts'
import './table.ts'
import type { RecordingTable } from './table.ts'

export type RecordingRow = Selectable<RecordingTable>

/** Pieces of one call: of one caller and one person, whatever id somebody else may name. A condition on `o` and `r`. */
export const SAME_CALL = sql<SqlBool>`o.call_id = r.call_id and o.patient_id = r.patient_id and o.staff_id = r.staff_id`

export interface NamedRecordingRow extends RecordingRow {
  patient_name: string
  last_number: number | null
  /** Which piece of its call it is, and how many there are; 0 where no call is named. */
  part: number
  parts: number
  consent_event: (typeof CONSENT_EVENTS)[number] | null
  consent_version: number | null
  consent_at: Date | null
}

/** With the name of its person, its place in its call, its last piece and the last thing that was said about it. */
const NAMED = sql`
  select r.*, p.name patient_name, of.part, of.parts, c.event consent_event, c.line_version consent_version, c.at consent_at,
    (select max(number) from recording_piece n where n.organization_id = r.organization_id and n.recording_id = r.id) last_number
  from recording r join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
  left join lateral (select event, line_version, at from recording_consent c where c.organization_id = r.organization_id
    and c.recording_id = r.id order by c.at desc, c.id desc limit 1) c on true
  cross join lateral (select (count(*) filter (where (o.begun_at, o.id) <= (r.begun_at, r.id)))::int part, count(*)::int parts
    from recording o where o.organization_id = r.organization_id and ${SAME_CALL} and o.state <> 'refused') of`

/** @param scope a condition on `p`, the person, and `r`, the recording */
export async function findNamed(
  db: Db,
  organizationId: string,
  id: string,
  scope: Expression<SqlBool>,
): Promise<NamedRecordingRow | undefined> {
  const { rows } = await sql<NamedRecordingRow>`
    ${NAMED} where r.organization_id = ${organizationId} and r.id = ${id} and ${scope}`.execute(db)
  return rows[0]
}

/** Those of a condition on `r`, the recording, the first first. */
export async function findWhere(
  db: Db,
  organizationId: string,
  condition: Expression<SqlBool>,
): Promise<NamedRecordingRow[]> {
  const { rows } = await sql<NamedRecordingRow>`
    ${NAMED} where r.organization_id = ${organizationId} and ${condition} order by r.begun_at, r.id`.execute(db)
  return rows
}

/** The scope of whoever made the call. */
export const ownedBy = (staffId: string | null) => sql<SqlBool>`r.staff_id = ${staffId}`

/** Where a page of the list ends. */
export interface Place {
  /** ISO 8601. */
  at: string
  id: string
}

export interface Wanted {
  scope: Expression<SqlBool>
  patientId?: string
  class?: RecordingClass | undefined
  after?: Place | undefined
  limit: number
}

/** Newest first. */
export async function findMany(
  db: Db,
  organizationId: string,
  { scope, patientId, class: of, after, limit }: Wanted,
): Promise<NamedRecordingRow[]> {
  const conditions = [
    scope,
    ...(patientId ? [sql<SqlBool>`r.patient_id = ${patientId}`] : []),
    ...(of ? [sql<SqlBool>`r.class = ${of}`] : []),
    ...(after ? [sql<SqlBool>`(r.begun_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ]
  const { rows } = await sql<NamedRecordingRow>`
    ${NAMED} where r.organization_id = ${organizationId} and ${sql.join(conditions, sql` and `)}
    order by r.begun_at desc, r.id desc limit ${limit}`.execute(db)
  return rows
}

/** Adds a recording unless this request has begun one already, or its caller another at this moment. @returns false then */
export async function insertRecording(tx: Transaction, row: Insertable<RecordingTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('recording')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

export function findByKey(db: Db, organizationId: string, key: string): Promise<RecordingRow | undefined> {
  return db
    .selectFrom('recording')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export function findRecording(db: Db, organizationId: string, id: string): Promise<RecordingRow | undefined> {
  return db
    .selectFrom('recording')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Locks a recording: whoever adds to it, ends it or takes it away stands in line here. @param staffId who began it */
export function lockOwn(
  tx: Transaction,
  organizationId: string,
  id: string,
  staffId: string | null,
): Promise<RecordingRow | undefined> {
  return lockIt(tx, organizationId, id, sql<SqlBool>`staff_id = ${staffId}`)
}

export async function lockIt(
  tx: Transaction,
  organizationId: string,
  id: string,
  condition: Expression<SqlBool> = sql<SqlBool>`true`,
): Promise<RecordingRow | undefined> {
  const { rows } = await sql<RecordingRow>`
    select * from recording where organization_id = ${organizationId} and id = ${id} and ${condition} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function changeRecording(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Partial<Omit<RecordingRow, 'organization_id' | 'id'>>,
): Promise<void> {
  await tx
    .updateTable('recording')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** Recordings that stay open although nothing is heard of them: of one caller, or of everybody. @returns how many */
export async function closeSilent(
  db: Db,
  organizationId: string,
  which: { staffId: string | null } | { silentSince: Date },
): Promise<number> {
  const condition =
    'staffId' in which
      ? sql<SqlBool>`staff_id = ${which.staffId}`
      : sql<SqlBool>`coalesce(last_piece_at, begun_at) < ${which.silentSince}`
  const { numAffectedRows } = await sql`
    update recording set state = 'interrupted', ended_at = coalesce(last_piece_at, begun_at)
    where organization_id = ${organizationId} and state = 'recording' and ${condition}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

export interface ConsentEvent {
  id: string
  recordingId: string
  event: (typeof CONSENT_EVENTS)[number]
  lineVersion: number
  at: Date
  by: { id: string | null; name: string }
}

export async function insertConsent(tx: Transaction, organizationId: string, one: ConsentEvent): Promise<void> {
  await tx
    .insertInto('recording_consent')
    .values({
      organization_id: organizationId,
      recording_id: one.recordingId,
      id: one.id,
      event: one.event,
      line_version: one.lineVersion,
      at: one.at,
      by_id: one.by.id,
      by_name: one.by.name,
    })
    .execute()
}

/** When a person last said no, to recording or to one that had begun. */
export async function lastNoOf(db: Db, organizationId: string, patientId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select c.at from recording r join recording_consent c on c.organization_id = r.organization_id and c.recording_id = r.id
    where r.organization_id = ${organizationId} and r.patient_id = ${patientId} and r.state in ('refused', 'withdrawn')
      and c.event in ('refused', 'withdrawn')
    order by c.at desc limit 1`.execute(db)
  return rows[0]?.at
}

export async function lineVersionOf(db: Db, organizationId: string, recordingId: string): Promise<number> {
  const { rows } = await sql<{ line_version: number }>`
    select line_version from recording_consent where organization_id = ${organizationId} and recording_id = ${recordingId}
    order by at, id limit 1`.execute(db)
  return rows[0]?.line_version ?? 0
}

export async function putMark(
  tx: Transaction,
  organizationId: string,
  recordingId: string,
  { ref, label, atMs }: { ref: string; label: string; atMs: number },
): Promise<void> {
  await tx
    .insertInto('recording_mark')
    .values({ organization_id: organizationId, recording_id: recordingId, ref, label, at_ms: atMs })
    .onConflict((oc) => oc.columns(['organization_id', 'recording_id', 'ref']).doUpdateSet({ at_ms: atMs, label }))
    .execute()
}

export function findMarks(db: Db, organizationId: string, recordingId: string) {
  return db
    .selectFrom('recording_mark')
    .select(['ref', 'label', 'at_ms as atMs'])
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', recordingId)
    .orderBy('at_ms')
    .orderBy('ref')
    .execute()
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** What was recorded follows a merge of two files. */
export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  await sql`
    update recording set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update recording set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}
