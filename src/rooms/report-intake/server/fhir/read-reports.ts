import { createHash } from 'node:crypto'
import { attachmentName, categoryOf, categoryOfSection, conclusionName, isCheckUpTitle } from '../dialect.ts'
import { contentId } from '../incoming.ts'
import type { IncomingReport, IncomingResult, ReportCategory } from '../incoming.ts'
import type { IncomingIssue } from '../incoming-record.ts'
import { readConcept, readConcepts } from './coding.ts'
import { issueOf } from './issues.ts'
import { listOf, objectOf, objectsOf, textOf } from './json.ts'
import { readObservation, STATUS } from './read-observation.ts'
import { nameOf, recordedId } from './read-record.ts'
import type { Reading } from './read-record.ts'
import { sourceIdOf } from './references.ts'
import type { Entry } from './references.ts'
import { readChoiceOfTime, readDateTime } from './time.ts'

export type ReportReading = Reading & { sourceSystem: string; issues: IncomingIssue[] }

/** A DiagnosticReport with the observations it names; those are noted in `taken`. */
export function readDiagnosticReport(entry: Entry, reading: ReportReading, taken: Set<unknown>): IncomingReport {
  const { resource } = entry
  const { references, zone } = reading
  const results: IncomingResult[] = []
  for (const [index, reference] of listOf(resource.result).entries()) {
    const found = references.resolve(reference, entry)
    const place = `${entry.expression}.result[${index}]`
    if (found?.type !== 'Observation')
      reading.issues.push(issueOf('missing-result', place, textOf(objectOf(reference).reference)))
    else if (taken.has(found.resource)) reading.issues.push(issueOf('shared-result', place, recordedId(found)))
    else {
      taken.add(found.resource)
      results.push(...readObservation(found.resource, recordedId(found), zone))
    }
  }
  results.push(...ownTexts(entry))
  const { codes, name } = readConcept(resource.code)
  const section = readConcepts(resource.category)
    .map((one) => categoryOfSection(one.code))
    .find(Boolean)
  const ofCheckUp = isHealthCheck(entry, reading)
  const report: IncomingReport = {
    sourceSystem: reading.sourceSystem,
    sourceReportId: sourceIdOf(entry) ?? '',
    status: STATUS[textOf(resource.status)] ?? 'final',
    category: isCheckUpTitle(name)
      ? 'health-check'
      : (section ?? categoryOf(name) ?? (ofCheckUp ? 'health-check' : 'laboratory')),
    isHealthCheck: ofCheckUp,
    patient: reading.patientOf(resource.subject, entry),
    results: results.map((result, sequence) => ({ ...result, sequence })),
  }
  if (codes[0]) report.titleCode = codes[0].code
  if (name !== '') report.titleName = name
  const specimen = references.resolve(listOf(resource.specimen)[0], entry)
  const collectedAt = specimen && readChoiceOfTime(objectOf(specimen.resource.collection), 'collected', zone)
  const performedAt =
    readChoiceOfTime(resource, 'effective', zone) ?? collectedAt ?? results.find((one) => one.observedAt)?.observedAt
  const reportedAt = readDateTime(resource.issued, zone)
  if (performedAt) report.performedAt = performedAt
  if (collectedAt) report.collectedAt = collectedAt
  if (reportedAt) report.reportedAt = reportedAt
  const doctor = listOf(resource.resultsInterpreter)
    .map((one) => nameOf(one, entry, references))
    .find(Boolean)
  if (doctor) report.reportingDoctorName = doctor
  const department = listOf(resource.performer)
    .map((one) => nameOf(one, entry, references))
    .find(Boolean)
  if (department) report.departmentName = department
  if (report.sourceReportId === '') report.sourceReportId = contentId(report)
  return report
}

