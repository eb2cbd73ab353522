import { newToken } from '../../../platform/auth/token.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { dateIn } from '../../../platform/clock.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { renderJob, type PrintedReport } from '../contract/health-report.ts'
import { reportProblem } from '../contract/problems.ts'
import type { Conclusion } from '../contract/words.ts'
import { issuedOf } from './composition.ts'
import { compositionsOf, type CompositionRow } from './composition-store.ts'
import { versionLine } from './composition-view.ts'
import { printableExams } from './content/exam.ts'
import { draftOf, issuedHash } from './document.ts'
import { drawn, warmRenderer } from './drawing.ts'
import {
  countWaiting,
  findReport,
  findReportsOf,
  findSame,
  insertReport,
  nextNumber,
  withdraw,
  type HealthReportRow,
} from './store.ts'

export async function listOf(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const [rows, exams, compositions] = [
    await findReportsOf(ctx.db, ctx.organizationId, patientId),
    await printableExams(ctx, patientId),
    await compositionsOf(ctx.db, ctx.organizationId, patientId),
  ]
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  return {
    reports: rows.map((row) => viewOf(row, row.creator, row.signer)),
    exams: exams.map((exam) => ({
      id: exam.id as never,
      title: exam.title,
      on: dateIn(exam.effectiveAt, ctx.tenant.timeZone),
      category: exam.category,
      compositionId: (compositions.find(
        ({ exam_report_id, state }) => exam_report_id === exam.id && state !== 'recalled',
      )?.id ?? null) as never,
    })),
    compositions: compositions.map((row) => ({
      id: row.id as never,
      examId: row.exam_report_id as never,
      ...versionLine(row),
    })),
    can: { print: may('health-report.print'), sign: may('health-report.sign') },
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
  batchId?: string
}

/**
 * Orders one paper: the issued report of an examination, or a draft where none is issued. Its row and its job stand in the
 * same transaction. Where a paper says exactly this already, that one is given again, with its number.
 */
export async function order(ctx: WriteContext, patientId: string, options: PrintOrder): Promise<PrintedReport> {
  await requireVisible(ctx, patientId)
  const { language, batchId = null } = options
  const examId = options.examId ?? (await printableExams(ctx, patientId))[0]?.id
  if (!examId) throw reportProblem('NothingToPrint')
  const issued = await issuedOf(ctx, patientId, examId)
  const content = issued ? ofIssued(issued) : await ofDraft(ctx, patientId, examId, language)
  if (!content) throw reportProblem('NothingToPrint')
  const row = await orderPaper(ctx, { patientId, examId, language, kind: 'report', batchId, ...content })
  ctx.audit.subjectId = row.id
  ctx.audit.detail = { number: row.number, signed: row.signed_by !== null }
  return viewOf(row, ctx.actor.name, issued?.issued_by_name ?? null)
}

interface PaperContent {
  examOn: string
  hash: string
  conclusions: Conclusion[]
  compositionId: string | null
  signedBy: string | null
  signedOn: string | null
}

function ofIssued(row: CompositionRow): PaperContent {
  return {
    examOn: row.exam_on,
    hash: issuedHash(row),
    conclusions: row.conclusions as Conclusion[],
    compositionId: row.id,
    signedBy: row.issued_by,
    signedOn: row.issued_on,
  }
}

async function ofDraft(
  ctx: WriteContext,
  patientId: string,
  examId: string,
  language: 'zh-CN' | 'en',
): Promise<PaperContent | undefined> {
  const draft = await draftOf(ctx, patientId, examId, language)
  if (!draft) return undefined
  const { hash, conclusions, facts } = draft
  return { examOn: facts.exam.date, hash, conclusions, compositionId: null, signedBy: null, signedOn: null }
}

export interface PaperOrder extends PaperContent {
  patientId: string
  examId: string
  language: 'zh-CN' | 'en'
  kind: 'report' | 'sealed'
  batchId: string | null
}

/** Finds the paper that says this, or orders it. Of two who ask at once both get the same. */
export async function orderPaper(ctx: WriteContext, paper: PaperOrder): Promise<HealthReportRow> {
  const same = await findSame(ctx.db, ctx.organizationId, paper)
  if (same) return same
  warmRenderer()
  const { token, hash: verifyHash } = newToken(ctx.organizationId)
  const row = {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string>(),
    patient_id: paper.patientId,
    number: await nextNumber(ctx.tx, ctx.organizationId, ctx.today),
    state: 'waiting' as const,
    language: paper.language,
    exam_report_id: paper.examId,
    exam_on: paper.examOn,
    conclusions: paper.conclusions,
    signed_by: paper.signedBy,
    signed_on: paper.signedOn,
    verify_hash: verifyHash,
    batch_id: paper.batchId,
    template: null,
    file_key: null,
    page_count: null,
    reason: null,
    ready_at: null,
    withdrawn_by: null,
    withdrawn_because: null,
    created_by: ctx.actor.id,
    created_at: ctx.clock.now(),
    kind: paper.kind,
    composition_id: paper.compositionId,
    content_hash: paper.hash,
    code_sealed: ctx.sealer.seal(ctx.organizationId, token),
  }
  if (!(await insertReport(ctx.tx, row))) {
    const other = await findSame(ctx.db, ctx.organizationId, paper)
    if (!other) throw platformProblem('ChangedMeanwhile')
    return other
  }
  await ctx.enqueue(renderJob, { reportId: row.id })
  return { ...row, warnings: [], moved: [] }
}

/** Opens a paper; one that is still waiting is drawn for whoever opens it, instead of being refused. */
export async function openFile(
  ctx: ReadContext,
  house: House,
  patientId: string,
  reportId: string,
  kind: 'report' | 'sealed' = 'report',
) {
  await requireVisible(ctx, patientId)
  const found = await findReport(ctx.db, ctx.organizationId, reportId)
  if (!found || found.patient_id !== patientId || found.kind !== kind) throw platformProblem('NotFound')
  if (found.state === 'withdrawn') throw reportProblem('ReportWithdrawn')
  const row = found.state === 'waiting' ? await drawn(house, ctx.organizationId, reportId) : found
  if (row?.state !== 'ready' || !row.file_key) throw reportProblem('ReportNotReady')
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

export function viewOf(
  row: Pick<
    HealthReportRow,
    | 'id'
    | 'number'
    | 'state'
    | 'language'
    | 'exam_on'
    | 'signed_on'
    | 'page_count'
    | 'warnings'
    | 'reason'
    | 'withdrawn_because'
    | 'created_at'
    | 'ready_at'
  >,
  creator: string | null,
  signer: string | null,
): PrintedReport {
  return {
    id: row.id as never,
    number: row.number,
    state: row.state,
    language: row.language,
    examOn: row.exam_on,
    signedBy: row.signed_on ? signer : null,
    signedOn: row.signed_on,
    pageCount: row.page_count,
    warnings: row.warnings as PrintedReport['warnings'],
    reason: row.state === 'withdrawn' ? row.withdrawn_because : row.reason,
    createdBy: creator,
    createdAt: row.created_at.toISOString(),
    readyAt: row.ready_at?.toISOString() ?? null,
  }
}

/** The file of a report that was drawn, for commands. @throws Problem ReportNotReady */
export async function readPrinted(house: House, organizationId: string, reportId: string): Promise<Buffer> {
  const row = await findReport(house.databases.of(organizationId), organizationId, reportId)
  if (!row?.file_key) throw reportProblem('ReportNotReady')
  return house.files.get(organizationId, row.file_key)
}
