import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { PrintedReport } from '../contract/health-report.ts'
import { reportProblem } from '../contract/problems.ts'
import type { recordWish } from '../contract/sealed.ts'
import { standingExam } from './composition-store.ts'
import { printableExams, examRows } from './content/exam.ts'
import { sealedDraft } from './document.ts'
import { openFile, orderPaper, viewOf } from './printing.ts'
import { findWishes, insertWish, withdrawWish, type WishRow } from './sealed-store.ts'
import { findReportsOf, voidSealedOf } from './store.ts'

/**
 * The sealed sheets of a patient (R13): which examinations hold something for one, whether the person has wished for it in
 * writing, and what was printed. No result is told here.
 */
export async function listSealed(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const wishes = await findWishes(ctx.db, ctx.organizationId, patientId)
  const papers = await findReportsOf(ctx.db, ctx.organizationId, patientId, 'sealed')
  const exams = []
  for (const exam of (await printableExams(ctx, patientId)).slice(0, EXAMS_LOOKED_AT)) {
    const rows = await examRows(ctx, patientId, exam.id)
    const items = (rows?.apart.length ?? 0) + (rows?.apartSaid.length ?? 0)
    if (!rows || items === 0) continue
    exams.push({ id: exam.id as never, title: exam.title, at: exam.effectiveAt.toISOString(), items })
  }
  return {
    exams,
    wishes: wishes.map(wishView),
    papers: papers.map((row) => viewOf(row, row.creator, row.signer)),
    can: {
      record: ctx.actor.permissions.has('health-report.print'),
      print: ctx.actor.permissions.has('health-report.sign'),
    },
  }
}

const EXAMS_LOOKED_AT = 12

function wishView(row: WishRow) {
  return {
    id: row.id as never,
    examId: row.exam_report_id as never,
    wishedOn: row.wished_on,
    keptWhere: row.kept_where,
    recordedBy: row.recorded_by_name,
    recordedAt: row.recorded_at.toISOString(),
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  }
}

/** Notes that the person has asked in writing, and where that paper is kept. One stands per examination. */
export async function noteWish(
  ctx: WriteContext,
  patientId: string,
  { examId, wishedOn, keptWhere }: InputOf<typeof recordWish>['body'],
) {
  await requireVisible(ctx, patientId)
  if (!(await hasSealed(ctx, patientId, examId))) throw reportProblem('NothingSealed')
  if (wishedOn > ctx.today) throw platformProblem('InvalidInput', {}, 'body.wishedOn')
  const id = ctx.ids.next<string>()
  const added = await insertWish(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    exam_report_id: examId,
    wished_on: wishedOn,
    kept_where: keptWhere,
    recorded_by: ctx.actor.id,
    recorded_by_name: ctx.actor.name,
    recorded_at: ctx.clock.now(),
    withdrawn_by_name: null,
    withdrawn_at: null,
  })
  if (!added) throw reportProblem('WishStands')
  ctx.audit.subjectId = id
  return { id: id as never }
}

async function hasSealed(ctx: ReadContext, patientId: string, examId: string): Promise<boolean> {
  const rows = await examRows(ctx, patientId, examId)
  return rows !== undefined && rows.apart.length + rows.apartSaid.length > 0
}

/** The person no longer wants it: what was printed is void from now on. */
export async function takeWishBack(ctx: WriteContext, patientId: string, wishId: string) {
  await requireVisible(ctx, patientId)
  const row = await withdrawWish(ctx.tx, ctx.organizationId, patientId, wishId, {
    by: ctx.actor.name,
    at: ctx.clock.now(),
  })
  if (row) await voidSealedOf(ctx.tx, ctx.organizationId, patientId, row.exam_report_id, ctx.actor.id, ctx.locale)
  return { withdrawn: row !== undefined }
}

/** Prints the sealed sheet in the name of the physician who does. @throws Problem WishMissing, NothingSealed */
export async function printSealed(
  ctx: WriteContext,
  patientId: string,
  { examId, language }: { examId: string; language: 'zh-CN' | 'en' },
): Promise<PrintedReport> {
  await requireVisible(ctx, patientId)
  const wishes = await findWishes(ctx.db, ctx.organizationId, patientId)
  if (!(await wishStandsFor(ctx, wishes, examId))) throw reportProblem('WishMissing')
  const sealed = await sealedDraft(ctx, patientId, examId, language)
  if (!sealed) throw reportProblem('NothingSealed')
  const row = await orderPaper(ctx, {
    patientId,
    examId,
    language,
    kind: 'sealed',
    batchId: null,
    examOn: sealed.facts.exam.date,
    hash: sealed.hash,
    conclusions: [],
    compositionId: null,
    signedBy: ctx.actor.id,
    signedOn: ctx.today,
  })
  ctx.audit.subjectId = row.id
  return viewOf(row, ctx.actor.name, ctx.actor.name)
}

/** A wish holds for the examination as it stands today, also when its report was corrected since. */
async function wishStandsFor(ctx: ReadContext, wishes: readonly WishRow[], examId: string): Promise<boolean> {
  for (const wish of wishes.filter(({ withdrawn_at }) => withdrawn_at === null))
    if (
      wish.exam_report_id === examId ||
      (await standingExam(ctx.db, ctx.organizationId, wish.exam_report_id)) === examId
    )
      return true
  return false
}

export function openSealed(ctx: ReadContext, house: House, patientId: string, reportId: string) {
  return openFile(ctx, house, patientId, reportId, 'sealed')
}
