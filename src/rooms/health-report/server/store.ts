import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { HealthReportTable } from './table.ts'
import './table.ts'

export type HealthReportRow = Selectable<HealthReportTable>

/** The next number of a day: `20261121-0042`. The counter's row is the lock. */
export async function nextNumber(tx: Transaction, organizationId: string, day: string): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into health_report_counter as c (organization_id, day, last) values (${organizationId}, ${day}, 1)
    on conflict (organization_id, day) do update set last = c.last + 1 returning last`.execute(tx)
  return `${day.replaceAll('-', '')}-${String(rows[0]!.last).padStart(4, '0')}`
}

export async function insertReport(tx: Transaction, row: Omit<HealthReportRow, 'warnings'>): Promise<void> {
  await tx
    .insertInto('health_report')
    .values({ ...row, conclusions: JSON.stringify(row.conclusions) })
    .execute()
}

export async function insertBatch(
  tx: Transaction,
  batch: { organizationId: string; id: string; title: string; total: number; by: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('health_report_batch')
    .values({
      organization_id: batch.organizationId,
      id: batch.id,
      title: batch.title,
      total: batch.total,
      created_by: batch.by,
      created_at: batch.at,
    })
    .execute()
}

export function findReport(db: Db, organizationId: string, id: string): Promise<HealthReportRow | undefined> {
  return db
    .selectFrom('health_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function findReportsOf(db: Db, organizationId: string, patientId: string) {
  return (
    db
      .selectFrom('health_report as r')
      .leftJoin('staff as c', (j) =>
        j.onRef('c.organization_id', '=', 'r.organization_id').onRef('c.id', '=', 'r.created_by'),
      )
      .leftJoin('staff as s', (j) =>
        j.onRef('s.organization_id', '=', 'r.organization_id').onRef('s.id', '=', 'r.signed_by'),
      )
      .selectAll('r')
      .select(['c.name as creator', 's.name as signer'])
      .where('r.organization_id', '=', organizationId)
      .where('r.patient_id', '=', patientId)
      .orderBy('r.created_at', 'desc')
      // Those of one list are ordered at one moment.
      .orderBy('r.number', 'desc')
      .limit(50)
      .execute()
  )
}

export async function countWaiting(db: Db, organizationId: string, patientId: string): Promise<number> {
  const { n } = await db
    .selectFrom('health_report')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function markReady(
  tx: Transaction,
  organizationId: string,
  id: string,
  file: { key: string; template: string; pageCount: number; warnings: unknown; at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable('health_report')
    .set({
      state: 'ready',
      file_key: file.key,
      template: file.template,
      page_count: file.pageCount,
      warnings: JSON.stringify(file.warnings),
      ready_at: file.at,
      reason: null,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'failed'])
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function markFailed(tx: Transaction, organizationId: string, id: string, reason: string): Promise<void> {
  await tx
    .updateTable('health_report')
    .set({ state: 'failed', reason: reason.slice(0, 300) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

export async function withdraw(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  id: string,
  by: string | null,
  because: string,
): Promise<boolean> {
  const result = await tx
    .updateTable('health_report')
    .set({ state: 'withdrawn', withdrawn_by: by, withdrawn_because: because })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .where('state', '<>', 'withdrawn')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export function findBatch(db: Db, organizationId: string, id: string) {
  return db
    .selectFrom('health_report_batch')
    .select(['title', 'total', 'created_at'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function countBatch(db: Db, organizationId: string, id: string): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('health_report')
    .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('organization_id', '=', organizationId)
    .where('batch_id', '=', id)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]))
}

export function findFailures(db: Db, organizationId: string, id: string) {
  return db
    .selectFrom('health_report as r')
    .innerJoin('patient as p', (j) =>
      j.onRef('p.organization_id', '=', 'r.organization_id').onRef('p.id', '=', 'r.patient_id'),
    )
    .select(['r.patient_id', 'p.name', 'r.reason'])
    .where('r.organization_id', '=', organizationId)
    .where('r.batch_id', '=', id)
    .where('r.state', '=', 'failed')
    .limit(100)
    .execute()
}

export function findByCode(db: Db, organizationId: string, hash: Buffer) {
  return db
    .selectFrom('health_report as r')
    .innerJoin('patient as p', (j) =>
      j.onRef('p.organization_id', '=', 'r.organization_id').onRef('p.id', '=', 'r.patient_id'),
    )
    .select(['r.number', 'r.state', 'r.exam_on', 'r.ready_at', 'r.signed_on', 'r.withdrawn_because', 'p.name'])
    .where('r.organization_id', '=', organizationId)
    .where('r.verify_hash', '=', hash)
    .executeTakeFirst()
}
