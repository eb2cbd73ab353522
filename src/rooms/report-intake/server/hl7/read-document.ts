import { categoryOf, mentionsCheckUp } from '../dialect.ts'
import { contentId } from '../incoming.ts'
import type { IncomingReport, IncomingStatus } from '../incoming.ts'
import type { Hl7Message } from './parse.ts'
import { readReports } from './read-report.ts'
import { timeReader } from './time.ts'

// HL7 table 0271; the rest (dictated, in progress, incomplete, pre-authenticated) is not final.
const COMPLETION: Record<string, IncomingStatus> = { AU: 'final', LA: 'final' }

/**
 * The document of an MDM^T02 as one report: its OBX are its text, its number and state stand in TXA.
 * Undefined when there is no OBX with content.
 */
export function readDocument(message: Hl7Message, zone: string): IncomingReport | undefined {
  const reports = readReports(message, { zone, specimenFirst: false })
  const results = reports.flatMap((report) => report.results).filter((one) => one.valueText !== '' || one.attachment)
  const first = reports[0]
  if (!first || results.length === 0) return undefined
  const report: IncomingReport = { ...first, results: results.map((result, sequence) => ({ ...result, sequence })) }
  for (const result of report.results) if (/^(TX|FT|ST|)$/.test(result.valueType)) result.narrative = true
  const txa = message.segments.find((segment) => segment.name === 'TXA')
  if (!txa) return report
  const readTime = timeReader(zone)
  const completion = txa.first(17)
  if (completion !== '') report.status = COMPLETION[completion] ?? 'preliminary'
  const title = txa.first(2, 2) || txa.first(2)
  report.titleName ??= title
  const titles = `${report.titleName} ${title}`
  const fallback = report.isHealthCheck || mentionsCheckUp(titles) ? 'health-check' : 'other'
  report.category = categoryOf(titles) ?? categoryOf(report.sourceSystem) ?? fallback
  report.performedAt = readTime(txa.first(4)) ?? report.performedAt
  report.reportedAt = readTime(txa.first(6)) ?? report.reportedAt
  report.sourceReportId = txa.first(12) || txa.first(12, 3) || txa.first(15) || report.sourceReportId
  if (report.sourceReportId.startsWith('content:')) report.sourceReportId = contentId(report)
  return report
}
