import { categoryOf, categoryOfSection, isCheckUpTitle, isHealthCheckClass, mentionsCheckUp } from '../dialect.ts'
import { contentId } from '../incoming.ts'
import type { IncomingInstant, IncomingReport, IncomingStatus, ReportCategory } from '../incoming.ts'
import { chooseName, readName } from '../person-name.ts'
import { readCodeAndText, readCodedField } from './coded.ts'
import type { Coded } from './coded.ts'
import { groupOrders } from './group-orders.ts'
import type { OrderGroup } from './group-orders.ts'
import { nthPart } from './parse.ts'
import type { Hl7Message, Segment } from './parse.ts'
import { readPatient } from './read-patient.ts'
import { readResult, statedStatus } from './read-result.ts'
import { timeReader } from './time.ts'

/**
 * The reports of an ORU or OUL message, one for each order; orders that bear the same number are one report.
 * `zone` (IANA name or offset) holds for times without an offset. Empty when there is neither OBR nor OBX.
 */
export function readReports(message: Hl7Message, options: { zone: string; specimenFirst: boolean }): IncomingReport[] {
  const readTime = timeReader(options.zone)
  const sourceSystem = sourceSystemOf(message.header)
  const sentAt = readTime(message.header.first(7))
  const patients = new Map<unknown, IncomingReport['patient']>()
  const reports: IncomingReport[] = []
  for (const group of groupOrders(message, options.specimenFirst)) {
    let patient = patients.get(group.patient)
    if (!patient) {
      patient = group.patient.pid ? readPatient(group.patient.pid) : { identifiers: [], sex: 'unknown' }
      const comment = notesText(group.patient.notes)
      if (comment) patient.comment = comment
      patients.set(group.patient, patient)
    }
    reports.push(readOrder(group, { patient, sourceSystem, sentAt, readTime }))
  }
  return joinSameNumber(reports)
}

/** Application and facility that sent the message: `LIS/东院`. */
export function sourceSystemOf(header: Segment): string {
  const part = (field: number): string => header.first(field) || header.first(field, 2)
  return [part(3), part(4)].filter(Boolean).join('/') || 'unknown'
}

type Circumstances = {
  patient: IncomingReport['patient']
  sourceSystem: string
  sentAt: IncomingInstant | undefined
  readTime: (text: string) => IncomingInstant | undefined
}

function readOrder(group: OrderGroup, { patient, sourceSystem, sentAt, readTime }: Circumstances): IncomingReport {
  const { obr, orc } = group
  const results = group.results.map(({ obx, notes }, sequence) => {
    const result = readResult(obx, sequence, readTime)
    const comment = notesText(notes)
    if (comment) result.comment = comment
    return result
  })
  const { codes, name } = titleOf(obr)
  const report: IncomingReport = {
    sourceSystem,
    sourceReportId: reportNumber(group),
    status: statusOf(obr, group),
    category: 'other',
    isHealthCheck: false,
    patient,
    results,
  }
  if (codes[0]) report.titleCode = codes[0].code
  if (name !== '') report.titleName = name
  const comment = notesText(group.notes)
  if (comment) report.comment = comment
  setCircumstances(report, group.patient.visit, obr, orc)
  report.category = categoryOfOrder(obr, report)
  setTimes(report, group, sentAt, readTime)
  if (report.sourceReportId === '') report.sourceReportId = contentId(report)
  return report
}

/** OBR-4, or OBR-5 where an analyser counts one field more and OBR-4 holds but a number. */
function titleOf(obr: Segment | undefined): Coded {
  if (!obr) return { codes: [], name: '' }
  const isShifted = /^\d{1,2}$/.test(obr.raw(4)) && obr.raw(5).includes(obr.separators.component)
  return readCodedField(obr, isShifted ? 5 : 4)
}

/** The filler's number (OBR-3, ORC-3), the placer's (OBR-2, ORC-2), its free field (OBR-18, often a barcode), the specimen's. */
function reportNumber({ obr, orc, specimens }: OrderGroup): string {
  const specimen = specimens[0]
  const specimenNumber = specimen && (entity(specimen, specimen.first(2, 2)) || entity(specimen, specimen.first(2)))
  return obr?.first(3) || orc?.first(3) || obr?.first(2) || orc?.first(2) || obr?.first(18) || specimenNumber || ''
}

function entity(segment: Segment, component: string): string {
  return nthPart(component, segment.separators.subcomponent, 1)
}

// HL7 table 0123; I and O say that results are still to come.
const REPORT_STATUS: Record<string, IncomingStatus> = {
  F: 'final',
  P: 'preliminary',
  A: 'preliminary',
  R: 'preliminary',
  I: 'preliminary',
  O: 'preliminary',
  S: 'preliminary',
  C: 'corrected',
  M: 'corrected',
  X: 'cancelled',
}

/** OBR-25, sharpened by its results: a corrected result makes a final report a corrected one. */
function statusOf(obr: Segment | undefined, group: OrderGroup): IncomingStatus {
  const said = REPORT_STATUS[obr?.first(25) ?? '']
  const stated = group.results.map(({ obx }) => statedStatus(obx))
  if (said === 'cancelled' || said === 'corrected') return said
  if (stated.includes('corrected')) return 'corrected'
  if (said) return said
  if (stated.length > 0 && stated.every((status) => status === 'cancelled')) return 'cancelled'
  return stated.includes('preliminary') ? 'preliminary' : 'final'
}

