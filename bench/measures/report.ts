import { readContext, write } from '../../src/platform/context/house.ts'
import { systemActor, type WriteContext } from '../../src/platform/context/context.ts'
import type { PatientId } from '../../src/platform/contract/index.ts'
import { createReportRenderer } from '../../src/rooms/health-report/server/render/render-pool.ts'
import { sampleDocument } from '../../src/rooms/health-report/server/render/sample-document.ts'
import { edit, start } from '../../src/rooms/health-report/server/composition.ts'
import { closeRenderer, openFile, order } from '../../src/rooms/health-report/server/index.ts'
import { fillLongLife, LIFE } from '../../src/rooms/observation/sample-life.ts'
import { recordReports } from '../../src/rooms/observation/server/index.ts'
import { registerPatient } from '../../src/rooms/patient/server/index.ts'
import { print, quantile, round, type Ground } from '../ground.ts'

const REPORTS = 60
const AGAIN = 20

/**
 * Printed reports per second: eight years, sixty items, charts. Reference: one process rendering one after another. And
 * one long life (40 exams, 6,000 observations): from pressing 打印 to the bytes of the file, the first time with no
 * renderer running, then again.
 */
export async function measure(ground: Ground): Promise<void> {
  const life = await longLife(ground)
  const one = await rate(1)
  const two = await rate(2)
  print('report', {
    reports: REPORTS,
    perSecond: two.perSecond,
    firstMs: two.firstMs,
    reference: { what: 'one process', perSecond: one.perSecond, firstMs: one.firstMs },
    ratio: round(two.perSecond / one.perSecond),
    longLife: life,
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
  })
}

async function longLife({ house, tenant }: Ground): Promise<Record<string, unknown>> {
  const asSystem = { tenant, actor: systemActor(tenant.id, 'bench') }
  const patientId = await write(house, asSystem, async (ctx): Promise<PatientId> => {
    const id = await registerPatient(ctx, { name: '量一量', sex: 'male', birthDate: '1960-05-01' })
    const exams = await fillLongLife(ctx, id)
    await addWords(ctx, id, exams.at(-1)!)
    return id
  })
  const printed = async (): Promise<{ ms: number; pages: number | null; bytes: number }> => {
    const begun = performance.now()
    const paper = await write(house, asSystem, (ctx) => order(ctx, patientId, { language: 'zh-CN' }))
    const ctx = readContext(house, asSystem)
    const { stream } = await openFile(ctx, house, patientId, paper.id)
    return { ms: performance.now() - begun, pages: paper.pageCount, bytes: stream.length }
  }
  try {
    const first = await printed()
    const again = []
    for (let n = 0; n < AGAIN; n++) again.push(await printed())
    // Something changes: what was drawn does not serve, but the renderer runs.
    await write(house, asSystem, (ctx) =>
      ctx.tx.updateTable('patient').set({ name: '量二量' }).where('id', '=', patientId).execute(),
    )
    const changed = await printed()
    const times = again.map(({ ms }) => ms)
    return {
      observations: LIFE.exams * LIFE.items + 2 * LIFE.homeDays,
      pages: again[0]!.pages,
      bytes: first.bytes,
      firstMs: round(first.ms, 0),
      againP50Ms: quantile(times, 0.5),
      againMostMs: round(Math.max(...times), 0),
      changedMs: round(changed.ms, 0),
    }
  } finally {
    await closeRenderer()
  }
}

/** What an examination has beside its figures: rooms and images told in words, a past, and a doctor's conclusions. */
async function addWords(ctx: WriteContext, patientId: PatientId, examId: string): Promise<void> {
  const exam = await ctx.tx.selectFrom('report').selectAll().where('id', '=', examId).executeTakeFirstOrThrow()
  await recordReports(
    ctx,
    Array.from({ length: 10 }, (_, n) => ({
      report: {
        id: ctx.ids.next<string>(),
        patientId,
        category: 'imaging' as const,
        title: `检查 ${n + 1}`,
        status: 'final' as const,
        sourceSystem: 'PACS',
        sourceReportId: `${patientId} ${n}`,
        fingerprint: Buffer.from(String(n)),
        effectiveAt: exam.effective_at,
        finding: '形态、大小正常，边缘光整，内部回声均匀，未见明显占位。'.repeat(8),
        impression: '未见明显异常，建议一年后复查。'.repeat(3),
      },
      observations: [],
    })),
  )
  const { id } = await start(ctx, patientId, examId)
  const conclusions = Array.from({ length: 18 }, (_, n) => ({
    title: `结论 ${n + 1}`,
    basis: '本次结果高于参考范围，与往年相比缓慢上升。'.repeat(3),
    advice: '三个月后复查。清淡饮食，每周运动五天，每次半小时，戒烟限酒，有不舒服随时联系我们。'.repeat(3),
    severity: 'positive' as const,
  }))
  await edit(ctx, id, { edition: 1, conclusions, notDone: [] })
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
