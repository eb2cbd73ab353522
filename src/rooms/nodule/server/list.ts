import { sql, type Expression, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummaries, requireVisible, visibleTo } from '../../patient/server/index.ts'
import type { listNodules, patientNodules, View } from '../contract/nodule.ts'
import type { NoduleView } from '../contract/words.ts'
import { findCards } from './card-store.ts'
import { findBoard, type BoardRow, type Place } from './list-store.ts'
import { eventsOf, reportTitles, talksOf } from './log-store.ts'
import { findSettings } from './setting-store.ts'
import { gradesOf, rechecksOf, scansOf, type NoduleRow } from './store.ts'
import { personOf, shortGrade, viewOf } from './view.ts'

/** 结节管理: what is due, late, waiting for a physician, planned, or closed. */
export async function showBoard(
  ctx: ReadContext,
  { view, organ, mine, cursor, limit }: InputOf<typeof listNodules>['query'],
): Promise<OutputOf<typeof listNodules>> {
  const scope: Expression<SqlBool>[] = [visibleTo(ctx.actor, 'p', ctx.clock.now())]
  if (mine) scope.push(sql<SqlBool>`${ctx.actor.id} in (p.doctor_id, p.manager_id)`)
  const after = readPlace(cursor)
  const rows = await findBoard(ctx.db, ctx.organizationId, {
    view,
    organ,
    scope,
    today: ctx.today,
    after,
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const patients = await patientSummaries(
    ctx,
    page.map((row) => row.patient_id),
  )
  return {
    rows: page.map((row) => ({
      id: row.id as NoduleView['id'],
      organ: row.organ,
      side: row.side,
      place: row.place,
      state: row.state,
      waiting: row.waiting,
      lastScanOn: row.last_scan_on,
      longMm: row.long_mm,
      grade: row.grade ? shortGrade(row.grade) : null,
      fromOn: row.from_on,
      dueOn: row.due_on,
      recheckKind: row.recheck_kind,
      closedAt: row.closed_at?.toISOString() ?? null,
      result: row.result,
      patient: personOf(row, patients.get(row.patient_id)),
    })),
    next: rows.length > limit ? placeOf(page.at(-1)!, view) : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

/** All nodules of a person, open ones first, then newest first. */
export async function ofPatient(ctx: ReadContext, patientId: string): Promise<OutputOf<typeof patientNodules>> {
  const person = await requireVisible(ctx, patientId)
  const rows = await ctx.db
    .selectFrom('nodule')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('state', 'desc')
    .orderBy('last_scan_on', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return {
    rows: await viewsOf(ctx, rows),
    can: { register: person.state === 'active' && ctx.actor.permissions.has('nodule.write') },
  }
}

/** @throws Problem NotFound */
export async function showNodule(ctx: ReadContext, noduleId: string): Promise<NoduleView> {
  const { rows } = await sql<NoduleRow>`
    select n.* from nodule n join patient p on p.organization_id = n.organization_id and p.id = n.patient_id
    where n.organization_id = ${ctx.organizationId} and n.id = ${noduleId} and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}`.execute(
    ctx.db,
  )
  const row = rows[0]
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  return (await viewsOf(ctx, [row]))[0]!
}

/** All that is known of some nodules, in a fixed number of statements. */
async function viewsOf(ctx: ReadContext, rows: readonly NoduleRow[]): Promise<NoduleView[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const scans = await scansOf(ctx.db, ctx.organizationId, ids)
  const known = {
    scans,
    grades: await gradesOf(ctx.db, ctx.organizationId, ids),
    rechecks: await rechecksOf(ctx.db, ctx.organizationId, ids),
    talks: await talksOf(ctx.db, ctx.organizationId, ids),
    events: await eventsOf(ctx.db, ctx.organizationId, ids),
    reportTitles: await reportTitles(
      ctx.db,
      ctx.organizationId,
      scans.flatMap((scan) => scan.report_id ?? []),
    ),
    cards: await findCards(ctx.db, ctx.organizationId),
    settings: await findSettings(ctx.db, ctx.organizationId),
  }
  const patients = await patientSummaries(
    ctx,
    rows.map((row) => row.patient_id),
  )
  return rows.map((row) => viewOf(ctx, row, { ...known, patient: patients.get(row.patient_id) }))
}

function placeOf(row: BoardRow, view: View): string {
  const at = view === 'closed' ? row.closed_at!.toISOString() : view === 'waiting' ? row.waiting_since! : row.due_on!
  return Buffer.from(JSON.stringify({ at, id: row.id } satisfies Place)).toString('base64url')
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  try {
    const { at, id } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Place
    if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error('not a place')
    return { at, id }
  } catch {
    throw platformProblem('InvalidInput', {}, 'query.cursor')
  }
}
