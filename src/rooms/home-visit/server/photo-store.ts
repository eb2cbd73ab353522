import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { CONSENT_EVENTS, SAID_BY } from '../contract/words.ts'
import './table.ts'
import type { HomeVisitPhotoConsentTable, HomeVisitPhotoTable } from './table.ts'

export type PhotoRow = Selectable<HomeVisitPhotoTable>
export type ConsentRow = Selectable<HomeVisitPhotoConsentTable>

/** The last thing somebody said to photos of this visit. */
export function lastConsent(db: Db, organizationId: string, visitId: string): Promise<ConsentRow | undefined> {
  return db
    .selectFrom('home_visit_photo_consent')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('visit_id', '=', visitId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export interface ConsentEvent {
  visitId: string
  event: (typeof CONSENT_EVENTS)[number]
  saidBy: (typeof SAID_BY)[number]
  at: Date
  by: { id: string | null; name: string }
}

/** Behind those before it; the visit is locked. */
export async function addConsent(tx: Transaction, organizationId: string, one: ConsentEvent): Promise<void> {
  await sql`
    insert into home_visit_photo_consent (organization_id, visit_id, number, event, said_by, at, by_id, by_name)
    select ${organizationId}, ${one.visitId}, coalesce(max(number), 0) + 1, ${one.event}, ${one.saidBy}, ${one.at}, ${one.by.id}, ${one.by.name}
    from home_visit_photo_consent where organization_id = ${organizationId} and visit_id = ${one.visitId}`.execute(tx)
}

export interface VisitWithPhotos extends Pick<ConsentRow, 'event' | 'said_by' | 'at' | 'by_id' | 'by_name'> {
  id: string
  arrived_at: Date
  staff_name: string
  photos: number
}

/** A person's visits of which photos are kept, or were withdrawn, with what was last said to them. */
export async function findWithPhotos(db: Db, organizationId: string, patientId: string): Promise<VisitWithPhotos[]> {
  const { rows } = await sql<VisitWithPhotos>`
    select v.id, v.arrived_at, v.staff_name, c.event, c.said_by, c.at, c.by_id, c.by_name, f.photos
    from home_visit v
    join lateral (select * from home_visit_photo_consent c where c.organization_id = v.organization_id and c.visit_id = v.id
      order by c.number desc limit 1) c on true
    join lateral (select count(*) filter (where f.deleted_at is null)::int photos, count(*) filter (where f.deleted_because = 'withdrawn')::int gone
      from home_visit_photo f where f.organization_id = v.organization_id and f.visit_id = v.id) f on true
    where v.organization_id = ${organizationId} and v.patient_id = ${patientId} and (f.photos > 0 or f.gone > 0 and c.event in ('given', 'withdrawn'))
    order by v.arrived_at desc, v.id desc limit 100`.execute(db)
  return rows
}

/** In the order they were taken; also those that are gone. */
export function findPhotos(db: Db, organizationId: string, visitId: string): Promise<PhotoRow[]> {
  return db
    .selectFrom('home_visit_photo')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('visit_id', '=', visitId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** The same of many visits. */
export function findPhotosOf(db: Db, organizationId: string, visitIds: readonly string[]): Promise<PhotoRow[]> {
  if (visitIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('home_visit_photo')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('visit_id', 'in', [...visitIds])
    .orderBy('at')
    .orderBy('id')
    .execute()
}

export async function insertPhoto(tx: Transaction, row: Insertable<HomeVisitPhotoTable>): Promise<void> {
  await tx.insertInto('home_visit_photo').values(row).execute()
}

/** They lose their key here and now: all of a visit, or one. @returns how many */
export async function dropPhotos(
  tx: Transaction,
  organizationId: string,
  which: { visitId: string; id?: string; because: 'withdrawn' | 'by-hand' | 'error'; at: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update home_visit_photo set sealed_key = null, label = '', deleted_at = ${which.at}, deleted_because = ${which.because}
    where organization_id = ${organizationId} and visit_id = ${which.visitId} and deleted_at is null
      ${which.id ? sql`and id = ${which.id}` : sql``}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function findFilesLeft(db: Db, organizationId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from home_visit_photo where organization_id = ${organizationId} and sealed_key is null and file_removed_at is null
    order by id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function noteRemoved(db: Db, organizationId: string, id: string, at: Date): Promise<void> {
  await sql`update home_visit_photo set file_removed_at = ${at} where organization_id = ${organizationId} and id = ${id}`.execute(
    db,
  )
}
