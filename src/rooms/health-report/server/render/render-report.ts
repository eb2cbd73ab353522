import { createTypesetter, type Typeset } from '../../../../platform/print/typesetter.ts'
import { prepareReport } from './prepare-report.ts'
import type { RenderedReport, RenderWarning, ReportDocument } from './report-document.ts'
import { ReportNotCompiled } from './report-refusals.ts'
import { REPORT_TEMPLATE } from './template.ts'

const typeset = createTypesetter(new URL(`../../content/${REPORT_TEMPLATE}/`, import.meta.url), 'report.typ')

/**
 * Draws a report as PDF/A-2b, in this process and holding it up (about 0.1 s): servers use `createReportRenderer`.
 * No network, no clock: the same document gives the same bytes. Throws `UnmaskedNumber`, `UnsafeSvg` or
 * `ReportNotCompiled`.
 */
export async function renderReport(document: ReportDocument): Promise<RenderedReport> {
  const { prepared, missing } = prepareReport(document)
  const warnings: RenderWarning[] =
    missing.size > 0 ? [{ code: 'missing-characters', characters: [...missing].sort() }] : []
  return { ...compile(JSON.stringify(prepared)), template: REPORT_TEMPLATE, warnings }
}

/** What a child process of the pool calls. */
export { renderReport as draw }

function compile(report: string): Typeset {
  try {
    return typeset({ report })
  } catch (error) {
    throw new ReportNotCompiled(error instanceof Error ? error.message : String(error))
  }
}
