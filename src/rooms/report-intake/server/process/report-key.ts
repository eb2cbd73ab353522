import type { Sealer } from '../../../../platform/pii/sealer.ts'
import type { IncomingReport } from '../incoming.ts'
import { plainText } from '../plain-text.ts'
import type { SourceRule } from '../source-rule.ts'
import { shortHash, strongestIdentity } from './person.ts'

/**
 * What makes a report of a source one and the same when it comes again. The number alone does not: analysers begin
 * each day with 1, and some systems send one message per panel under one barcode. So the panel belongs to it, and, unless
 * numbers never come again, the day and the sender's person too.
 */
export function reportKey(
  report: IncomingReport,
  of: { organizationId: string; sealer: Sealer; rule: SourceRule; format: string },
): string {
  const number = plainText(report.sourceReportId).slice(0, 120)
  if (number.startsWith('content:')) return number
  // Ids of FHIR resources are their servers' own keys.
  if (of.format === 'fhir') return number
  const panel = report.titleCode ?? report.titleName ?? ''
  if (of.rule.numbering === 'unique') return joined(number, panel)
  const day = (report.collectedAt ?? report.performedAt)?.at.slice(0, 10) ?? ''
  const person = of.sealer
    .index(of.organizationId, 'intake/person', strongestIdentity(report.patient))
    .subarray(0, 6)
    .toString('hex')
  return joined(number, panel, day, person)
}

function joined(...parts: string[]): string {
  const [number = '', panel = '', ...rest] = parts
  return [number, panel.length > 40 ? shortHash(panel) : plainText(panel), ...rest].join('|')
}
