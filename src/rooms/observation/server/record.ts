import type { WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { insertObservations, supersedeObservationsOfReports, type NewObservation } from './store-observation.ts'
import { insertReports, lockCurrentReports, supersedeReports, type NewReport } from './store-report.ts'

export interface ReportWithObservations {
  report: NewReport
  observations: readonly Omit<NewObservation, 'patientId' | 'reportId'>[]
}

/**
 * `stored`: new. `duplicate`: the same content is there already, nothing was done. `superseded`: a former version is
 * there and was replaced by this one.
 */
export type StoredReport = { outcome: 'stored' | 'duplicate' | 'superseded'; reportId: string; replacedId?: string }

/**
 * Files reports with their observations, hundreds at once, and wakes the patients' agendas in the same transaction.
 * Safe beside itself: the unique key of a report's source decides, and who comes second sees the first one's row.
 * @returns one outcome per report, in the order given
 */
export async function recordReports(ctx: WriteContext, entries: readonly ReportWithObservations[]): Promise<StoredReport[]> {
  const outcomes = new Map<ReportWithObservations, StoredReport>()
  const touched = new Set<string>()
  let waiting = [...entries]
  // The same report twice in one batch, or stored by another worker just now, is settled in a further pass.
  for (let pass = 0; waiting.length > 0; pass++) {
    if (pass > 10) throw new Error('reports keep changing under this transaction')
    const { now, later } = firstOfEachSource(waiting)
    const unsettled = await filePass(ctx, now, outcomes, touched)
    waiting = [...unsettled, ...later]
  }
  await wake(ctx.tx, ctx.organizationId, [...touched], 'report', ctx.clock.now())
  return entries.map((entry) => outcomes.get(entry)!)
}

const sourceOf = (report: { sourceSystem: string; sourceReportId: string }) => `${report.sourceSystem}\0${report.sourceReportId}`

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

async function filePass(
  ctx: WriteContext,
  entries: readonly ReportWithObservations[],
  outcomes: Map<ReportWithObservations, StoredReport>,
  touched: Set<string>,
): Promise<ReportWithObservations[]> {
  const { tx, organizationId } = ctx
  const at = ctx.clock.now()
  const current = new Map(
    (await lockCurrentReports(tx, organizationId, entries.map((e) => e.report))).map((row) => [
      sourceOf({ sourceSystem: row.source_system, sourceReportId: row.source_report_id }),
      row,
    ]),
  )
  const fresh: ReportWithObservations[] = []
  const replaced: { oldId: string; newId: string; oldPatientId: string }[] = []
  for (const entry of entries) {
    const known = current.get(sourceOf(entry.report))
    if (known?.fingerprint.equals(entry.report.fingerprint)) outcomes.set(entry, { outcome: 'duplicate', reportId: known.id })
    else {
      fresh.push(entry)
      if (known) replaced.push({ oldId: known.id, newId: entry.report.id, oldPatientId: known.patient_id })
    }
  }
  await supersedeReports(tx, organizationId, replaced)
  const versioned = fresh.map(({ report }) => ({ ...report, version: (current.get(sourceOf(report))?.version ?? 0) + 1 }))
  const inserted = await insertReports(tx, organizationId, versioned, at)
  const filed = fresh.filter((entry) => inserted.has(entry.report.id))
  await supersedeObservationsOfReports(tx, organizationId, replaced, at)
  await insertObservations(tx, organizationId, filed.flatMap(observationsOf), at)
  // A correction may move a report to another person: whoever lost it is looked at again as well.
  for (const { oldPatientId } of replaced) touched.add(oldPatientId)
  for (const entry of filed) {
    touched.add(entry.report.patientId)
    const old = replaced.find((r) => r.newId === entry.report.id)
    outcomes.set(entry, { outcome: old ? 'superseded' : 'stored', reportId: entry.report.id, ...(old ? { replacedId: old.oldId } : {}) })
  }
  return fresh.filter((entry) => !inserted.has(entry.report.id))
}

function observationsOf({ report, observations }: ReportWithObservations): NewObservation[] {
  if (report.status === 'cancelled') return []
  return observations.map((observation) => ({ ...observation, patientId: report.patientId, reportId: report.id }))
}

/** Adds observations without a report: a nurse's measurement, a follow-up form. Wakes the patients. */
export async function recordObservations(ctx: WriteContext, rows: readonly NewObservation[]): Promise<void> {
  const at = ctx.clock.now()
  await insertObservations(ctx.tx, ctx.organizationId, rows, at)
  await wake(ctx.tx, ctx.organizationId, rows.map((row) => row.patientId), 'observation', at)
}
