import { sql, type Insertable, type Selectable } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import type { AppointmentStatus } from '../contract/words.ts'
import type { AppointmentTable } from './table.ts'

export type AppointmentRow = Selectable<AppointmentTable>
export type NewAppointment = Insertable<AppointmentTable>

/** @returns undefined when this key, or this number of the system it is from, is there already */
export function insertAppointment(tx: Transaction, row: NewAppointment): Promise<AppointmentRow | undefined> {
  return tx
    .insertInto('appointment')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export function findByKey(
  db: Db,
  organizationId: string,
  patientId: string,
  key: string,
): Promise<AppointmentRow | undefined> {
  return db
    .selectFrom('appointment')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export function lockAppointment(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<AppointmentRow | undefined> {
  return tx
    .selectFrom('appointment')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

interface Told {
  source: string
  placer: string | null
  filler: string | null
}

/** What a hospital system has told of before, by the number of its calendar, else by that of whoever asked for it. */
export function lockTold(
  tx: Transaction,
  organizationId: string,
  { source, placer, filler }: Told,
): Promise<AppointmentRow | undefined> {
  return tx
    .selectFrom('appointment')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('source', '=', source)
    .where((e) => e.or([e('filler', '=', filler), e.and([e('filler', 'is', null), e('placer', '=', placer)])]))
    .orderBy('filler', (order) => order.asc().nullsLast())
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

export type Change = Partial<
  Omit<NewAppointment, 'organization_id' | 'id' | 'patient_id' | 'key' | 'source' | 'revision' | 'moved'>
>

/** @returns the row as it stands now; undefined when it is no longer at the revision that was seen */
export function changeAppointment(
  tx: Transaction,
  { organization_id, id, revision }: Pick<AppointmentRow, 'organization_id' | 'id' | 'revision'>,
  change: Change,
): Promise<AppointmentRow | undefined> {
  return tx
    .updateTable('appointment')
    .set({ ...change, revision: revision + 1 })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .where('revision', '=', revision)
    .returningAll()
    .executeTakeFirst()
}

/** Enough for a life; nobody reads further. */
const OF_ONE_MAX = 200

/** Of one person, latest first. */
export function findOfPatient(db: Db, organizationId: string, patientId: string): Promise<AppointmentRow[]> {
  return db
    .selectFrom('appointment')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
    .limit(OF_ONE_MAX)
    .execute()
}

export function findBookedFrom(
  db: Db,
  organizationId: string,
  patientId: string,
  from: Date,
): Promise<AppointmentRow[]> {
  return db
    .selectFrom('appointment')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('status', '=', 'booked')
    .where('starts_at', '>=', from)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(50)
    .execute()
}

interface Span {
  from: Date
  until: Date
}

export interface Listing extends Span {
  department?: string | undefined
  status?: AppointmentStatus | undefined
  after?: { at: string; id: string } | undefined
  limit: number
}

/** Who is expected within a span, along `appointment_in_time`. */
export async function findWithin(
  db: Db,
  organizationId: string,
  actor: Actor,
  { from, until, department, status, after, limit }: Listing,
): Promise<AppointmentRow[]> {
  const { rows } = await sql<AppointmentRow>`
    select a.* from appointment a join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
    where a.organization_id = ${organizationId} and a.starts_at >= ${from} and a.starts_at < ${until} and ${visibleTo(actor, 'p')}
      and ${department === undefined ? sql<boolean>`true` : sql<boolean>`a.department = ${department}`}
      and ${status === undefined ? sql<boolean>`true` : sql<boolean>`a.status = ${status}`}
      and ${after ? sql<boolean>`(a.starts_at, a.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql<boolean>`true`}
    order by a.starts_at, a.id limit ${limit}`.execute(db)
  return rows
}

export async function countWithin(
  db: Db,
  organizationId: string,
  actor: Actor,
  { from, until }: Span,
): Promise<{ status: AppointmentStatus; department: string; count: number }[]> {
  const { rows } = await sql<{ status: AppointmentStatus; department: string; count: number }>`
    select a.status, a.department, count(*)::int count from appointment a
    join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
    where a.organization_id = ${organizationId} and a.starts_at >= ${from} and a.starts_at < ${until} and ${visibleTo(actor, 'p')}
    group by 1, 2 order by 2, 1`.execute(db)
  return rows
}

/** Those to come of somebody who has died are off. @returns the rows that were */
export async function cancelForDead(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  by: { name: string; at: Date },
): Promise<AppointmentRow[]> {
  const { rows } = await sql<AppointmentRow>`
    update appointment set status = 'cancelled', cancelled_by = 'death', because = '', changed_by = ${by.name}, changed_at = ${by.at},
      revision = revision + 1
    where organization_id = ${organizationId} and patient_id = ${patientId} and status = 'booked' and starts_at > ${by.at}
    returning *`.execute(tx)
  return rows
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge): Promise<void> {
  await sql`
    update appointment set patient_id = ${merge.intoId}, revision = revision + 1,
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${merge.mergeId}::text, 'from', ${merge.fromId}::text))
    where organization_id = ${organizationId} and patient_id = ${merge.fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home; what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update appointment set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1, revision = revision + 1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}
