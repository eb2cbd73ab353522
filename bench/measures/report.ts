import { createReportRenderer } from '../../src/rooms/health-report/server/render/render-pool.ts'
import { sampleDocument } from '../../src/rooms/health-report/server/render/sample-document.ts'
import { print, round, type Ground } from '../ground.ts'

const REPORTS = 60

/** Printed reports per second: eight years, sixty items, charts. Reference: one process rendering one after another. */
export async function measure(_ground: Ground): Promise<void> {
  const one = await rate(1)
  const two = await rate(2)
  print('report', {
    reports: REPORTS,
    perSecond: two.perSecond,
    firstMs: two.firstMs,
    reference: { what: 'one process', perSecond: one.perSecond, firstMs: one.firstMs },
    ratio: round(two.perSecond / one.perSecond),
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
  })
}

async function rate(workers: number): Promise<{ perSecond: number; firstMs: number }> {
  const renderer = createReportRenderer({ workers })
  try {
    const begun = performance.now()
    await renderer.render(sampleDocument())
    const firstMs = Math.round(performance.now() - begun)
    const started = performance.now()
    await Promise.all(Array.from({ length: REPORTS }, () => renderer.render(sampleDocument())))
    return { perSecond: round((REPORTS / (performance.now() - started)) * 1000), firstMs }
  } finally {
    await renderer.close()
  }
}
