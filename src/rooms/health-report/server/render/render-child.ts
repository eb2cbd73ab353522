// The process behind `render-process.ts`: a document comes in, a PDF goes out.
import { renderReport } from './render-report.ts'
import type { RenderAnswer } from './render-process.ts'
import type { ReportDocument } from './report-document.ts'

process.on('message', (document: ReportDocument) => {
  void answer(document).then((result) => process.send!(result))
})
// The channel closes when the server goes, however it goes: nobody is left to draw for.
process.on('disconnect', () => process.exit(0))

async function answer(document: ReportDocument): Promise<RenderAnswer> {
  try {
    return { report: await renderReport(document) }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { error: { name, message } }
  }
}
