import { afterEach, describe, expect, it } from 'vitest'
import { pdfPageTexts } from '../../../../platform/print/pdf-text.ts'
import { RendererBusy, RendererClosed } from '../../../../platform/print/render-pool.ts'
import { RenderProcessEnded } from '../../../../platform/print/render-process.ts'
import { createReportRenderer, type ReportRenderer } from './render-pool.ts'
import { renderReport } from './render-report.ts'
import { UnmaskedNumber } from './report-refusals.ts'
import { emptyDocument, sampleDocument } from './sample-document.ts'

let renderer: ReportRenderer | undefined
afterEach(() => renderer?.close())

function aRenderer(options: Parameters<typeof createReportRenderer>[0]): ReportRenderer {
  renderer = createReportRenderer(options)
  return renderer
}

describe('createReportRenderer', () => {
  it('starts nothing before it is asked, then draws the same file as this process would', async () => {
    const pool = aRenderer({ workers: 2 })
    expect(pool.processes).toBe(0)
    const report = await pool.render(sampleDocument())
    expect(report).toEqual(await renderReport(sampleDocument()))
    expect(pool.processes).toBe(1)
  })

  it('starts one before it is asked when told to, and no second', async () => {
    const pool = aRenderer({ workers: 2, idleMs: 60_000 })
    pool.warm()
    pool.warm()
    expect(pool.processes).toBe(1)
    expect((await pool.render(emptyDocument())).pageCount).toBe(8)
    expect(pool.processes).toBe(1)
  })

  it('draws many, never with more processes than allowed', async () => {
    const pool = aRenderer({ workers: 2 })
    const numbers = Array.from({ length: 8 }, (_, index) => `N-${index}`)
    const reports = await Promise.all(numbers.map((reportNumber) => pool.render({ ...emptyDocument(), reportNumber })))
    expect(pool.processes).toBe(2)
    const drawn = reports.map(({ pdf }) => /N-\d/.exec(pdfPageTexts(pdf)[0]!)?.[0])
    expect(drawn).toEqual(numbers)
  })

  it('ends an idle process and starts another when needed', async () => {
    const pool = aRenderer({ idleMs: 20 })
    await pool.render(emptyDocument())
    await expect.poll(() => pool.processes).toBe(0)
    expect((await pool.render(emptyDocument())).pageCount).toBe(8)
  })

  it('hands refusals through and goes on', async () => {
    const pool = aRenderer({})
    const unmasked = { ...emptyDocument().patient, cardNumberMasked: '51343620000320711X' }
    await expect(pool.render({ ...emptyDocument(), patient: unmasked })).rejects.toThrow(UnmaskedNumber)
    expect((await pool.render(emptyDocument())).pageCount).toBe(8)
    expect(pool.processes).toBe(1)
  })

  it('gives up a report that takes too long, and draws the next in a new process', async () => {
    const slow = aRenderer({ renderMsMax: 1 })
    const answers = await Promise.allSettled([slow.render(sampleDocument()), slow.render(sampleDocument())])
    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason)).toEqual([
      expect.any(RenderProcessEnded),
      expect.any(RenderProcessEnded),
    ])
    expect(slow.processes).toBe(0)
  })

  it('refuses when too many wait, and once it is closed', async () => {
    const pool = aRenderer({ workers: 1, waitingMax: 1 })
    const drawing = pool.render(emptyDocument())
    const waiting = pool.render(emptyDocument()).catch((error: unknown) => error)
    await expect(pool.render(emptyDocument())).rejects.toThrow(RendererBusy)
    const closing = pool.close()
    expect((await drawing).pageCount).toBe(8)
    expect(await waiting).toBeInstanceOf(RendererClosed)
    await closing
    expect(pool.processes).toBe(0)
    await expect(pool.render(emptyDocument())).rejects.toThrow(RendererClosed)
  })
})
