import { systemActor } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { documentOf } from './document.ts'
import { createReportRenderer } from './render/render-pool.ts'
import { findReport, findSame, markFailed, markReady, type HealthReportRow } from './store.ts'

/** One pool for the process: its children start with the first report and end when none is asked for. */
const renderer = createReportRenderer({ workers: 2 })

export const closeRenderer = (): Promise<void> => renderer.close()

/** Somebody orders a paper: the renderer starts while its content is gathered, which saves the first one a quarter second. */
export const warmRenderer = (): void => renderer.warm()

/** Papers that this process is drawing now: who asks for one of them waits for the same. */
const underWay = new Map<string, Promise<HealthReportRow | undefined>>()

/** Draws one paper, or finds it drawn. Safe to ask twice and at once: the file is the same, and only the first marks it. */
export function drawn(house: House, organizationId: string, reportId: string): Promise<HealthReportRow | undefined> {
  const key = `${organizationId}/${reportId}`
  let drawing = underWay.get(key)
  if (!drawing) {
    drawing = draw(house, organizationId, reportId).finally(() => underWay.delete(key))
    underWay.set(key, drawing)
  }
  return drawing
}

/** The same as a job. */
export async function render(house: House, organizationId: string, reportId: string): Promise<void> {
  await drawn(house, organizationId, reportId)
}

async function draw(house: House, organizationId: string, reportId: string): Promise<HealthReportRow | undefined> {
  const db = house.databases.of(organizationId)
  const row = await findReport(db, organizationId, reportId)
  if (!row || row.state === 'ready' || row.state === 'withdrawn' || !row.code_sealed) return row
  const tenant = await house.tenant(organizationId)
  const asSystem = { tenant, actor: systemActor(organizationId, 'health-report') }
  try {
    const composed = await documentOf(house, row, house.sealer.open(organizationId, row.code_sealed))
    if (!composed) throw new NothingLeft('nothing to print any more')
    const result = await renderer.render(composed.document)
    const file = await house.files.put(organizationId, result.pdf)
    await write(house, asSystem, async (ctx) => {
      const hash = await hashToKeep(ctx.tx, row, composed.hash)
      await markReady(ctx.tx, organizationId, reportId, {
        key: file.key,
        template: result.template,
        pageCount: result.pageCount,
        warnings: result.warnings,
        hash,
        at: ctx.clock.now(),
      })
    })
  } catch (error) {
    house.log.error({ err: error, reportId }, 'a report could not be drawn')
    await write(house, asSystem, (ctx) => markFailed(ctx.tx, organizationId, reportId, (error as Error).name))
  }
  return findReport(db, organizationId, reportId)
}

class NothingLeft extends Error {
  override readonly name = 'NothingLeft'
}

/**
 * Facts may have come between the order and the drawing: the paper is known by what stands in it, never by what was
 * meant. Where another paper says the same, this one is given out to nobody again.
 */
async function hashToKeep(
  tx: Parameters<typeof findSame>[0],
  row: HealthReportRow,
  hash: string,
): Promise<string | null> {
  if (hash === row.content_hash) return hash
  const other = await findSame(tx, row.organization_id, {
    patientId: row.patient_id,
    examId: row.exam_report_id,
    kind: row.kind,
    language: row.language,
    hash,
  })
  return other ? null : hash
}
