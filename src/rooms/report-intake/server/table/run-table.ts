import { systemActor } from '../../../../platform/context/context.ts'
import { write, type House } from '../../../../platform/context/house.ts'
import type { TableMapping } from '../../contract/tables.ts'
import type { IncomingReport } from '../incoming.ts'
import { keepReceived } from '../receive/keep.ts'
import type { Received } from '../receive/received.ts'
import { readTableRows } from './read-rows.ts'
import { countStep, findUpload, moveUpload, replaceRefusals, type UploadRow } from './upload-store.ts'
import { rowsOf } from './uploads.ts'

/** Reports kept in one transaction. */
const STEP = 200

/**
 * Keeps the reports of a spreadsheet like any others that come in; from then on they go the usual way. Steps count
 * themselves with what they keep, so that a killed worker goes on behind the last one.
 */
export async function runTable(house: House, organizationId: string, uploadId: string): Promise<void> {
  const tenant = await house.tenant(organizationId)
  const options = { tenant, actor: systemActor(organizationId, 'report-intake') }
  const upload = await write(house, options, async (ctx) => {
    await moveUpload(ctx.tx, organizationId, uploadId, ['queued'], { state: 'running', started_at: ctx.clock.now() })
    return findUpload(ctx.tx, organizationId, uploadId)
  })
  if (upload?.state !== 'running') return
  const rows = (await rowsOf(house, organizationId, upload, Number.POSITIVE_INFINITY)).filter(
    (row) => row.number > upload.header_row,
  )
  const sourceSystem = upload.mapping_name ? `table/${upload.mapping_name}` : 'table'
  const { reports, refused } = readTableRows(rows, {
    mapping: upload.mapping as TableMapping,
    headers: upload.headers,
    zone: tenant.timeZone,
    sourceSystem,
  })
  await write(house, options, async (ctx) => {
    await replaceRefusals(ctx.tx, organizationId, uploadId, refused)
    await moveUpload(ctx.tx, organizationId, uploadId, ['running'], { refused: refused.length })
  })
  for (let at = upload.reports; at < reports.length; at += STEP) {
    const step = reports.slice(at, at + STEP)
    const rowsRead = Math.round((rows.length * Math.min(at + STEP, reports.length)) / reports.length)
    const isMine = await write(house, options, async (ctx) => {
      if (!(await countStep(ctx.tx, organizationId, uploadId, at, step.length, rowsRead))) return false
      await keepReceived(
        ctx.tx,
        house.sealer,
        organizationId,
        step.map((report) => received(house, upload, report, sourceSystem)),
        ctx.clock.now(),
      )
      return true
    })
    if (!isMine) return
  }
  await write(house, options, async (ctx) => {
    await moveUpload(ctx.tx, organizationId, uploadId, ['running'], {
      state: 'done',
      rows_read: rows.length,
      finished_at: ctx.clock.now(),
    })
  })
}

function received(house: House, upload: UploadRow, report: IncomingReport, source: string): Received {
  return {
    id: house.ids.next(),
    organizationId: upload.organization_id,
    channel: 'table',
    format: 'table',
    source,
    peer: upload.created_by_name,
    messageType: '',
    controlId: upload.file_name.slice(0, 200),
    answer: '',
    bytes: Buffer.from(JSON.stringify(report)),
    state: 'received',
    reason: '',
    detail: null,
  }
}
