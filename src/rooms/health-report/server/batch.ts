import { Readable } from 'node:stream'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { BATCH_MOST, batchJob, type BatchView, type printMany, type REFUSALS } from '../contract/batch.ts'
import { reportProblem } from '../contract/problems.ts'
import {
  cancelItems,
  countItems,
  findBatch,
  findBatchesOf,
  insertBatch,
  issuedBetween,
  itemsOf,
  visibleAmong,
  type BatchRow,
  type FinishedItem,
  type ItemState,
} from './batch-store.ts'
import { zip, type ZipEntry } from './zip.ts'

type Refusal = (typeof REFUSALS)[number]

/** Orders the reports of a list as one job; whom the actor may not see is refused by name of the reason, not left out. */
export async function orderMany(ctx: WriteContext, body: InputOf<typeof printMany>['body']) {
  const asked = [...new Set<string>(body.patientIds ?? (await issuedIn(ctx, body.issued)))]
  if (asked.length === 0) throw reportProblem('BatchEmpty')
  const visible = await visibleAmong(ctx, asked)
  const id = ctx.ids.next<string>()
  await insertBatch(
    ctx.tx,
    {
      organization_id: ctx.organizationId,
      id,
      title: body.title,
      total: asked.length,
      created_by: ctx.actor.id,
      created_by_name: ctx.actor.name,
      created_at: ctx.clock.now(),
      language: body.language,
      drafts: body.drafts,
    },
    asked.map((patientId) => ({
      patientId,
      state: visible.has(patientId) ? 'waiting' : 'refused',
      reason: visible.has(patientId) ? null : ('not-visible' satisfies Refusal),
    })),
  )
  await ctx.enqueue(batchJob, { batchId: id }, { key: id })
  ctx.audit.subjectId = id
  ctx.audit.detail = { total: asked.length, refused: asked.length - visible.size, drafts: body.drafts }
  return { batchId: id as never, total: asked.length }
}

async function issuedIn(ctx: ReadContext, issued: { from: string; to: string } | undefined): Promise<string[]> {
  if (!issued) return []
  const { timeZone } = ctx.tenant
  const [from, to] = [instantAt(issued.from, 0, timeZone), instantAt(addDays(issued.to, 1), 0, timeZone)]
  return issuedBetween(ctx, from, to, BATCH_MOST)
}

/** Lists of the one who asks: a list shows whom somebody has printed, so it is nobody else's. */
export async function batchesOf(ctx: ReadContext) {
  const rows = await findBatchesOf(ctx.db, ctx.organizationId, ctx.actor.id)
  const counts = await countItems(
    ctx.db,
    ctx.organizationId,
    rows.map(({ id }) => id),
  )
  return { batches: rows.map((row) => viewOf(row, counts.get(row.id) ?? {})) }
}

export async function progressOf(ctx: ReadContext, batchId: string) {
  const row = await ownBatch(ctx, batchId)
  return viewOf(row, (await countItems(ctx.db, ctx.organizationId, [batchId])).get(batchId) ?? {})
}

async function ownBatch(ctx: ReadContext, batchId: string): Promise<BatchRow> {
  const row = await findBatch(ctx.db, ctx.organizationId, batchId)
  if (!row || row.created_by !== ctx.actor.id) throw platformProblem('NotFound')
  return row
}

function viewOf(row: BatchRow, counts: Partial<Record<ItemState, number>>): Omit<BatchView, 'id'> & { id: string } {
  const { done = 0, refused = 0, failed = 0 } = counts
  const under = done + failed > 0 ? 'running' : 'waiting'
  return {
    id: row.id,
    title: row.title,
    state: row.cancelled_at ? 'cancelled' : row.finished_at ? 'completed' : under,
    total: row.total,
    done,
    refused,
    failed,
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    can: { cancel: row.finished_at === null, download: row.finished_at !== null && done > 0 },
  }
}

/** Whose report was not printed, and why; whom the reader may not see is without a name. */
export async function refusalsOf(ctx: ReadContext, batchId: string) {
  await ownBatch(ctx, batchId)
  const rows = await itemsOf(ctx, batchId)
  return {
    rows: rows
      .filter(({ state }) => state === 'refused' || state === 'failed')
      .map(({ patient_id, name, visible, reason }) => ({
        patientId: patient_id as never,
        name: visible ? name : null,
        reason: (reason ?? 'not-drawn') as Refusal,
      })),
  }
}

export async function cancel(ctx: WriteContext, batchId: string) {
  await ownBatch(ctx, batchId)
  const cancelled = await cancelItems(ctx.tx, ctx.organizationId, batchId, { by: ctx.actor.name, at: ctx.clock.now() })
  return { cancelled }
}

/** All papers as one archive, a file at a time; each person whose report is in it has an audit row of their own. */
export async function archiveOf(ctx: ReadContext, house: House, batchId: string) {
  const batch = await ownBatch(ctx, batchId)
  if (!batch.finished_at) throw reportProblem('BatchNotFinished')
  const items = await itemsOf(ctx, batchId)
  const papers = items.filter(isHandedOut)
  if (papers.length === 0) throw reportProblem('BatchEmpty')
  await Promise.all(papers.map((item) => noteOpened(ctx, house, batchId, item)))
  ctx.audit.detail = { papers: papers.length }
  const day = ctx.today
  const list: ZipEntry = {
    name: `${house.translate(ctx.locale, 'health-report', 'batch.contents')}.csv`,
    bytes: async () => Buffer.from(contentsOf(ctx, house, items)),
  }
  const files = papers.map((item) => ({
    name: `${String(item.place).padStart(4, '0')}-${fileSafe(item.name)}-${item.number}.pdf`,
    bytes: () => house.files.get(ctx.organizationId, item.file_key!),
  }))
  return {
    stream: Readable.from(zip([list, ...files], day)),
    media: 'application/zip',
    fileName: `${fileSafe(batch.title)}.zip`,
  }
}

const isHandedOut = (item: FinishedItem) => item.visible && item.report_state === 'ready' && item.file_key !== null

const fileSafe = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_').slice(0, 60)

function noteOpened(ctx: ReadContext, house: House, batchId: string, item: FinishedItem): Promise<void> {
  return house.recordAudit(
    ctx.db,
    {
      organizationId: ctx.organizationId,
      actor: ctx.actor,
      action: 'health-report.open',
      outcome: 'done',
      patientId: item.patient_id,
      subjectId: item.report_id,
      detail: { batch: batchId },
      requestId: null,
      address: null,
    },
    house.clock.now(),
    house.ids,
  )
}

/** Everybody of the list with their paper or the reason, for a spreadsheet. */
function contentsOf(ctx: ReadContext, house: House, items: readonly FinishedItem[]): string {
  const t = (key: string) => house.translate(ctx.locale, 'health-report', key)
  const head = ['batch.place', 'batch.name', 'batch.number', 'batch.outcome'].map(t)
  const rows = items.map((item) => [
    String(item.place),
    item.visible ? item.name : '—',
    isHandedOut(item) ? (item.number ?? '') : '',
    t(isHandedOut(item) ? 'batch.printed' : outcomeKey(item)),
  ])
  return `\ufeff${[head, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

function outcomeKey({ state, reason, visible, report_state }: FinishedItem): string {
  if (!visible) return 'refusal.not-visible'
  if (report_state === 'withdrawn') return 'state.withdrawn'
  return state === 'cancelled' ? 'batch.cancelled' : `refusal.${reason ?? 'not-drawn'}`
}

/** Quoted, and never a formula of a spreadsheet. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
