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

/** Adds a paper; false when the same has just been ordered by somebody else. */
export async function insertReport(
  tx: Transaction,
  row: Omit<HealthReportRow, 'warnings' | 'moved'>,
): Promise<boolean> {
  const added = await tx
    .insertInto('health_report')
    .values({ ...row, conclusions: JSON.stringify(row.conclusions) })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export interface SamePaper {
  patientId: string
  examId: string
  kind: 'report' | 'sealed'
  language: 'zh-CN' | 'en'
  hash: string
}

/** The paper that says exactly this already. */
export function findSame(
  db: Db,
  organizationId: string,
  { patientId, examId, kind, language, hash }: SamePaper,
): Promise<HealthReportRow | undefined> {
  return db
    .selectFrom('health_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('exam_report_id', '=', examId)
    .where('kind', '=', kind)
    .where('language', '=', language)
    .where('content_hash', '=', hash)
    .where('state', 'in', ['waiting', 'ready'])
    .executeTakeFirst()
}

export function findReport(db: Db, organizationId: string, id: string): Promise<HealthReportRow | undefined> {
  return db
    .selectFrom('health_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function findReportsOf(
  db: Db,
  organizationId: string,
  patientId: string,
  kind: 'report' | 'sealed' = 'report',
) {
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
      .where('r.kind', '=', kind)
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
  file: { key: string; template: string; pageCount: number; warnings: unknown; hash: string | null; at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable('health_report')
    .set({
      state: 'ready',
      file_key: file.key,
      template: file.template,
      page_count: file.pageCount,
      warnings: JSON.stringify(file.warnings),
      content_hash: file.hash,
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

/** Declares all prints of a report void. @returns how many */
export async function voidPrintsOf(
  tx: Transaction,
  organizationId: string,
  compositionId: string,
  by: string | null,
  because: string,
): Promise<number> {
  const result = await tx
    .updateTable('health_report')
    .set({ state: 'withdrawn', withdrawn_by: by, withdrawn_because: because })
    .where('organization_id', '=', organizationId)
    .where('composition_id', '=', compositionId)
    .where('state', '<>', 'withdrawn')
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Where the organization is reached, as it is printed. */
export async function findPlace(db: Db, organizationId: string): Promise<{ address?: string; phone?: string }> {
  const row = await db
    .selectFrom('organization')
    .select(['address', 'phone'])
    .where('id', '=', organizationId)
    .executeTakeFirst()
  return { ...(row?.address ? { address: row.address } : {}), ...(row?.phone ? { phone: row.phone } : {}) }
}

export function findByCode(db: Db, organizationId: string, hash: Buffer) {
  return db
    .selectFrom('health_report as r')
    .innerJoin('patient as p', (j) =>
      j.onRef('p.organization_id', '=', 'r.organization_id').onRef('p.id', '=', 'r.patient_id'),
    )
    .leftJoin('report_composition as c', (j) =>
      j.onRef('c.organization_id', '=', 'r.organization_id').onRef('c.id', '=', 'r.composition_id'),
    )
    .select(['r.number', 'r.state', 'r.exam_on', 'r.ready_at', 'r.signed_on', 'r.withdrawn_because', 'p.name'])
    .select('c.state as compositionState')
    .where('r.organization_id', '=', organizationId)
    .where('r.verify_hash', '=', hash)
    .executeTakeFirst()
}

/** The sealed sheets of an examination become void with the wish they rested on. */
export async function voidSealedOf(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  examId: string,
  by: string | null,
  locale: 'zh-CN' | 'en',
): Promise<void> {
  await tx
    .updateTable('health_report')
    .set({
      state: 'withdrawn',
      withdrawn_by: by,
      withdrawn_because: locale === 'en' ? 'The person no longer wishes for it' : '本人不再需要',
    })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('exam_report_id', '=', examId)
    .where('kind', '=', 'sealed')
    .where('state', '<>', 'withdrawn')
    .execute()
}
