import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { BlockReason } from '../contract/words.ts'
import type { DoNotCallTable } from './table.ts'
import './table.ts'

export type BlockRow = Selectable<DoNotCallTable>
export type NamedBlock = BlockRow & { patient_name: string; phone_masked: string | null }

const inForce = (now: Date) => sql`d.lifted_at is null and (d.until is null or d.until > ${now})`

/** Whom nobody calls now, among people that are named. @param people selects their ids */
export async function findBlocked(
  db: Db,
  organizationId: string,
  people: ReturnType<typeof sql>,
  now: Date,
): Promise<Map<string, BlockReason>> {
  const { rows } = await sql<Pick<BlockRow, 'patient_id' | 'reason'>>`
    select d.patient_id, d.reason from do_not_call d
    where d.organization_id = ${organizationId} and ${inForce(now)} and d.patient_id = any(array(${people}))`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.patient_id, row.reason]))
}

/** What stands for one person, where something does. */
export async function findBlockOf(
  db: Db,
  organizationId: string,
  patientId: string,
  now: Date,
): Promise<BlockRow | undefined> {
  const { rows } = await sql<BlockRow>`
    select * from do_not_call d where d.organization_id = ${organizationId} and d.patient_id = ${patientId} and ${inForce(now)}
    order by d.id limit 1`.execute(db)
  return rows[0]
}

/** Newest first. @param people selects the ids of whoever may be shown */
export async function findBlocks(
  db: Db,
  organizationId: string,
  people: ReturnType<typeof sql>,
  page: { now: Date; after: string | undefined; limit: number },
): Promise<NamedBlock[]> {
  const { rows } = await sql<NamedBlock>`
    select d.*, p.name patient_name, p.phone_masked from do_not_call d
    join patient p on p.organization_id = d.organization_id and p.id = d.patient_id
    where d.organization_id = ${organizationId} and ${inForce(page.now)} and d.patient_id = any(array(${people}))
      ${page.after ? sql`and d.id < ${page.after}::uuid` : sql``}
    order by d.id desc limit ${page.limit}`.execute(db)
  return rows
}

export async function findNamedBlock(db: Db, organizationId: string, id: string): Promise<NamedBlock | undefined> {
  const { rows } = await sql<NamedBlock>`
    select d.*, p.name patient_name, p.phone_masked from do_not_call d
    join patient p on p.organization_id = d.organization_id and p.id = d.patient_id
    where d.organization_id = ${organizationId} and d.id = ${id}`.execute(db)
  return rows[0]
}

/** Adds a reason not to call, or puts its end off where one that has run out stands. @returns false when it stands already */
export async function putBlock(tx: Transaction, row: Insertable<DoNotCallTable>): Promise<boolean> {
  await sql`update do_not_call set lifted_at = until, lifted_because = 'over', lifted_by_name = ''
    where organization_id = ${row.organization_id} and patient_id = ${row.patient_id} and reason = ${row.reason} and lifted_at is null
      and until <= ${row.since}`.execute(tx)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('do_not_call')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

export interface Lifting {
  at: Date
  by: { id: string | null; name: string }
  because: string
}

/** @returns whether it still stood */
export async function liftBlock(
  tx: Transaction,
  organizationId: string,
  which: { id: string } | { patientId: string; reason: BlockReason },
  { at, by, because }: Lifting,
): Promise<boolean> {
  const condition =
    'id' in which ? sql`id = ${which.id}` : sql`patient_id = ${which.patientId} and reason = ${which.reason}`
  const { numAffectedRows } = await sql`
    update do_not_call set lifted_at = ${at}, lifted_by = ${by.id}, lifted_by_name = ${by.name}, lifted_because = ${because}
    where organization_id = ${organizationId} and lifted_at is null and ${condition}`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}
