import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Updateable } from 'kysely'
import type { RecheckTask } from './tell.ts'
import { planOf, WAITING_DAYS, type PlannedRecheck } from './rules/plan.ts'
import { settingOf, type Setting } from './setting-store.ts'
import {
  changeNodule,
  gradesOf,
  rechecksOf,
  scansOf,
  settledOf,
  standingScans,
  type GradeRow,
  type NoduleRow,
  type RecheckRow,
  type ScanRow,
} from './store.ts'
import { rowOf } from './systems.ts'
import type { NoduleTable } from './table.ts'
import { askDoctor, endDoctorTasks, endRecheckTask } from './tell.ts'

/**
 * Holds a nodule against its facts: what it waits for, and when to look again. A recheck that still holds stays as it is;
 * one that a new scan has met is met; any other that changes is replaced. Tasks follow.
 * @param event what has happened, for the log
 */
export async function replan(
  ctx: WriteContext,
  nodule: NoduleRow,
  event: { kind: string; note?: string; detail?: Record<string, unknown> },
  { also = {}, physician }: { also?: Updateable<NoduleTable>; physician?: { dueOn: string; words: string } } = {},
): Promise<NoduleRow> {
  const ids = [nodule.id]
  const scans = await scansOf(ctx.tx, ctx.organizationId, ids)
  const newest = standingScans(scans)[0]!
  const grades = await gradesOf(ctx.tx, ctx.organizationId, ids)
  const setting = await settingOf(ctx.tx, ctx.organizationId, nodule.organ)
  const rechecks = await rechecksOf(ctx.tx, ctx.organizationId, ids)
  const open = rechecks.find(({ state }) => state === 'open')
  const settled = settledOf(grades, newest.id)
  const isOfNewest = open !== undefined && sameScan(scans, open.anchor_scan_id, newest.id)
  const plan = planOf({
    scan: { on: newest.scanned_on, gone: newest.gone, radiologist: newest.radiologist as never },
    settled: settled ? { row: rowFor(settled, setting, newest), since: sinceOf(settled, scans, grades) } : null,
    physician: physician ?? ownDayOf(rechecks, scans, newest),
    setting: setting?.definition ?? null,
  })
  const recheck = await keepRecheck(ctx, nodule, { open, isOfNewest, newest, plan: plan.recheck, settled, setting })
  const changed = open?.id !== recheck?.id
  const waits = plan.waiting !== nodule.waiting || STARTS_ANEW.has(event.kind)
  const after = await changeNodule(
    ctx,
    nodule,
    {
      last_scan_on: newest.scanned_on,
      waiting: plan.waiting,
      ...(plan.waiting === null
        ? { waiting_since: null, waiting_act_on: null, waiting_level: 0 }
        : waits
          ? { waiting_since: ctx.today, waiting_act_on: addDays(ctx.today, WAITING_DAYS), waiting_level: 0 }
          : {}),
      ...(changed
        ? {
            recheck_id: recheck?.id ?? null,
            from_on: recheck?.from_on ?? null,
            due_on: recheck?.due_on ?? null,
            recheck_act_on: recheck?.from_on ?? null,
            recheck_level: 0,
          }
        : {}),
      ...also,
    },
    event,
  )
  if (plan.waiting === null || waits) await endDoctorTasks(ctx, after)
  if (plan.waiting !== null && waits) await askDoctor(ctx, [after])
  return after
}

/** After these a doctor is asked anew, even for what was asked before. */
const STARTS_ANEW = new Set(['registered', 'scan-added', 'reopened'])

/** The day that a physician has set for this scan; also if it was met by a scan that was withdrawn since. */
function ownDayOf(rechecks: readonly RecheckRow[], scans: readonly ScanRow[], { id }: ScanRow) {
  const own = rechecks.find(
    (one) => one.source === 'physician' && one.state !== 'replaced' && sameScan(scans, one.anchor_scan_id, id),
  )
  return own ? { dueOn: own.due_on, words: own.words } : null
}

/** A guideline's row counts only if the category is of the clinic's own system: nothing is converted. */
function rowFor(settled: GradeRow, setting: Setting | undefined, scan: ScanRow): string | null {
  if (!setting || settled.system !== setting.definition.system) return null
  return rowOf(settled.system, settled.category, scan.long_mm)
}

/** The day of the scan that began the run of this category. */
function sinceOf(settled: GradeRow, scans: readonly ScanRow[], grades: readonly GradeRow[]): string {
  let since: string | undefined
  for (const scan of standingScans(scans)) {
    const one = settledOf(grades, scan.id)
    if (one?.system !== settled.system || one.category !== settled.category) break
    since = scan.scanned_on
  }
  return since ?? standingScans(scans)[0]!.scanned_on
}

/** Whether two ids name the same look: itself, or corrected since. */
function sameScan(scans: readonly ScanRow[], from: string, to: string): boolean {
  const byId = new Map(scans.map((scan) => [scan.id, scan]))
  for (let id: string | null = from; id;) {
    if (id === to) return true
    const next: string | null = byId.get(id)?.superseded_by ?? null
    id = next === id ? null : next
  }
  return false
}

interface Keeping {
  open: RecheckRow | undefined
  isOfNewest: boolean
  newest: ScanRow
  plan: PlannedRecheck | null
  settled: GradeRow | undefined
  setting: Setting | undefined
}

async function keepRecheck(
  ctx: WriteContext,
  nodule: NoduleRow,
  { open, isOfNewest, newest, plan, settled, setting }: Keeping,
): Promise<RecheckRow | undefined> {
  const still =
    open &&
    plan &&
    isOfNewest &&
    open.kind === plan.kind &&
    open.source === plan.source &&
    open.due_on === plan.dueOn &&
    open.from_on === plan.fromOn
  if (still) return open
  const nextId = plan ? ctx.ids.next<string>() : null
  if (open) {
    const met = !isOfNewest && newest.scanned_on > open.anchor_on
    await endRecheck(
      ctx,
      open,
      met ? { state: 'met', met_scan_id: newest.id } : { state: 'replaced', replaced_by: nextId },
    )
    await endRecheckTask(ctx, open as RecheckTask, met ? 'completed' : 'cancelled')
  }
  if (!plan || !nextId) return undefined
  const byGuideline = plan.source === 'guideline'
  return ctx.tx
    .insertInto('nodule_recheck')
    .values({
      organization_id: ctx.organizationId,
      id: nextId,
      nodule_id: nodule.id,
      kind: plan.kind,
      source: plan.source,
      system: byGuideline ? (setting?.definition.system ?? null) : null,
      setting_version: byGuideline ? (setting?.version ?? null) : null,
      grade_id: byGuideline ? (settled?.id ?? null) : null,
      anchor_scan_id: newest.id,
      anchor_on: plan.anchorOn,
      months: plan.months,
      from_on: plan.fromOn,
      due_on: plan.dueOn,
      words: plan.words,
      met_scan_id: null,
      replaced_by: null,
      task_id: null,
      by_id: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      by_name: ctx.actor.kind === 'staff' ? ctx.actor.name : '',
      created_at: ctx.clock.now(),
      closed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function endRecheck(
  ctx: WriteContext,
  recheck: Pick<RecheckRow, 'id'>,
  values: { state: 'met' | 'replaced' | 'ended'; met_scan_id?: string; replaced_by?: string | null },
): Promise<void> {
  await ctx.tx
    .updateTable('nodule_recheck')
    .set({ ...values, closed_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', recheck.id)
    .where('state', '=', 'open')
    .execute()
}
