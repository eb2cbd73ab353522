import { sql, type RawBuilder, type Selectable, type Updateable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { NoduleGradeTable, NoduleRecheckTable, NoduleScanTable, NoduleTable } from './table.ts'

export type NoduleRow = Selectable<NoduleTable>
export type ScanRow = Selectable<NoduleScanTable>
export type GradeRow = Selectable<NoduleGradeTable>
export type RecheckRow = Selectable<NoduleRecheckTable>

/**
 * Locks a nodule that the actor may see; two who act at once stand in line here.
 * @param version the one that was looked at, where the act depends on what stood there
 * @throws Problem NotFound, ChangedMeanwhile
 */
export async function lockNodule(ctx: WriteContext, noduleId: string, version?: number): Promise<NoduleRow> {
  const { rows } = await sql<NoduleRow>`
    select n.* from nodule n join patient p on p.organization_id = n.organization_id and p.id = n.patient_id
    where n.organization_id = ${ctx.organizationId} and n.id = ${noduleId} and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
    for update of n`.execute(ctx.tx)
  const row = rows[0]
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  if (version !== undefined && row.version !== version) throw platformProblem('ChangedMeanwhile')
  return row
}

/** Changes a locked nodule and writes the line of its log. */
export async function changeNodule(
  ctx: WriteContext,
  before: NoduleRow,
  values: Updateable<NoduleTable>,
  event: { kind: string; note?: string; detail?: Record<string, unknown> },
): Promise<NoduleRow> {
  const after = await ctx.tx
    .updateTable('nodule')
    .set({ ...values, version: before.version + 1 })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (!after) throw platformProblem('ChangedMeanwhile')
  await insertEvent(ctx, after, event)
  return after
}

export async function insertEvent(
  ctx: WriteContext,
  nodule: Pick<NoduleRow, 'id' | 'version'>,
  { kind, note = '', detail = {} }: { kind: string; note?: string; detail?: Record<string, unknown> },
): Promise<void> {
  await ctx.tx
    .insertInto('nodule_event')
    .values({
      organization_id: ctx.organizationId,
      nodule_id: nodule.id,
      version: nodule.version,
      kind,
      note,
      detail: JSON.stringify(detail),
      by_id: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      by_name: ctx.actor.kind === 'staff' ? ctx.actor.name : '',
      at: ctx.clock.now(),
    })
    .execute()
}

/** What stands in a table about these nodules, newest first. */
export async function ofNodules<Row>(
  db: Db,
  organizationId: string,
  table: 'nodule_scan' | 'nodule_grade' | 'nodule_recheck' | 'nodule_talk' | 'nodule_event',
  noduleIds: readonly string[],
  newest: RawBuilder<unknown>,
): Promise<Row[]> {
  if (noduleIds.length === 0) return []
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)}
    where organization_id = ${organizationId} and nodule_id = any(${[...noduleIds]}::uuid[]) order by ${newest}`.execute(
    db,
  )
  return rows
}

type Of<Row> = (db: Db, organizationId: string, noduleIds: readonly string[]) => Promise<Row[]>

/** All scans of these nodules; also corrected and withdrawn ones, which name what took their place. */
export const scansOf: Of<ScanRow> = (db, organizationId, ids) =>
  ofNodules(db, organizationId, 'nodule_scan', ids, sql`scanned_on desc, id desc`)

/** All categories and probabilities of these nodules. */
export const gradesOf: Of<GradeRow> = (db, organizationId, ids) =>
  ofNodules(db, organizationId, 'nodule_grade', ids, sql`at desc, id desc`)

export const rechecksOf: Of<RecheckRow> = (db, organizationId, ids) =>
  ofNodules(db, organizationId, 'nodule_recheck', ids, sql`created_at desc, id desc`)

/** The scans that count. */
export function standingScans(scans: readonly ScanRow[]): ScanRow[] {
  return scans.filter((scan) => scan.superseded_by === null)
}

/** The settled category of a scan that stands. */
export function settledOf(grades: readonly GradeRow[], scanId: string): GradeRow | undefined {
  return grades.find((one) => one.scan_id === scanId && one.state === 'settled' && one.superseded_by === null)
}

/** The newest scan of a nodule and the version it has now. */
export async function newestScanOf(
  db: Db,
  organizationId: string,
  noduleId: string,
): Promise<{ scanId: string; version: number }> {
  const { rows } = await sql<{ scanId: string; version: number }>`
    select s.id "scanId", n.version from nodule n join nodule_scan s on s.organization_id = n.organization_id and s.nodule_id = n.id
    where n.organization_id = ${organizationId} and n.id = ${noduleId} and s.superseded_by is null
    order by s.scanned_on desc, s.id desc limit 1`.execute(db)
  return rows[0]!
}
