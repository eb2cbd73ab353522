import { sql, type Selectable } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { HealthReportBatchItemTable, HealthReportBatchTable } from './table.ts'

export type BatchRow = Selectable<HealthReportBatchTable>
export type ItemRow = Selectable<HealthReportBatchItemTable>
export type ItemState = ItemRow['state']

export async function insertBatch(
  tx: Transaction,
  batch: Pick<
    BatchRow,
    | 'organization_id'
    | 'id'
    | 'title'
    | 'total'
    | 'created_by'
    | 'created_by_name'
    | 'created_at'
    | 'language'
    | 'drafts'
  >,
  items: readonly { patientId: string; state: ItemState; reason: string | null }[],
): Promise<void> {
  await tx.insertInto('health_report_batch').values(batch).execute()
  await sql`
    insert into health_report_batch_item (organization_id, batch_id, place, patient_id, state, reason)
    select ${batch.organization_id}::uuid, ${batch.id}::uuid, place, "patientId", state, reason
    from rows from (json_to_recordset(${JSON.stringify(items)}::json) as ("patientId" uuid, state text, reason text))
      with ordinality as i ("patientId", state, reason, place)`.execute(tx)
}

/** Those of some people whom the actor may see and who are looked after, in no order. */
export async function visibleAmong(ctx: ReadContext, patientIds: readonly string[]): Promise<Map<string, string>> {
  if (patientIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('patient')
    .select(['id', 'name'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', 'in', [...new Set(patientIds)])
    .where(visibleTo(ctx.actor, 'patient', ctx.clock.now()))
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Whose report was issued in some days, as far as the actor may see them; the order is that of issuing. */
export async function issuedBetween(ctx: ReadContext, from: Date, to: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ patient_id: string }>`
    select c.patient_id from report_composition c join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    where c.organization_id = ${ctx.organizationId} and c.state = 'issued' and c.issued_at >= ${from} and c.issued_at < ${to}
      and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
    group by c.patient_id order by min(c.issued_at), c.patient_id limit ${limit}`.execute(ctx.db)
  return rows.map((row) => row.patient_id)
}

export function findBatch(db: Db, organizationId: string, id: string): Promise<BatchRow | undefined> {
  return db
    .selectFrom('health_report_batch')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findBatchesOf(db: Db, organizationId: string, staffId: string | null): Promise<BatchRow[]> {
  return db
    .selectFrom('health_report_batch')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('created_by', '=', staffId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
}

/** Lists that are not finished: what a worker takes up again after another died. */
export async function openBatches(db: Db, organizationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('health_report_batch')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('finished_at', 'is', null)
    .orderBy('id')
    .limit(20)
    .execute()
  return rows.map((row) => row.id)
}

export async function countItems(
  db: Db,
  organizationId: string,
  batchIds: readonly string[],
): Promise<Map<string, Partial<Record<ItemState, number>>>> {
  if (batchIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('health_report_batch_item')
    .select(['batch_id', 'state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('organization_id', '=', organizationId)
    .where('batch_id', 'in', batchIds)
    .groupBy(['batch_id', 'state'])
    .execute()
  const counts = new Map<string, Partial<Record<ItemState, number>>>()
  for (const row of rows) counts.set(row.batch_id, { ...counts.get(row.batch_id), [row.state]: Number(row.n) })
  return counts
}

/**
 * Takes the next few people of a list for a while; those of a worker that died are free again after that. The choice is
 * materialized: as a subquery it is run again for each row it is joined to, and takes all of them.
 */
export async function claimItems(
  tx: Transaction,
  organizationId: string,
  batchId: string,
  { now, until, most }: { now: Date; until: Date; most: number },
): Promise<Pick<ItemRow, 'place' | 'patient_id' | 'attempts'>[]> {
  const { rows } = await sql<Pick<ItemRow, 'place' | 'patient_id' | 'attempts'>>`
    with next as materialized (
      select place from health_report_batch_item where organization_id = ${organizationId} and batch_id = ${batchId}
        and state = 'waiting' and (claimed_until is null or claimed_until < ${now})
      order by place limit ${most} for update skip locked
    )
    update health_report_batch_item i set claimed_until = ${until}, attempts = attempts + 1 from next
    where i.organization_id = ${organizationId} and i.batch_id = ${batchId} and i.place = next.place
    returning i.place, i.patient_id, i.attempts`.execute(tx)
  return rows.toSorted((a, b) => a.place - b.place)
}

/** Ends a person's turn; false when it was cancelled or ended meanwhile. */
export async function endItem(
  tx: Transaction,
  organizationId: string,
  batchId: string,
  place: number,
  end: { state: ItemState; reportId: string | null; reason: string | null; at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable('health_report_batch_item')
    .set({ state: end.state, report_id: end.reportId, reason: end.reason, done_at: end.at, claimed_until: null })
    .where('organization_id', '=', organizationId)
    .where('batch_id', '=', batchId)
    .where('place', '=', place)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Marks a list finished once nobody of it waits. @returns whether it is finished now */
export async function finishBatch(tx: Transaction, organizationId: string, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update health_report_batch b set finished_at = coalesce(finished_at, ${at}) where organization_id = ${organizationId} and id = ${id}
      and not exists (select from health_report_batch_item i where i.organization_id = ${organizationId} and i.batch_id = b.id and i.state = 'waiting')
    returning id`.execute(tx)
  return rows.length > 0
}

/** @returns false when it was finished already */
export async function cancelItems(
  tx: Transaction,
  organizationId: string,
  id: string,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable('health_report_batch')
    .set({ cancelled_at: at, cancelled_by_name: by, finished_at: at })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) return false
  await tx
    .updateTable('health_report_batch_item')
    .set({ state: 'cancelled', done_at: at })
    .where('organization_id', '=', organizationId)
    .where('batch_id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
  return true
}

export interface FinishedItem {
  place: number
  patient_id: string
  state: ItemState
  reason: string | null
  name: string
  report_id: string | null
  number: string | null
  report_state: string | null
  file_key: string | null
  visible: boolean
}

/** Everybody of a list in its order, with their paper, and whether the actor may see them today. */
export async function itemsOf(ctx: ReadContext, batchId: string): Promise<FinishedItem[]> {
  const { rows } = await sql<FinishedItem>`
    select i.place, i.patient_id, i.state, i.reason, coalesce(p.name, '') name, i.report_id, r.number, r.state report_state, r.file_key,
      p.id is not null and ${visibleTo(ctx.actor, 'p', ctx.clock.now())} visible
    from health_report_batch_item i
    left join patient p on p.organization_id = i.organization_id and p.id = i.patient_id
    left join health_report r on r.organization_id = i.organization_id and r.id = i.report_id
    where i.organization_id = ${ctx.organizationId} and i.batch_id = ${batchId} order by i.place`.execute(ctx.db)
  return rows
}