/** The conclusion and the files of a report, which have no Observation of their own. */
function ownTexts(entry: Entry): IncomingResult[] {
  const { resource } = entry
  const status = STATUS[textOf(resource.status)] ?? 'final'
  const base = { sequence: 0, codes: [], status }
  const texts: IncomingResult[] = []
  const conclusion = textOf(resource.conclusion)
  const codes = readConcepts(resource.conclusionCode)
  if (conclusion !== '' || codes.length > 0) {
    const valueText = conclusion || codes.map((one) => one.name ?? one.code).join('；')
    texts.push({
      ...base,
      name: conclusionName,
      valueText,
      valueType: 'conclusion',
      narrative: true,
      ...(codes.length > 0 ? { valueCodes: codes } : {}),
    })
  }
  for (const form of objectsOf(resource.presentedForm)) {
    const content = textOf(form.data)
    const attachment = {
      mediaType: textOf(form.contentType),
      encoding: content === '' ? 'url' : 'base64',
      content: content || textOf(form.url),
    }
    if (attachment.content !== '')
      texts.push({
        ...base,
        name: textOf(form.title) || attachmentName,
        valueText: '',
        valueType: 'presentedForm',
        attachment,
      })
  }
  return texts
}

function isHealthCheck(entry: Entry, { references }: Reading): boolean {
  const encounter = references.resolve(entry.resource.encounter, entry)?.resource
  const named = [...objectsOf(encounter?.type), ...objectsOf([encounter?.serviceType])].map(
    (one) => readConcept(one).name,
  )
  return named.some((name) => name.includes('体检'))
}

/**
 * Observations that no report names, gathered into reports by patient, encounter, category and time, as they were
 * taken together. The number of such a report follows from its observations, so the same ones are the same report.
 */
export function readLooseObservations(entries: Entry[], reading: ReportReading): IncomingReport[] {
  const groups = new Map<string, { entries: Entry[]; category: string }>()
  for (const entry of entries) {
    const { resource } = entry
    const category = readConcepts(resource.category)[0]?.code ?? ''
    const at = readChoiceOfTime(resource, 'effective', reading.zone)?.at ?? recordedId(entry)
    const key = JSON.stringify([resource.subject, resource.encounter, category, at])
    const group = groups.get(key)
    if (group) group.entries.push(entry)
    else groups.set(key, { entries: [entry], category })
  }
  return [...groups.values()]
    .map((group) => looseReport(group.entries, group.category, reading))
    .filter((report) => report.results.length > 0)
}

// FHIR observation-category.
const CATEGORIES: Record<string, ReportCategory> = {
  'vital-signs': 'physical',
  exam: 'physical',
  laboratory: 'laboratory',
  imaging: 'imaging',
}

function looseReport(entries: Entry[], categoryCode: string, reading: ReportReading): IncomingReport {
  const [first] = entries
  if (!first) throw new Error('a group of observations is never empty')
  const results = entries.flatMap((entry) => readObservation(entry.resource, recordedId(entry), reading.zone))
  const statuses = new Set(results.map((one) => one.status))
  const report: IncomingReport = {
    sourceSystem: reading.sourceSystem,
    sourceReportId: '',
    status: (['corrected', 'preliminary', 'final'] as const).find((status) => statuses.has(status)) ?? 'cancelled',
    category: CATEGORIES[categoryCode] ?? categoryOf(results[0]?.name ?? '') ?? 'other',
    isHealthCheck: isHealthCheck(first, reading),
    patient: reading.patientOf(first.resource.subject, first),
    results: results.map((result, sequence) => ({ ...result, sequence })),
  }
  const performedAt = results.find((one) => one.observedAt)?.observedAt
  const reportedAt = readDateTime(first.resource.issued, reading.zone)
  if (performedAt) report.performedAt = performedAt
  if (reportedAt) report.reportedAt = reportedAt
  const ids = entries.map(sourceIdOf)
  report.sourceReportId = ids.includes(undefined)
    ? contentId(report)
    : entries.length === 1
      ? (ids[0] ?? '')
      : gatheredId(ids)
  return report
}

function gatheredId(ids: (string | undefined)[]): string {
  return `observations:${createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('hex')
    .slice(0, 32)}`
}
