import { indicatorByCode } from '../../../clinical/index.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import {
  nameOf,
  newestReports,
  observationsOfReports,
  panelNames,
  panelOf,
  printUnit,
  seriesOf,
  type NewestReport,
  type ObservationRow,
} from '../../observation/server/index.ts'
import type {
  AbnormalItem,
  ComparedIndicator,
  ReportFlag,
  ReportItem,
  ReportSection,
} from './render/report-document.ts'

/** Results of one examination may come in over some days. */
const DAYS_AROUND = 3
/** Indicators whose course is printed even when this year's value is unremarkable. */
const ALWAYS_COMPARED = ['sbp', 'dbp', 'bmi', 'fpg', 'hba1c', 'tc', 'ldl', 'ua', 'alt', 'crea']
const COMPARED_MOST = 12

/**
 * Hepatitis B is never printed with the rest: it goes on a sealed sheet of its own, handed to the person alone (rule
 * R13; 卫生部办公厅关于进一步规范乙肝项目检测的通知).
 */
const HEPATITIS_B = /乙肝|乙型肝炎|hbsag|hbeag|hbsab|hbeab|hbcab|anti-?hb|hbv/i

export interface ExamContent {
  exam: NewestReport
  examOn: string
  abnormalItems: AbnormalItem[]
  sections: ReportSection[]
  comparison: ComparedIndicator[]
  /** Names of what is left to the sealed sheet. */
  sealedApart: string[]
}

/** The examinations that can be printed: health checks first, else laboratory reports. */
export async function printableExams(ctx: ReadContext, patientId: string): Promise<NewestReport[]> {
  const reports = await newestReports(ctx, patientId, 60)
  const checks = reports.filter((report) => report.category === 'health-check')
  return checks.length > 0 ? checks : reports.filter((report) => report.category === 'laboratory')
}

/** Gathers what an examination found: its own report and those of the days around it, and the years before. */
export async function gatherExam(
  ctx: ReadContext,
  patientId: string,
  examId: string | undefined,
  language: Locale,
): Promise<ExamContent | undefined> {
  const exams = await printableExams(ctx, patientId)
  const exam = examId ? exams.find((report) => report.id === examId) : exams[0]
  if (!exam) return undefined
  const all = await newestReports(ctx, patientId, 200)
  const around = all.filter(
    (report) => Math.abs(report.effectiveAt.getTime() - exam.effectiveAt.getTime()) <= DAYS_AROUND * 86_400_000,
  )
  const found = await observationsOfReports(
    ctx,
    around.map((report) => report.id),
  )
  const apart = found.filter((row) =>
    HEPATITIS_B.test(`${row.code} ${printedName(row)} ${nameOf(row.code, 'zh-CN', printedName(row))}`),
  )
  const shown = newestOfEach(found.filter((row) => !apart.includes(row)))
  const series = await seriesOf(
    ctx,
    patientId,
    shown.map((row) => row.code),
    { limit: 12 },
  )
  const abnormal = shown.filter((row) => flagOf(row) !== '')
  return {
    exam,
    examOn: dateIn(exam.effectiveAt, ctx.tenant.timeZone),
    abnormalItems: abnormal.map((row) => ({
      ...itemOf(row, language),
      ...previousOf(row, series, ctx.tenant.timeZone),
    })),
    sections: [...panelSections(shown, language), ...narrativeSections(around)],
    comparison: comparisonOf(
      [...abnormal.map((row) => row.code), ...ALWAYS_COMPARED],
      series,
      exam,
      language,
      ctx.tenant.timeZone,
    ),
    sealedApart: [...new Set(apart.map((row) => nameOf(row.code, language, printedName(row))))],
  }
}

function newestOfEach(rows: readonly ObservationRow[]): ObservationRow[] {
  const newest = new Map<string, ObservationRow>()
  for (const row of rows) {
    const known = newest.get(row.code)
    if (!known || known.effective_at < row.effective_at) newest.set(row.code, row)
  }
  return [...newest.values()]
}

function printedName(row: ObservationRow): string | null {
  const { name } = (row.original ?? {}) as { name?: unknown }
  return typeof name === 'string' ? name : null
}

function flagOf(row: ObservationRow): ReportFlag {
  if (row.flag === 'H' || row.flag === 'HH') return '↑'
  if (row.flag === 'L' || row.flag === 'LL') return '↓'
  return row.flag === 'A' ? '异常' : ''
}

function valueOf(row: ObservationRow): string {
  if (row.value === null) return row.value_text ?? ''
  const indicator = indicatorByCode(row.code)
  const digits = indicator && 'decimals' in indicator ? (indicator.decimals as number) : undefined
  return `${row.comparator ?? ''}${digits === undefined ? row.value : row.value.toFixed(digits)}`
}

function itemOf(row: ObservationRow, language: Locale): ReportItem {
  const range = row.range_text ?? rangeText(row.low, row.high)
  return {
    name: nameOf(row.code, language, printedName(row)),
    value: valueOf(row),
    unit: printUnit(row.unit, language),
    rangeText: range,
    flag: flagOf(row),
  }
}

function rangeText(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${low}–${high}`
  if (high !== null) return `≤${high}`
  return low === null ? '' : `≥${low}`
}

function previousOf(
  row: ObservationRow,
  series: Map<string, ObservationRow[]>,
  timeZone: string,
): Pick<AbnormalItem, 'previous'> {
  const before = (series.get(row.code) ?? []).filter((other) => other.effective_at < row.effective_at).at(-1)
  return before
    ? { previous: { date: dateIn(before.effective_at, timeZone), value: valueOf(before), flag: flagOf(before) } }
    : {}
}

function panelSections(rows: readonly ObservationRow[], language: Locale): ReportSection[] {
  const byPanel = Map.groupBy(rows, (row) => panelOf(row.code))
  return panelNames(language).flatMap(({ code, name }) => {
    const items = (byPanel.get(code) ?? []).map((row) => itemOf(row, language))
    return items.length > 0 ? [{ title: name, items }] : []
  })
}

function narrativeSections(reports: readonly NewestReport[]): ReportSection[] {
  return reports
    .filter((report) => report.finding || report.impression)
    .map((report) => ({
      title: report.title,
      ...(report.performer ? { examiner: report.performer } : {}),
      items: [],
      narrative: { finding: report.finding ?? '', impression: report.impression ?? '' },
    }))
}

function comparisonOf(
  codes: readonly string[],
  series: Map<string, ObservationRow[]>,
  exam: NewestReport,
  language: Locale,
  timeZone: string,
): ComparedIndicator[] {
  return [...new Set(codes)]
    .map((code) => ({
      code,
      rows: (series.get(code) ?? []).filter((row) => row.value !== null && row.effective_at <= exam.effectiveAt),
    }))
    .filter(({ rows }) => rows.length >= 2)
    .slice(0, COMPARED_MOST)
    .map(({ code, rows }) => ({
      indicator: nameOf(code, language, printedName(rows[0]!)),
      unit: printUnit(rows.at(-1)!.unit, language),
      points: rows.slice(-8).map((row) => ({
        date: dateIn(row.effective_at, timeZone),
        value: row.value!,
        valueText: valueOf(row),
        ...(row.low === null ? {} : { low: row.low }),
        ...(row.high === null ? {} : { high: row.high }),
        flag: flagOf(row),
      })),
    }))
}
