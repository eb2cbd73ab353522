import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { patientSummary, requireVisible } from '../../patient/server/index.ts'
import '../../observation/server/table.ts'
import type { addScan, correctScan, registerNodule } from '../contract/nodule.ts'
import { noduleProblem } from '../contract/problems.ts'
import { SIZE_ASKED, type Organ, type ScanBody } from '../contract/words.ts'
import { insertReported, proposeFor, proposeNewest } from './proposals.ts'
import { replan } from './replan.ts'
import { lockNodule, scansOf, standingScans, type NoduleRow, type ScanRow } from './store.ts'
import { categoriesOf, guidelineOf } from './systems.ts'

/**
 * Registers a nodule with the scan it was found on. Sent twice it is one.
 * @returns its id
 * @throws Problem NotFound, NodulePatientNotActive, and what `checkScan` refuses
 */
export async function register(
  ctx: WriteContext,
  patientId: string,
  { organ, side, place, scan, key }: InputOf<typeof registerNodule>['body'],
): Promise<string> {
  const person = await requireVisible(ctx, patientId)
  if (person.state !== 'active') throw noduleProblem('NodulePatientNotActive')
  const [added] = await ctx.tx
    .insertInto('nodule')
    .values({
      organization_id: ctx.organizationId,
      id: ctx.ids.next<string>(),
      patient_id: patientId,
      organ,
      side,
      place,
      request_key: key,
      waiting: 'grade',
      waiting_since: ctx.today,
      waiting_act_on: null,
      recheck_id: null,
      from_on: null,
      due_on: null,
      recheck_act_on: null,
      last_scan_on: scan.on,
      closed_at: null,
      closed_by: null,
      closed_by_name: null,
      result: null,
      result_text: null,
      result_on: null,
      created_at: ctx.clock.now(),
      version: 0,
    })
    .onConflict((c) => c.constraint('nodule_once').doNothing())
    .returningAll()
    .execute()
  if (!added) return knownNodule(ctx, patientId, key)
  ctx.audit.subjectId = added.id
  const scanId = await insertScan(ctx, added, scan, { key })
  await replan(ctx, added, { kind: 'registered', detail: { scanId, organ } })
  return added.id
}

async function knownNodule(ctx: WriteContext, patientId: string, key: string): Promise<string> {
  const { id } = await ctx.tx
    .selectFrom('nodule')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('request_key', '=', key)
    .executeTakeFirstOrThrow()
  return id
}

/** Another scan. It meets the recheck that was due; an older one, entered late, is history. Sent twice it is one. */
export async function add(
  ctx: WriteContext,
  noduleId: string,
  { scan, key }: InputOf<typeof addScan>['body'],
): Promise<void> {
  const nodule = await lockOpen(ctx, noduleId)
  const scans = await scansOf(ctx.tx, ctx.organizationId, [nodule.id])
  if (scans.some((one) => one.request_key === key)) return
  const scanId = await insertScan(ctx, nodule, scan, { key })
  const kind = standingScans(scans).every((one) => one.scanned_on <= scan.on) ? 'scan-added' : 'older-scan-added'
  if (kind === 'older-scan-added') await proposeNewest(ctx, nodule)
  await replan(ctx, nodule, { kind, detail: { scanId } })
}

/** @throws Problem NoduleScanUnknown, NoduleScanEnded, and what `checkScan` refuses */
export async function correct(
  ctx: WriteContext,
  noduleId: string,
  formerId: string,
  { scan, because }: InputOf<typeof correctScan>['body'],
): Promise<void> {
  const nodule = await lockOpen(ctx, noduleId)
  await requireStanding(ctx, nodule, formerId)
  const scanId = await insertScan(ctx, nodule, scan, { key: ctx.ids.next<string>(), corrects: formerId })
  await supersede(ctx, formerId, scanId, because)
  await proposeNewest(ctx, nodule)
  await replan(ctx, nodule, { kind: 'scan-corrected', note: because, detail: { scanId, formerId } })
}

/** It counts no more and is kept; the only scan is not withdrawn: then the nodule itself was entered in error. */
export async function withdraw(ctx: WriteContext, noduleId: string, scanId: string, because: string): Promise<void> {
  const nodule = await lockOpen(ctx, noduleId)
  const standing = await requireStanding(ctx, nodule, scanId)
  if (standing.length === 1) throw noduleProblem('NoduleLastScan')
  await supersede(ctx, scanId, scanId, because)
  await proposeNewest(ctx, nodule)
  await replan(ctx, nodule, { kind: 'scan-withdrawn', note: because, detail: { scanId } })
}

export async function lockOpen(ctx: WriteContext, noduleId: string, version?: number): Promise<NoduleRow> {
  const nodule = await lockNodule(ctx, noduleId, version)
  if (nodule.state === 'closed') throw noduleProblem('NoduleClosed')
  return nodule
}

