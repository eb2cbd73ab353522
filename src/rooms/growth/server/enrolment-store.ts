import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { EndReason, ItemState } from '../contract/growth.ts'
import type { GrowthConsentTable, GrowthEnrolmentTable, GrowthItemTable, GrowthStageTable } from './table.ts'

export type EnrolmentRow = Selectable<GrowthEnrolmentTable>
export type ConsentRow = Selectable<GrowthConsentTable>
export type ItemRow = Selectable<GrowthItemTable>
export type StageRow = Selectable<GrowthStageTable>

/** The enrolment that runs, or the last one there was. */
export async function findLastEnrolment(
  db: Db,
  organizationId: string,
  patientId: string,
): Promise<EnrolmentRow | undefined> {
  const { rows } = await sql<EnrolmentRow>`
    select * from growth_enrolment where organization_id = ${organizationId} and patient_id = ${patientId}
    order by (state = 'active') desc, id desc limit 1`.execute(db)
  return rows[0]
}

/** The enrolment that runs, held until the transaction ends: whoever decides something of it comes one by one. */
export async function lockActive(
  tx: Transaction,
  organizationId: string,
  patientId: string,
): Promise<EnrolmentRow | undefined> {
  const { rows } = await sql<EnrolmentRow>`
    select * from growth_enrolment where organization_id = ${organizationId} and patient_id = ${patientId} and state = 'active'
    for update`.execute(tx)
  return rows[0]
}

/** @returns undefined when the child is enrolled already */
export function insertEnrolment(
  tx: Transaction,
  row: Insertable<GrowthEnrolmentTable>,
): Promise<EnrolmentRow | undefined> {
  return tx
    .insertInto('growth_enrolment')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function updateEnrolment(
  tx: Transaction,
  row: EnrolmentRow,
  set: Partial<Pick<EnrolmentRow, 'has_own_consent' | 'own_consent_from' | 'ends_on' | 'next_on'>>,
): Promise<EnrolmentRow> {
  return tx
    .updateTable('growth_enrolment')
    .set({ ...set, version: sql`version + 1` })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function endRow(
  tx: Transaction,
  row: EnrolmentRow,
  end: { on: string; reason: EndReason; note: string },
): Promise<EnrolmentRow> {
  return tx
    .updateTable('growth_enrolment')
    .set({
      state: 'ended',
      ended_on: end.on,
      end_reason: end.reason,
      end_note: end.note,
      next_on: null,
      version: sql`version + 1`,
    })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Sets when the next measurement is due of who is enrolled; nothing happens to others. */
export async function moveNext(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  nextOn: (startedOn: string) => string,
): Promise<void> {
  const row = await lockActive(tx, organizationId, patientId)
  if (!row) return
  await tx
    .updateTable('growth_enrolment')
    .set({ next_on: nextOn(row.started_on) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', row.id)
    .execute()
}

export async function insertConsent(tx: Transaction, row: Insertable<GrowthConsentTable>): Promise<void> {
  await tx.insertInto('growth_consent').values(row).execute()
}

/** All consents of an enrolment that stand are withdrawn at once. */
export async function withdrawConsents(
  tx: Transaction,
  organizationId: string,
  enrolmentId: string,
  by: { name: string; because: string; recordedBy: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('growth_consent')
    .set({
      withdrawn_at: by.at,
      withdrawn_by_name: by.name,
      withdrawn_because: by.because,
      withdrawn_recorded_by: by.recordedBy,
    })
    .where('organization_id', '=', organizationId)
    .where('enrolment_id', '=', enrolmentId)
    .where('withdrawn_at', 'is', null)
    .execute()
}

export function findConsents(db: Db, organizationId: string, enrolmentId: string): Promise<ConsentRow[]> {
  return db
    .selectFrom('growth_consent')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('enrolment_id', '=', enrolmentId)
    .orderBy('given_on')
    .orderBy('id')
    .execute()
}

export async function insertItems(tx: Transaction, rows: readonly Insertable<GrowthItemTable>[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('growth_item')
      .values([...rows])
      .execute()
}

/** In the order they were planned; at most as many as anybody reads. */
export function findItems(db: Db, organizationId: string, enrolmentId: string): Promise<ItemRow[]> {
  return db
    .selectFrom('growth_item')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('enrolment_id', '=', enrolmentId)
    .orderBy('id')
    .limit(300)
    .execute()
}

/** @returns whether it stood as it was opened */
export async function settleItemRow(
  tx: Transaction,
  organizationId: string,
  item: { id: string; enrolmentId: string; version: number },
  set: {
    state: ItemState
    result: string
    done_on: string | null
    done_by: string | null
    done_by_name: string | null
  },
): Promise<boolean> {
  const settled = await tx
    .updateTable('growth_item')
    .set({ ...set, version: sql`version + 1` })
    .where('organization_id', '=', organizationId)
    .where('enrolment_id', '=', item.enrolmentId)
    .where('id', '=', item.id)
    .where('version', '=', item.version)
    .executeTakeFirst()
  return settled.numUpdatedRows > 0n
}

export function findStages(db: Db, organizationId: string, enrolmentId: string): Promise<StageRow[]> {
  return db
    .selectFrom('growth_stage')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('enrolment_id', '=', enrolmentId)
    .orderBy('year')
    .execute()
}

/** @returns false when the year was summed up already */
export async function insertStage(tx: Transaction, row: Insertable<GrowthStageTable>): Promise<boolean> {
  const inserted = await tx
    .insertInto('growth_stage')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('year')
    .execute()
  return inserted.length > 0
}
