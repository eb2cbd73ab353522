import { sql, type Expression, type Insertable, type Selectable, type SqlBool, type Updateable } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import '../../observation/server/table.ts'
import type { ReportCompositionTable, ReportSignatureTable } from './table.ts'

export type CompositionRow = Selectable<ReportCompositionTable>
export type SignatureRow = Selectable<ReportSignatureTable>

/** Adds a report; false when the same version of this examination has been begun by somebody else. */
export async function insertComposition(tx: Transaction, row: Insertable<ReportCompositionTable>): Promise<boolean> {
  const json = (value: unknown) => JSON.stringify(value)
  const added = await tx
    .insertInto('report_composition')
    .values({
      ...row,
      conclusions: json(row.conclusions),
      not_done: json(row.not_done),
      parts: json(row.parts),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

const seenBy = ({ actor, clock }: ReadContext): Expression<SqlBool> =>
  actor.kind === 'system' ? sql<SqlBool>`true` : visibleTo(actor, 'p', clock.now())

/** A report that the actor may see. */
export function findComposition(ctx: ReadContext, id: string): Promise<CompositionRow | undefined> {
  return onlyOne(ctx, id, false)
}

/** The same, locked until the transaction ends. */
export function lockComposition(ctx: ReadContext, id: string): Promise<CompositionRow | undefined> {
  return onlyOne(ctx, id, true)
}

async function onlyOne(ctx: ReadContext, id: string, lock: boolean): Promise<CompositionRow | undefined> {
  const { rows } = await sql<CompositionRow>`
    select c.* from report_composition c join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    where c.organization_id = ${ctx.organizationId} and c.id = ${id} and ${seenBy(ctx)}
    ${lock ? sql`for update of c` : sql``}`.execute(ctx.db)
  return rows[0]
}

/** All reports of a patient, the newest first. Who may see them is the caller's business. */
export async function compositionsOf(db: Db, organizationId: string, patientId: string): Promise<CompositionRow[]> {
  return db
    .selectFrom('report_composition')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

/** All versions of the report of one examination, the newest first. */
export async function versionsOf(db: Db, organizationId: string, examId: string): Promise<CompositionRow[]> {
  return db
    .selectFrom('report_composition')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('exam_report_id', '=', examId)
    .orderBy('version', 'desc')
    .execute()
}

/** Locks the open reports of some patients, in the order of their ids. */
export async function lockOpenOf(
  tx: Transaction,
  organizationId: string,
  patientIds: readonly string[],
): Promise<CompositionRow[]> {
  return tx
    .selectFrom('report_composition')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', 'in', patientIds)
    .where('state', 'in', ['draft', 'signed'])
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function updateComposition(
  tx: Transaction,
  { organization_id, id }: Pick<CompositionRow, 'organization_id' | 'id'>,
  change: Updateable<ReportCompositionTable>,
): Promise<CompositionRow> {
  return tx
    .updateTable('report_composition')
    .set(change)
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findSignatures(db: Db, organizationId: string, compositionId: string): Promise<SignatureRow[]> {
  return db
    .selectFrom('report_signature')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('composition_id', '=', compositionId)
    .orderBy('number')
    .execute()
}

export async function insertSignatures(tx: Transaction, rows: readonly SignatureRow[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('report_signature')
      .values([...rows])
      .execute()
}

export interface NamedComposition extends CompositionRow {
  patient_name: string
  patient_sex: string
  patient_birth_date: string | null
}

/** Where a page of a list ends. */
export interface Place {
  at: string
  id: string
}

/** Reports in a stage, of people the actor may see: waiting ones longest first, issued ones newest first. */
export async function findStage(
  ctx: ReadContext,
  state: 'draft' | 'signed' | 'issued',
  { after, limit }: { after?: Place | undefined; limit: number },
): Promise<NamedComposition[]> {
  const newestFirst = state === 'issued'
  const onward = !after
    ? sql<SqlBool>`true`
    : newestFirst
      ? sql<SqlBool>`(c.issued_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql<SqlBool>`c.id > ${after.id}::uuid`
  const { rows } = await sql<NamedComposition>`
    select c.*, p.name patient_name, p.sex patient_sex, p.birth_date::text patient_birth_date
    from report_composition c join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    where c.organization_id = ${ctx.organizationId} and c.state = ${state} and ${onward} and ${seenBy(ctx)}
    order by ${newestFirst ? sql`c.issued_at desc, c.id desc` : sql`c.id`} limit ${limit}`.execute(ctx.db)
  return rows
}

/** The report of the record that stands in place of this one today; itself while nothing replaced it. */
export async function standingExam(db: Db, organizationId: string, examId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive chain (id, next, hop) as (
      select id, superseded_by, 0 from report where organization_id = ${organizationId} and id = ${examId}
      union all
      select r.id, r.superseded_by, c.hop + 1 from chain c join report r on r.organization_id = ${organizationId} and r.id = c.next
      where c.next <> c.id and c.hop < 50
    ) select id from chain where next is null limit 1`.execute(db)
  return rows[0]?.id
}

export function findSigner(db: Db, organizationId: string, staffId: string) {
  return db
    .selectFrom('staff')
    .select(['name', 'title'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .executeTakeFirst()
}