export async function requireStanding(ctx: WriteContext, nodule: NoduleRow, scanId: string): Promise<ScanRow[]> {
  const scans = await scansOf(ctx.tx, ctx.organizationId, [nodule.id])
  const scan = scans.find(({ id }) => id === scanId)
  if (!scan) throw noduleProblem('NoduleScanUnknown')
  if (scan.superseded_by !== null) throw noduleProblem('NoduleScanEnded')
  return standingScans(scans)
}

async function supersede(ctx: WriteContext, formerId: string, byId: string, because: string): Promise<void> {
  await ctx.tx
    .updateTable('nodule_scan')
    .set({ superseded_by: byId, superseded_because: because })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', formerId)
    .where('superseded_by', 'is', null)
    .execute()
}

async function insertScan(
  ctx: WriteContext,
  nodule: NoduleRow,
  scan: ScanBody,
  { key, corrects = null }: { key: string; corrects?: string | null },
): Promise<string> {
  await checkScan(ctx, nodule, scan)
  const id = ctx.ids.next<string>()
  const former = standingScans(await scansOf(ctx.tx, ctx.organizationId, [nodule.id])).filter(
    (one) => one.id !== corrects,
  )
  const row = await ctx.tx
    .insertInto('nodule_scan')
    .values({
      organization_id: ctx.organizationId,
      id,
      nodule_id: nodule.id,
      request_key: key,
      scanned_on: scan.on,
      modality: scan.modality,
      report_id: scan.reportId,
      facility: scan.facility,
      gone: scan.gone,
      long_mm: scan.longMm,
      short_mm: scan.shortMm,
      depth_mm: scan.depthMm,
      solid_mm: scan.solidMm,
      features: JSON.stringify(scan.features),
      report_text: scan.reportText,
      radiologist: scan.radiologist ? JSON.stringify(scan.radiologist) : null,
      corrects,
      superseded_by: null,
      superseded_because: null,
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (scan.reported) await insertReported(ctx, nodule, id, scan.reported)
  await proposeFor(ctx, nodule, row, former)
  return id
}

/** @throws Problem NoduleScanInFuture, NoduleScanBeforeBirth, NoduleAxesWrong, NoduleSizeMissing, NoduleReportUnknown, … */
async function checkScan(ctx: WriteContext, nodule: NoduleRow, scan: ScanBody): Promise<void> {
  if (scan.on > ctx.today) throw noduleProblem('NoduleScanInFuture', {}, 'body.scan.on')
  const patient = await patientSummary(ctx, nodule.patient_id)
  if (patient?.birthDate && scan.on < patient.birthDate)
    throw noduleProblem('NoduleScanBeforeBirth', {}, 'body.scan.on')
  const { longMm, shortMm, solidMm, gone, radiologist, reported } = scan
  if (gone !== (longMm === null)) throw noduleProblem('NoduleSizeMissing', {}, 'body.scan.longMm')
  // Ultrasound is written in centimetres: 1.2 is as likely 12 mm as it is a nodule that nobody could measure.
  if (longMm !== null && (longMm < SIZE_ASKED.belowMm || longMm > SIZE_ASKED.aboveMm) && !scan.sizeChecked)
    throw noduleProblem('NoduleSizeDoubtful', { mm: longMm }, 'body.scan.longMm')
  if (shortMm !== null && (longMm === null || shortMm > longMm))
    throw noduleProblem('NoduleAxesWrong', {}, 'body.scan.shortMm')
  if (solidMm !== null && (longMm === null || solidMm > longMm))
    throw noduleProblem('NoduleAxesWrong', {}, 'body.scan.solidMm')
  if (radiologist && (radiologist.months === null) === (radiologist.on === null))
    throw noduleProblem('NoduleIntervalWrong', {}, 'body.scan.radiologist')
  if (radiologist?.on && radiologist.on < scan.on)
    throw noduleProblem('NoduleIntervalWrong', {}, 'body.scan.radiologist')
  if (reported?.system) requireCategory(nodule.organ, reported.system, reported.category, 'body.scan.reported')
  if (scan.reportId && !(await isReportOf(ctx, nodule.patient_id, scan.reportId)))
    throw noduleProblem('NoduleReportUnknown', {}, 'body.scan.reportId')
}

/** @throws Problem NoduleSystemUnfit, NoduleCategoryUnfit */
export function requireCategory(organ: Organ, system: string, category: string, path: string): void {
  const guideline = guidelineOf(system)
  if (guideline?.organ !== organ) throw noduleProblem('NoduleSystemUnfit', {}, `${path}.system`)
  if (!categoriesOf(guideline).some(({ code }) => code === category))
    throw noduleProblem('NoduleCategoryUnfit', { category }, `${path}.category`)
}

async function isReportOf(ctx: WriteContext, patientId: string, reportId: string): Promise<boolean> {
  const { rows } = await sql`
    select from report where organization_id = ${ctx.organizationId} and id = ${reportId} and patient_id = ${patientId}`.execute(
    ctx.tx,
  )
  return rows.length === 1
}
