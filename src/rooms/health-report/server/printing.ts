import { newToken } from '../../../platform/auth/token.ts'
import { systemActor, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { dateIn } from '../../../platform/clock.ts'
import { requireVisible, visibleTo } from '../../patient/server/index.ts'
import { renderJob, type Conclusion, type PrintedReport } from '../contract/health-report.ts'
import { reportProblem } from '../contract/problems.ts'
import { gatherExam, printableExams } from './compose.ts'
import { documentOf, proposedConclusions } from './document.ts'
import { createReportRenderer } from './render/render-pool.ts'
import {
  countBatch,
  findBatch,
  countWaiting,
  findFailures,
  findReport,
  findReportsOf,
  insertBatch,
  insertReport,
  markFailed,
  markReady,
  nextNumber,
  withdraw,
} from './store.ts'

/** One pool for the process: its children start with the first report and end when none is asked for. */
const renderer = createReportRenderer({ workers: 2 })

export async function listOf(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const [rows, exams, newest] = [
    await findReportsOf(ctx.db, ctx.organizationId, patientId),
    await printableExams(ctx, patientId),
    await gatherExam(ctx, patientId, undefined, ctx.locale),
  ]
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  return {
    reports: rows.map((row) => viewOf(row, row.creator, row.signer)),
    exams: exams.map((exam) => ({
      id: exam.id as never,
      title: exam.title,
      on: dateIn(exam.effectiveAt, ctx.tenant.timeZone),
      category: exam.category,
    })),
    proposed: await proposedConclusions(ctx, patientId, newest),
    can: { print: may('health-report.print'), sign: may('plan.sign') },
  }
}

/** How many reports of a patient are still being set: what a page asks again and again while it waits. */
export async function waitingOf(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  return { waiting: await countWaiting(ctx.db, ctx.organizationId, patientId) }
}

export interface PrintOrder {
  examId?: string
  language: 'zh-CN' | 'en'
  conclusions?: Conclusion[]
  sign: boolean
  batchId?: string
}

/** Orders one report: its row and its job stand in the same transaction. Only who may sign can sign. */
export async function order(ctx: WriteContext, patientId: string, options: PrintOrder): Promise<PrintedReport> {
  await requireVisible(ctx, patientId)
  if (options.sign && !ctx.actor.permissions.has('plan.sign'))
    throw platformProblem('NotPermitted', { permission: 'plan.sign' })
  const exam = await gatherExam(ctx, patientId, options.examId, options.language)
  if (!exam) throw reportProblem('NothingToPrint')
  const { token, hash } = newToken(ctx.organizationId)
  const row = {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string>(),
    patient_id: patientId,
    number: await nextNumber(ctx.tx, ctx.organizationId, ctx.today),
    state: 'waiting' as const,
    language: options.language,
    exam_report_id: exam.exam.id,
    exam_on: exam.examOn,
    conclusions:
      options.conclusions ?? (await proposedConclusions({ ...ctx, locale: options.language }, patientId, exam)),
    signed_by: options.sign ? ctx.actor.id : null,
    signed_on: options.sign ? ctx.today : null,
    verify_hash: hash,
    batch_id: options.batchId ?? null,
    template: null,
    file_key: null,
    page_count: null,
    reason: null,
    ready_at: null,
    withdrawn_by: null,
    withdrawn_because: null,
    created_by: ctx.actor.id,
    created_at: ctx.clock.now(),
  }
  await insertReport(ctx.tx, row)
  // The code goes with the job, since only its hash is kept: it is printed once and known to the paper alone.
  await ctx.enqueue(renderJob, {
    reportId: row.id,
    code: ctx.sealer.seal(ctx.organizationId, token).toString('base64'),
  })
  ctx.audit.subjectId = row.id
  ctx.audit.detail = { number: row.number, signed: options.sign }
  return viewOf({ ...row, warnings: [] }, ctx.actor.name, options.sign ? ctx.actor.name : null)
}

/** Orders the reports of a list; who cannot be seen or has nothing to print is named, not silently left out. */
export async function orderMany(
  ctx: WriteContext,
  title: string,
  patientIds: readonly string[],
  language: 'zh-CN' | 'en',
) {
  const visible = await visibleOf(ctx, patientIds)
  const batchId = ctx.ids.next<string>()
  const skipped = patientIds.filter((id) => !visible.has(id))
  let total = 0
  for (const patientId of [...visible].toSorted()) {
    const hasExam = (await printableExams(ctx, patientId)).length > 0
    if (!hasExam) skipped.push(patientId)
    else {
      await order(ctx, patientId, { language, sign: false, batchId })
      total++
    }
  }
  await insertBatch(ctx.tx, {
    organizationId: ctx.organizationId,
    id: batchId,
    title,
    total,
    by: ctx.actor.id,
    at: ctx.clock.now(),
  })
  ctx.audit.detail = { total, skipped: skipped.length }
  return { batchId: batchId as never, total, skipped: skipped as never[] }
}

/** Those of some people whom the actor may see. */
async function visibleOf(ctx: ReadContext, patientIds: readonly string[]): Promise<Set<string>> {
  const ids = [...new Set(patientIds)]
  if (ids.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('patient')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', 'in', ids)
    .where(visibleTo(ctx.actor, 'patient', ctx.clock.now()))
    .execute()
  return new Set(rows.map((row) => row.id))
}

export async function progressOf(ctx: ReadContext, batchId: string) {
  const batch = await findBatch(ctx.db, ctx.organizationId, batchId)
  if (!batch) throw platformProblem('NotFound')
  const counts = await countBatch(ctx.db, ctx.organizationId, batchId)
  const failures = await findFailures(ctx.db, ctx.organizationId, batchId)
  const visible = await visibleOf(
    ctx,
    failures.map((f) => f.patient_id),
  )
  return {
    title: batch.title,
    total: batch.total,
    ready: counts['ready'] ?? 0,
    failed: counts['failed'] ?? 0,
    waiting: counts['waiting'] ?? 0,
    failures: failures
      .filter((f) => visible.has(f.patient_id))
      .map((f) => ({ patientId: f.patient_id as never, name: f.name, reason: f.reason ?? '' })),
    createdAt: batch.created_at.toISOString(),
  }
}

/** Draws one report. Safe to run twice: the second time finds it ready and does nothing. */
export async function render(house: House, organizationId: string, reportId: string, code: string): Promise<void> {
  const db = house.databases.of(organizationId)
  const row = await findReport(db, organizationId, reportId)
  if (!row || row.state === 'ready' || row.state === 'withdrawn') return
  const tenant = await house.tenant(organizationId)
  const asSystem = { tenant, actor: systemActor(organizationId, 'health-report') }
  const token = house.sealer.open(organizationId, Buffer.from(code, 'base64'))
  try {
    const document = await documentOf(house, row, `/verify/${token}`)
    if (!document) throw new Error('nothing to print any more')
    const drawn = await renderer.render(document)
    const file = await house.files.put(organizationId, drawn.pdf)
    await write(house, asSystem, (ctx) =>
      markReady(ctx.tx, organizationId, reportId, {
        key: file.key,
        template: drawn.template,
        pageCount: drawn.pageCount,
        warnings: drawn.warnings,
        at: ctx.clock.now(),
      }),
    )
  } catch (error) {
    house.log.error({ err: error, reportId }, 'a report could not be drawn')
    await write(house, asSystem, (ctx) => markFailed(ctx.tx, organizationId, reportId, (error as Error).name))
  }
}

export async function openFile(ctx: ReadContext, house: House, patientId: string, reportId: string) {
  await requireVisible(ctx, patientId)
  const row = await findReport(ctx.db, ctx.organizationId, reportId)
  if (!row || row.patient_id !== patientId) throw platformProblem('NotFound')
  if (row.state === 'withdrawn') throw reportProblem('ReportWithdrawn')
  if (row.state !== 'ready' || !row.file_key) throw reportProblem('ReportNotReady')
  return {
    stream: await house.files.get(ctx.organizationId, row.file_key),
    media: 'application/pdf',
    fileName: `${row.number}.pdf`,
  }
}

export async function declareVoid(ctx: WriteContext, patientId: string, reportId: string, because: string) {
  await requireVisible(ctx, patientId)
  return { withdrawn: await withdraw(ctx.tx, ctx.organizationId, patientId, reportId, ctx.actor.id, because) }
}

function viewOf(
  row: {
    id: string
    number: string
    state: PrintedReport['state']
    language: 'zh-CN' | 'en'
    exam_on: string
    signed_on: string | null
    page_count: number | null
    warnings: unknown
    reason: string | null
    withdrawn_because: string | null
    created_at: Date
    ready_at: Date | null
  },
  creator: string | null,
  signer: string | null,
): PrintedReport {
  return {
    id: row.id as never,
    number: row.number,
    state: row.state,
    language: row.language,
    examOn: row.exam_on,
    signedBy: signer,
    signedOn: row.signed_on,
    pageCount: row.page_count,
    warnings: row.warnings as PrintedReport['warnings'],
    reason: row.state === 'withdrawn' ? row.withdrawn_because : row.reason,
    createdBy: creator,
    createdAt: row.created_at.toISOString(),
    readyAt: row.ready_at?.toISOString() ?? null,
  }
}

export const closeRenderer = (): Promise<void> => renderer.close()

/** The file of a report that was drawn, for commands. @throws Problem ReportNotReady */
export async function readPrinted(house: House, organizationId: string, reportId: string): Promise<Buffer> {
  const row = await findReport(house.databases.of(organizationId), organizationId, reportId)
  if (!row?.file_key) throw reportProblem('ReportNotReady')
  return house.files.get(organizationId, row.file_key)
}
