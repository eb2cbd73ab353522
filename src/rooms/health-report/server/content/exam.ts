import { tellsOfHepatitisB, withoutHepatitisB } from '../../../../clinical/index.ts'
import type { ReadContext } from '../../../../platform/context/context.ts'
import {
  newestReports,
  observationsOfReports,
  type NewestReport,
  type ObservationRow,
} from '../../../observation/server/index.ts'
import { isApart } from './items.ts'

/** Results of one examination may come in over some days. */
const DAYS_AROUND = 3
const REPORTS_MOST = 200

/** The rows of one examination, those of hepatitis B kept apart from the start, so that nothing later can mix them in. */
export interface ExamRows {
  exam: NewestReport
  /** Reports of the days around it, with what they tell of hepatitis B taken out. */
  around: NewestReport[]
  shown: ObservationRow[]
  apart: ObservationRow[]
  /** Sentences about hepatitis B taken out of findings. */
  apartSaid: string[]
}

/** The examinations that can be printed: health checks first, else laboratory reports; a sheet of hepatitis B is none. */
export async function printableExams(ctx: ReadContext, patientId: string): Promise<NewestReport[]> {
  return printable(await newestReports(ctx, patientId, REPORTS_MOST)).slice(0, 60)
}

function printable(all: readonly NewestReport[]): NewestReport[] {
  const reports = all.filter((report) => !tellsOfHepatitisB(report.title))
  const checks = reports.filter((report) => report.category === 'health-check')
  return checks.length > 0 ? checks : reports.filter((report) => report.category === 'laboratory')
}

/** The rows of an examination, of the newest when none is named; undefined when there is none. */
export async function examRows(
  ctx: ReadContext,
  patientId: string,
  examId: string | undefined,
): Promise<ExamRows | undefined> {
  const all = await newestReports(ctx, patientId, REPORTS_MOST)
  const exams = printable(all)
  const exam = examId ? exams.find((report) => report.id === examId) : exams[0]
  if (!exam) return undefined
  const around = all.filter(
    (report) => Math.abs(report.effectiveAt.getTime() - exam.effectiveAt.getTime()) <= DAYS_AROUND * 86_400_000,
  )
  const titles = new Map(around.map((report) => [report.id, report.title]))
  const ids = around.map((report) => report.id)
  const found = newestOfEach(await observationsOfReports(ctx, ids))
  const isSealed = (row: ObservationRow) => isApart(row, titles.get(row.report_id ?? ''))
  const cleaned = around.map(cleanReport)
  return {
    exam: cleaned.find(({ report }) => report.id === exam.id)!.report,
    around: cleaned.filter(({ report }) => !tellsOfHepatitisB(report.title)).map(({ report }) => report),
    shown: found.filter((row) => !isSealed(row)),
    apart: found.filter(isSealed),
    apartSaid: cleaned.flatMap(({ said }) => said),
  }
}

function cleanReport(report: NewestReport): { report: NewestReport; said: string[] } {
  if (tellsOfHepatitisB(report.title))
    return {
      report: { ...report, finding: null, impression: null },
      said: [report.finding, report.impression].flatMap((text) => text ?? []),
    }
  const finding = withoutHepatitisB(report.finding ?? '')
  const impression = withoutHepatitisB(report.impression ?? '')
  return {
    report: {
      ...report,
      performer: report.performer,
      finding: finding.text || null,
      impression: impression.text || null,
    },
    said: [...finding.apart, ...impression.apart],
  }
}

/** The newest result of each item; the order does not depend on how the database found them. */
function newestOfEach(rows: readonly ObservationRow[]): ObservationRow[] {
  const newest = new Map<string, ObservationRow>()
  for (const row of rows) {
    const known = newest.get(row.code)
    if (!known || isLater(row, known)) newest.set(row.code, row)
  }
  return [...newest.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

function isLater(row: ObservationRow, than: ObservationRow): boolean {
  const difference = row.effective_at.getTime() - than.effective_at.getTime()
  return difference > 0 || (difference === 0 && row.id > than.id)
}
