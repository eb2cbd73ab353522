import { createRenderer, type Renderer, type RendererOptions } from '../../../../platform/print/render-pool.ts'
import type { RenderedReport, ReportDocument } from './report-document.ts'
import { ReportNotCompiled, UnmaskedNumber, UnsafeSvg } from './report-refusals.ts'

export type ReportRenderer = Renderer<ReportDocument, RenderedReport>

/** Draws reports outside of this process; rejects with the errors of `renderReport` and of `createRenderer`. */
export const createReportRenderer = (options: Omit<RendererOptions, 'refusals'> = {}): ReportRenderer =>
  createRenderer(new URL('./render-report.ts', import.meta.url), {
    ...options,
    refusals: [UnmaskedNumber, UnsafeSvg, ReportNotCompiled],
  })