/**
 * A package (OBR-4) is a check-up even when the laboratory sends it; then the section (OBR-24), what the title speaks of,
 * and who sends. A part of a check-up stays what it is; with nothing else said, the class of the visit (PV1-2) decides.
 */
function categoryOfOrder(obr: Segment | undefined, report: IncomingReport): ReportCategory {
  const { titleName = '', sourceSystem, results } = report
  if (isCheckUpTitle(titleName)) return 'health-check'
  const known = categoryOfSection(obr?.first(24) ?? '') ?? categoryOf(titleName) ?? categoryOf(sourceSystem)
  if (known) return known
  const isFindings = results.length > 0 && results.every((result) => result.narrative)
  if (isFindings) return categoryOf(results.map((one) => `${one.name} ${one.valueText}`).join(' ')) ?? 'imaging'
  return report.isHealthCheck || mentionsCheckUp(`${titleName} ${sourceSystem}`) ? 'health-check' : 'laboratory'
}

function setTimes(
  report: IncomingReport,
  { obr, orc, specimens }: OrderGroup,
  sentAt: IncomingInstant | undefined,
  readTime: Circumstances['readTime'],
): void {
  const collectedAt = readTime(specimens[0]?.first(17) ?? '')
  const begun = readTime(obr?.first(7) ?? '') ?? readTime(obr?.first(8) ?? '')
  const reportedAt = readTime(obr?.first(22) ?? '') ?? sentAt
  // OBR-7 is when the sample was taken or the examination done: what a result is about, hence the first choice.
  const performedAt =
    begun ??
    collectedAt ??
    report.results.find((one) => one.observedAt)?.observedAt ??
    readTime(obr?.first(14) ?? '') ??
    readTime(obr?.first(22) ?? '') ??
    readTime(orc?.first(9) ?? '') ??
    readTime(obr?.first(6) ?? '')
  if (performedAt) report.performedAt = performedAt
  const taken = collectedAt ?? (report.category === 'laboratory' ? begun : undefined)
  if (taken) report.collectedAt = taken
  if (reportedAt) report.reportedAt = reportedAt
}

function setCircumstances(
  report: IncomingReport,
  visit: Segment | undefined,
  obr: Segment | undefined,
  orc: Segment | undefined,
): void {
  if (visit) {
    const patientClass = readCodeAndText(visit, 2)
    report.isHealthCheck = isHealthCheckClass(patientClass.code) || isHealthCheckClass(patientClass.text)
    if (patientClass.code !== '') report.patientClass = patientClass.code
    const patientType = readCodeAndText(visit, 18)
    if (patientType.code !== '') report.patientType = patientType.text || patientType.code
    const department = visit.first(3, 9) || visit.first(3)
    if (department !== '') report.departmentName = nthPart(department, visit.separators.subcomponent, 1)
  }
  const section = orc ? orc.first(17, 2) || orc.first(17) : ''
  if (section !== '') report.departmentName ??= section
  const ordering = doctorName(obr, 16) ?? doctorName(orc, 12)
  if (ordering) report.orderingDoctorName = ordering
  const reporting = doctorName(obr, 32)
  if (reporting) report.reportingDoctorName = reporting
}

/** XCN (`id^name`) or the older CN inside one component (`id&name`); an id alone names nobody. */
function doctorName(segment: Segment | undefined, field: number): string | undefined {
  if (!segment || segment.raw(field) === '') return undefined
  const names = segment.repetitions(field).map((repetition) => {
    const components = segment.components(repetition)
    const inside = (components[0] ?? '').split(segment.separators.subcomponent || '&')
    const parts = inside.length > 1 ? inside : components
    const isNameAlone = parts.length === 1 && !/^[\w.-]*$/.test(parts[0] ?? '')
    return readName(
      (isNameAlone ? parts : parts.slice(1, 4)).map((part) => nthPart(part, segment.separators.subcomponent, 1)),
    )
  })
  return chooseName(names).name
}

function notesText(notes: Segment[]): string | undefined {
  if (notes.length === 0) return undefined
  return (
    notes
      .map((note) => note.text(3))
      .filter(Boolean)
      .join('\n') || undefined
  )
}

/** Orders of one message that share patient and number (a panel cut into its items) are one report. */
function joinSameNumber(reports: IncomingReport[]): IncomingReport[] {
  if (reports.length < 2) return reports
  const byNumber = new Map<string, IncomingReport>()
  return reports.filter((report) => {
    const first = byNumber.get(report.sourceReportId)
    if (!first || first.patient !== report.patient) {
      if (!first) byNumber.set(report.sourceReportId, report)
      return true
    }
    for (const result of report.results) {
      if (report.titleName && report.titleName !== first.titleName) result.panelName = report.titleName
      first.results.push({ ...result, sequence: first.results.length })
    }
    if (first.status !== report.status)
      first.status = WORST.find((status) => status === first.status || status === report.status) ?? first.status
    if (report.comment) first.comment = [first.comment, report.comment].filter(Boolean).join('\n')
    return false
  })
}

/** Of two states of parts, the one the whole is in. */
const WORST: IncomingStatus[] = ['corrected', 'preliminary', 'final', 'cancelled']
