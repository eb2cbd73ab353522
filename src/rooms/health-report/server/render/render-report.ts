import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { FONT_PATHS } from './fonts.ts'
import { prepareReport } from './prepare-report.ts'
import type { RenderedReport, RenderWarning, ReportDocument } from './report-document.ts'
import { ReportNotCompiled } from './report-refusals.ts'
import { REPORT_TEMPLATE } from './template.ts'

const workspace = fileURLToPath(new URL(`../../content/${REPORT_TEMPLATE}/`, import.meta.url))
const mainFilePath = fileURLToPath(new URL(`../../content/${REPORT_TEMPLATE}/report.typ`, import.meta.url))
/** How many reports a memoised layout outlives without being used; keeps memory level over a long batch. */
const CACHE_AGE_MAX = 1

let compiler: NodeCompiler | undefined

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

function compile(report: string): { pdf: Uint8Array; pageCount: number } {
  compiler ??= NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: FONT_PATHS }] })
  try {
    const compilation = compiler.compile({ mainFilePath, inputs: { report } })
    const compiled = compilation.result
    if (!compiled) throw new Error(JSON.stringify(compilation.takeDiagnostics()?.shortDiagnostics ?? []))
    return { pdf: new Uint8Array(compiler.pdf(compiled, { pdfStandard: 'a-2b' })), pageCount: compiled.numOfPages }
  } catch (error) {
    throw new ReportNotCompiled(error instanceof Error ? error.message : String(error))
  } finally {
    compiler.evictCache(CACHE_AGE_MAX)
  }
}
