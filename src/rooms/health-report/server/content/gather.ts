import { ageOn, dateIn } from '../../../../platform/clock.ts'
import type { ReadContext } from '../../../../platform/context/context.ts'
import type { Locale } from '../../../../platform/contract/index.ts'
import { indicators } from '../../../../clinical/index.ts'
import {
  nameOf,
  panelNames,
  panelOf,
  seriesOf,
  type NewestReport,
  type ObservationRow,
} from '../../../observation/server/index.ts'
import { patientSummary, type PatientSummary } from '../../../patient/server/index.ts'
import { hashOf } from '../composition-rules.ts'
import { findPlace } from '../store.ts'
import { adviceOf } from './advice.ts'
import { comparisonOf } from './comparison.ts'
import { examRows, type ExamRows } from './exam.ts'
import { explain } from './explain.ts'
import type { FactItem, FactSection, ReportFacts } from './facts.ts'
import { historyOf, questionnairesOf } from './history.ts'
import { flagOf, itemOf, notDoneBecause, previousOf, previousRow, printedName } from './items.ts'
import { risksOf } from './risks.ts'

/** What an examination says without hepatitis B, and beside it what goes on the sealed sheet. */
export interface Gathered {
  facts: ReportFacts
  rows: ExamRows
}

/** Gathers what an examination found and what belongs to it, from the record as it stands now. */
export async function gather(
  ctx: ReadContext,
  patientId: string,
  examId: string | undefined,
  language: Locale,
): Promise<Gathered | undefined> {
  const rows = await examRows(ctx, patientId, examId)
  const patient = rows && (await patientSummary(ctx, patientId))
  return patient ? { facts: await factsOf(ctx, patient, rows, language), rows } : undefined
}

/** The same in both languages, the record read once. */
export async function gatherBoth(
  ctx: ReadContext,
  patientId: string,
  examId: string,
): Promise<{ facts: Record<Locale, ReportFacts>; rows: ExamRows } | undefined> {
  const rows = await examRows(ctx, patientId, examId)
  const patient = rows && (await patientSummary(ctx, patientId))
  if (!patient) return undefined
  const facts = {
    'zh-CN': await factsOf(ctx, patient, rows, 'zh-CN'),
    en: await factsOf(ctx, patient, rows, 'en'),
  }
  return { facts, rows }
}

async function factsOf(
  ctx: ReadContext,
  patient: PatientSummary,
  rows: ExamRows,
  language: Locale,
): Promise<ReportFacts> {
  const { timeZone } = ctx.tenant
  const { exam, around } = rows
  const shown = inOrder(rows.shown.filter((row) => notDoneBecause(row) === null))
  const codes = shown.map((row) => row.code)
  const series = await seriesOf(ctx, patient.id, codes, { limit: 24 })
  const day = dateIn(exam.effectiveAt, timeZone)
  const ageYears = patient.birthDate ? Math.max(0, ageOn(patient.birthDate, day)) : null
  const abnormal = shown.filter((row) => flagOf(row) !== '')
  return {
    organization: { name: ctx.tenant.name, ...(await findPlace(ctx.db, ctx.organizationId)) },
    patient: personOf(patient, ageYears),
    exam: { id: exam.id, date: day, site: exam.performer, title: exam.title, category: exam.category },
    sections: [...panelSections(shown, language), ...narrativeSections(around)],
    abnormalItems: abnormal.map((row) => abnormalItem(row, series, language, timeZone)),
    comparison: comparisonOf(
      abnormal.map((row) => row.code),
      series,
      exam.effectiveAt,
      language,
      timeZone,
    ),
    history: await historyOf(ctx, patient.id, day, language),
    questionnaires: await questionnairesOf(ctx, patient.id, day, language),
    risks: await risksOf(ctx, patient.id, ageYears, ctx.today, language),
    advice: await adviceOf(ctx, patient.id, language),
    attachments: around.map(({ title, effectiveAt, performer }) => ({
      title,
      date: dateIn(effectiveAt, timeZone),
      performer,
    })),
    notDone: rows.shown.flatMap((row) => {
      const reason = notDoneBecause(row)
      return reason === null ? [] : [{ name: nameOf(row.code, language, printedName(row)), reason }]
    }),
  }
}

const places = new Map(indicators().map(({ code }, at) => [code, at]))

function inOrder(rows: readonly ObservationRow[]): ObservationRow[] {
  const placeOf = ({ code }: ObservationRow) => places.get(code) ?? places.size
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.code < b.code ? -1 : 1))
}

function personOf(patient: PatientSummary, ageYears: number | null): ReportFacts['patient'] {
  return {
    name: patient.name,
    sex: patient.sex,
    ageYears,
    birthDate: patient.birthDate,
    cardNumberMasked: maskNumber(patient.recordNumber),
    phoneMasked: patient.phoneMasked,
  }
}

function maskNumber(number: string | null): string {
  if (!number) return '****'
  return number.length <= 4 ? '****' : `${number.slice(0, 2)}${'*'.repeat(number.length - 4)}${number.slice(-2)}`
}

function abnormalItem(
  row: ObservationRow,
  series: ReadonlyMap<string, readonly ObservationRow[]>,
  language: Locale,
  timeZone: string,
): FactItem {
  const before = previousRow(row, series)
  return {
    ...itemOf(row, language),
    ...previousOf(before, timeZone),
    part: panelKey(panelOf(row.code)),
    explanation: explain(row, flagOf(row), before, language),
  }
}

const panelKey = (code: string): string => `panel:${code}`

function panelSections(rows: readonly ObservationRow[], language: Locale): FactSection[] {
  const byPanel = Map.groupBy(rows, (row) => panelOf(row.code))
  return panelNames(language).flatMap(({ code, name }) => {
    const items = (byPanel.get(code) ?? []).map((row) => itemOf(row, language))
    return items.length > 0 ? [{ key: panelKey(code), title: name, items }] : []
  })
}

/** Known by their titles, since a corrected report comes with another id; the second of one title is `:2`. */
function narrativeSections(reports: readonly NewestReport[]): FactSection[] {
  const seen = new Map<string, number>()
  return reports
    .filter((report) => report.finding || report.impression)
    .toSorted((a, b) => a.effectiveAt.getTime() - b.effectiveAt.getTime() || (a.title < b.title ? -1 : 1))
    .map((report) => ({
      key: narrativeKey(report.title, seen),
      title: report.title,
      ...(report.performer ? { examiner: report.performer } : {}),
      items: [],
      narrative: { finding: report.finding ?? '', impression: report.impression ?? '' },
    }))
}

function narrativeKey(title: string, seen: Map<string, number>): string {
  const times = (seen.get(title) ?? 0) + 1
  seen.set(title, times)
  return `said:${hashOf(title).slice(0, 16)}:${times}`
}
