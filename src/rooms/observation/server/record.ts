import type { WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { insertObservations, type NewObservation } from './store-observation.ts'
import {
  fileReports,
  formerVersions,
  lockCurrentReports,
  standInLine,
  supersedeReports,
  type CurrentReport,
  type NewReport,
} from './store-report.ts'
import { tellRecorded } from './tell.ts'

export interface ReportWithObservations {
  report: NewReport
  observations: readonly Omit<NewObservation, 'patientId' | 'reportId'>[]
}

/**
 * `stored`: new. `duplicate`: the same content is there already, nothing was done. `superseded`: a former version is
 * there and was replaced by this one. `outdated`: a later version is there, nothing was done.
 */
export type StoredReport = {
  outcome: 'stored' | 'duplicate' | 'superseded' | 'outdated'
  reportId: string
  /** Whose record it is in: somebody else than asked for, when that person was merged meanwhile. */
  patientId: string
  replacedId?: string
}

interface Filing {
  outcomes: Map<ReportWithObservations, StoredReport>
  touched: Set<string>
  at: Date
}

/**
 * Files reports with their observations, hundreds at once, and wakes the patients' agendas in the same transaction:
 * two statements in all when everything is new. Safe beside itself: the unique key of a report's source decides, and
 * who comes second sees the first one's row. A cancelled report is filed without observations.
 * @returns one outcome per report, in the order given
 * @throws Error when a patient does not exist
 */
export async function recordReports(
  ctx: WriteContext,
  entries: readonly ReportWithObservations[],
): Promise<StoredReport[]> {
  const filing: Filing = { outcomes: new Map(), touched: new Set(), at: ctx.clock.now() }
  let waiting = await fileThose(
    ctx,
    filing,
    entries.map((entry) => ({ entry, version: 1 })),
  )
  // What is left has a standing report, maybe stored by another worker just now, or by the same batch.
  await standInLine(
    ctx.tx,
    ctx.organizationId,
    waiting.map((entry) => entry.report),
  )
  for (let idle = 0; waiting.length > 0;) {
    const { now, later } = firstOfEachSource(waiting)
    const left = [...(await replacePass(ctx, filing, now)), ...later]
    idle = left.length < waiting.length ? 0 : idle + 1
    if (idle > 5) throw new Error('reports name a patient who does not exist, or keep changing under this transaction')
    waiting = left
  }
  await wake(ctx.tx, ctx.organizationId, [...filing.touched], 'report', filing.at)
  await tellRecorded(ctx, filing.touched, filing.at)
  return entries.map((entry) => filing.outcomes.get(entry)!)
}

type Versioned = { entry: ReportWithObservations; version: number; replaced?: CurrentReport }

async function fileThose(
  ctx: WriteContext,
  filing: Filing,
  those: readonly Versioned[],
): Promise<ReportWithObservations[]> {
  const filed = await fileReports(
    ctx.tx,
    ctx.organizationId,
    those.map(({ entry, version }) => ({ ...entry.report, version })),
    those.flatMap(({ entry }) => observationsOf(entry)),
    filing.at,
  )
  const left: ReportWithObservations[] = []
  for (const { entry, replaced } of those) {
    const reportId = entry.report.id
    const patientId = filed.get(reportId)
    if (patientId === undefined) left.push(entry)
    else {
      filing.touched.add(patientId)
      filing.outcomes.set(
        entry,
        replaced
          ? { outcome: 'superseded', reportId, patientId, replacedId: replaced.id }
          : { outcome: 'stored', reportId, patientId },
      )
    }
  }
  return left
}

const sourceOf = (report: { sourceSystem: string; sourceReportId: string }) =>
  `${report.sourceSystem}\0${report.sourceReportId}`

function firstOfEachSource(entries: readonly ReportWithObservations[]) {
  const seen = new Set<string>()
  const now: ReportWithObservations[] = []
  const later: ReportWithObservations[] = []
  for (const entry of entries) {
    const source = sourceOf(entry.report)
    ;(seen.has(source) ? later : now).push(entry)
    seen.add(source)
  }
  return { now, later }
}

async function replacePass(
  ctx: WriteContext,
  filing: Filing,
  entries: readonly ReportWithObservations[],
): Promise<ReportWithObservations[]> {
  const standing = await lockCurrentReports(
    ctx.tx,
    ctx.organizationId,
    entries.map((entry) => entry.report),
  )
  const bySource = new Map(
    standing.map((row) => [sourceOf({ sourceSystem: row.source_system, sourceReportId: row.source_report_id }), row]),
  )
  // A former version that is sent once more does not undo what replaced it.
  const replacedBefore = entries.filter(({ report }) => (bySource.get(sourceOf(report))?.version ?? 1) > 1)
  const former = await formerVersions(
    ctx.tx,
    ctx.organizationId,
    replacedBefore.map((entry) => entry.report),
  )
  const newer: Versioned[] = []
  for (const entry of entries) {
    const known = bySource.get(sourceOf(entry.report))
    if (!known) {
      // Withdrawn by somebody while we waited for its lock.
      newer.push({ entry, version: 1 })
      continue
    }
    const isFormer = former.has(`${sourceOf(entry.report)}\0${entry.report.fingerprint.toString('hex')}`)
    const verdict = verdictOn(entry.report, known, isFormer)
    if (verdict === 'newer') newer.push({ entry, version: known.version + 1, replaced: known })
    else filing.outcomes.set(entry, { outcome: verdict, reportId: known.id, patientId: known.patient_id })
  }
  const replaced = newer.flatMap(({ entry, replaced: old }) => (old ? [{ oldId: old.id, newId: entry.report.id }] : []))
  await supersedeReports(ctx.tx, ctx.organizationId, replaced, filing.at)
  // A correction may move a report to another person: whoever lost it is looked at again as well.
  for (const { replaced: old } of newer) if (old) filing.touched.add(old.patient_id)
  return fileThose(ctx, filing, newer)
}

/** What a report is against the standing one of its source: interfaces send again, and not always in order. */
function verdictOn(report: NewReport, known: CurrentReport, isFormer: boolean): 'duplicate' | 'outdated' | 'newer' {
  // The same paper for another person is a correction of whose it is.
  if (known.patient_id !== known.asked_owner_id) return 'newer'
  if (known.fingerprint.equals(report.fingerprint)) return 'duplicate'
  if (isFormer) return 'outdated'
  if (report.status === 'preliminary' && known.status !== 'preliminary') return 'outdated'
  if (report.issuedAt && known.issued_at && report.issuedAt < known.issued_at) return 'outdated'
  return 'newer'
}

function observationsOf({ report, observations }: ReportWithObservations): Omit<NewObservation, 'patientId'>[] {
  if (report.status === 'cancelled') return []
  return observations.map((observation) => ({ ...observation, reportId: report.id }))
}

/** Adds observations without a report: a nurse's measurement, a follow-up form, a device. Wakes the patients. */
export async function recordObservations(ctx: WriteContext, rows: readonly NewObservation[]): Promise<void> {
  const at = ctx.clock.now()
  const grown = await insertObservations(ctx.tx, ctx.organizationId, rows, at)
  await wake(ctx.tx, ctx.organizationId, [...grown], 'observation', at)
  await tellRecorded(ctx, grown, at)
}
