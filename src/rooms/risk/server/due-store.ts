import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

export interface DueBatch {
  id: string
  patientIds: string[]
}

export async function insertDue(tx: Transaction, organizationId: string, batch: DueBatch, at: Date): Promise<void> {
  await tx
    .insertInto('risk_due')
    .values({ organization_id: organizationId, id: batch.id, patient_ids: batch.patientIds, at })
    .execute()
}

/** When the oldest and the newest batch were left; ids are in the order of time. Undefined when none waits. */
export async function waitingSince(
  db: Db,
  organizationId: string,
): Promise<{ oldest: Date; newest: Date } | undefined> {
  const { rows } = await sql<{ oldest: Date | null; newest: Date | null }>`select
    (select at from risk_due where organization_id = ${organizationId} order by id limit 1) oldest,
    (select at from risk_due where organization_id = ${organizationId} order by id desc limit 1) newest`.execute(db)
  const { oldest = null, newest = null } = rows[0] ?? {}
  return oldest && newest ? { oldest, newest } : undefined
}

/** Takes the oldest batches away, as many as `most` people hold and one at least; what another worker holds is passed over. */
export async function takeDue(tx: Transaction, organizationId: string, most: number): Promise<DueBatch[]> {
  const { rows } = await sql<DueBatch>`
    with free as (
      select id, cardinality(patient_ids) people from risk_due where organization_id = ${organizationId}
      order by id limit 50 for update skip locked
    ), chosen as (
      select id from (select id, sum(people) over (order by id) - people before from free) f where before < ${most}
    )
    delete from risk_due d using chosen c where d.organization_id = ${organizationId} and d.id = c.id
    returning d.id, d.patient_ids "patientIds"`.execute(tx)
  return rows
}
