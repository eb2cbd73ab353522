import type { WriteContext } from '../../../../platform/context/context.ts'
import { recordReports, type ReportWithObservations, type StoredReport } from '../../../observation/server/index.ts'
import { fingerprint, type IncomingReport } from '../incoming.ts'
import { plainText } from '../plain-text.ts'
import { decideCodes, noteSightings } from './code-store.ts'
import { readItem, type ReadItem } from './item.ts'
import { observe, type CodeDecision } from './observe.ts'
import { withoutFiledResults } from './overlap.ts'
import type { ReadIntake } from './read-intake.ts'
import { reportKey } from './report-key.ts'
import { textsOf } from './texts.ts'

/** By what a report is the same when it comes again. */
export interface ReportIdentity {
  sourceSystem: string
  sourceReportId: string
  fingerprint: Buffer
}

export type Identities = ReadonlyMap<IncomingReport, ReportIdentity>

export interface Filing {
  intake: ReadIntake
  report: IncomingReport
  identity: ReportIdentity
  patientId: string
  sex: 'male' | 'female' | undefined
}

export function identityOf(ctx: WriteContext, { rule, row }: ReadIntake, report: IncomingReport): ReportIdentity {
  const of = { organizationId: ctx.organizationId, sealer: ctx.sealer, rule, format: row.format }
  return {
    sourceSystem: plainText(report.sourceSystem).slice(0, 200),
    sourceReportId: reportKey(report, of),
    fingerprint: Buffer.from(fingerprint(report), 'hex'),
  }
}

export type Stored = Map<Filing, StoredReport | 'overlap'>

/** Files reports of known people: items become observations, codes that are not sure wait for a person beside them. */
export async function fileReports(
  ctx: WriteContext,
  all: readonly Filing[],
): Promise<{ stored: Stored; unknown: Map<Filing, number> }> {
  const filings = await withoutFiledResults(ctx, all)
  const read = new Map(
    filings.map((filing) => [
      filing,
      filing.report.results.filter((one) => one.status !== 'cancelled').map((one) => readItem(filing.report, one)),
    ]),
  )
  const decisions = await decideCodes(
    ctx,
    [...read.values()].flat().filter((item) => item.problem !== undefined),
  )
  const entries = filings.map((filing) => entryOf(ctx, filing, read.get(filing)!, decisions))
  const outcomes = await recordReports(ctx, entries)
  const stored: Stored = new Map(all.map((filing) => [filing, 'overlap' as const]))
  const unknown = new Map<Filing, number>()
  const sightings: { codeId: string; reportId: string }[] = []
  for (const [index, filing] of filings.entries()) {
    const outcome = outcomes[index]!
    stored.set(filing, outcome)
    const codes = new Set(read.get(filing)!.flatMap((item) => decisions.get(item.item.key) ?? []))
    unknown.set(filing, [...codes].filter((code: CodeDecision) => code.state === 'open').length)
    if (outcome.outcome === 'stored' || outcome.outcome === 'superseded')
      for (const code of codes) sightings.push({ codeId: code.id, reportId: outcome.reportId })
  }
  await noteSightings(ctx, sightings)
  return { stored, unknown }
}

function entryOf(
  ctx: WriteContext,
  { intake, report, identity, patientId, sex }: Filing,
  items: readonly ReadItem[],
  decisions: ReadonlyMap<string, CodeDecision>,
): ReportWithObservations {
  const { finding, impression, others } = textsOf(items)
  const fallback = instantOf(report, intake)
  const performer = [report.departmentName, report.reportingDoctorName].filter(Boolean).join(' ')
  return {
    report: {
      id: ctx.ids.next(),
      patientId,
      category: report.category,
      title: titleOf(report),
      status: report.status,
      ...identity,
      effectiveAt: fallback,
      issuedAt: report.reportedAt ? new Date(report.reportedAt.at) : null,
      performer: plainText(performer).slice(0, 200),
      finding,
      impression,
      intakeId: intake.row.id,
    },
    observations: others.map((item) =>
      observe(ctx.ids.next(), {
        item,
        decision: decisions.get(item.item.key),
        effectiveAt: item.result.observedAt ? new Date(item.result.observedAt.at) : fallback,
        sex,
        source: report.category === 'physical' ? 'import' : 'lab',
      }),
    ),
  }
}

export function titleOf(report: IncomingReport): string {
  return plainText(
    report.titleName ?? report.titleCode ?? report.results[0]?.panelName ?? report.results[0]?.name ?? '',
  ).slice(0, 200)
}

/** What a report is about is when the sample was taken; without any date, when it came. */
export function instantOf(report: IncomingReport, { row }: ReadIntake): Date {
  const at = report.performedAt ?? report.collectedAt ?? report.reportedAt
  return at ? new Date(at.at) : row.received_at
}
