import { decode } from '../hl7/charset.ts'
import type { IncomingPatient } from '../incoming.ts'
import type { IncomingIssue, IncomingRecord } from '../incoming-record.ts'
import { issueOf } from './issues.ts'
import { isEmpty, listOf, objectOf, objectsOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'
import { personOfReference, readPerson } from './read-person.ts'
import { readAllergy, readCondition, readEncounter, readMedication, readProcedure, recordedId } from './read-record.ts'
import { readDiagnosticReport, readLooseObservations } from './read-reports.ts'
import type { ReportReading } from './read-reports.ts'
import { References } from './references.ts'
import type { Entry } from './references.ts'

export type BundleOptions = {
  /** Who sends: the name of the connection it came by. */
  sourceSystem: string
  /** For times without an offset. */
  zone?: string
}

export type BundleOutcome =
  | {
      kind: 'bundle'
      record: IncomingRecord
      /** How many resources of each type the bundle holds. */
      counted: Record<string, number>
      /** What was not read, as in an OperationOutcome. */
      issues: IncomingIssue[]
    }
  | { kind: 'refused'; issues: IncomingIssue[] }

/** Reads a bundle from the bytes of a request. Never throws. */
export function readBundleBytes(bytes: Buffer, options: BundleOptions): BundleOutcome {
  let json: unknown
  try {
    json = JSON.parse(decode(bytes).text)
  } catch {
    return { kind: 'refused', issues: [issueOf('not-json', '')] }
  }
  return readBundle(json, options)
}

const TYPES = new Set(['transaction', 'batch', 'collection', 'document'])
/** Resources that others refer to, read where they are referred to. */
const REFERRED = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Specimen', 'Medication'])

/**
 * Reads a FHIR R4 Bundle (transaction, batch, collection, document), or a single resource as if it were one.
 * What it cannot take it names in `issues`; no input makes it throw.
 */
export function readBundle(input: unknown, { sourceSystem, zone = 'Asia/Shanghai' }: BundleOptions): BundleOutcome {
  const root = objectOf(input)
  const refused = (issue: IncomingIssue): BundleOutcome => ({ kind: 'refused', issues: [issue] })
  const type = textOf(root.resourceType)
  if (type === '') return refused(issueOf('not-bundle', '', '?'))
  const bundle: JsonObject = type === 'Bundle' ? root : { type: 'collection', entry: [{ resource: root }] }
  if (!TYPES.has(textOf(bundle.type))) return refused(issueOf('bundle-type', 'Bundle.type', textOf(bundle.type) || '?'))
  const issues: IncomingIssue[] = []
  const entries = entriesOf(bundle, issues)
  if (entries.length === 0) return refused(issueOf('no-entries', 'Bundle.entry'))
  const references = new References(entries)
  const personOf = peopleOf()
  const reading: ReportReading = {
    references,
    zone,
    sourceSystem,
    issues,
    patientOf: patientsOf(references, personOf, issues),
  }
  return { kind: 'bundle', ...readEntries(entries, reading, personOf), issues }
}

function entriesOf(bundle: JsonObject, issues: IncomingIssue[]): Entry[] {
  const entries: Entry[] = []
  for (const [index, one] of objectsOf(bundle.entry).entries()) {
    const expression = `Bundle.entry[${index}]`
    const resource = objectOf(one.resource)
    if (textOf(objectOf(one.request).method) === 'DELETE') issues.push(issueOf('deletion', expression))
    else if (isEmpty(resource)) issues.push(issueOf('no-resource', expression))
    else
      entries.push({
        resource,
        type: textOf(resource.resourceType),
        fullUrl: textOf(one.fullUrl),
        expression: `${expression}.resource`,
      })
  }
  return entries
}

/** Reads each Patient once, so that all facts about a person share one object. */
function peopleOf(): (resource: JsonObject) => IncomingPatient {
  const known = new Map<JsonObject, IncomingPatient>()
  return (resource) => {
    const person = known.get(resource) ?? readPerson(resource)
    known.set(resource, person)
    return person
  }
}

function patientsOf(
  references: References,
  personOf: (resource: JsonObject) => IncomingPatient,
  issues: IncomingIssue[],
): ReportReading['patientOf'] {
  const unknown = new Map<string, IncomingPatient>()
  return (reference, from) => {
    const found = references.resolve(reference, from)
    if (found?.type === 'Patient') return personOf(found.resource)
    const key = JSON.stringify(reference ?? null)
    let person = unknown.get(key)
    if (!person) {
      unknown.set(key, (person = personOfReference(reference)))
      issues.push(issueOf('unknown-patient', from.expression, textOf(objectOf(reference).reference) || '?'))
    }
    return person
  }
}

function readEntries(
  entries: Entry[],
  reading: ReportReading,
  personOf: (resource: JsonObject) => IncomingPatient,
): { record: IncomingRecord; counted: Record<string, number> } {
  const record: IncomingRecord = {
    patients: [],
    reports: [],
    encounters: [],
    conditions: [],
    procedures: [],
    medications: [],
    allergies: [],
  }
  const counted = new Map<string, number>()
  const notRead = new Map<string, { count: number; expression: string }>()
  const taken = new Set<unknown>()
  for (const entry of entries) {
    counted.set(entry.type, (counted.get(entry.type) ?? 0) + 1)
    const isKnown = guarded(entry, reading, () => {
      if (entry.type !== 'Patient') return readEntry(entry, record, reading, taken)
      record.patients.push({ sourceId: recordedId(entry), patient: personOf(entry.resource) })
      return true
    })
    if (isKnown) continue
    const before = notRead.get(entry.type)
    notRead.set(entry.type, { count: (before?.count ?? 0) + 1, expression: before?.expression ?? entry.expression })
  }
  const loose = entries.filter((entry) => entry.type === 'Observation' && !taken.has(entry.resource))
  const first = loose[0]
  if (first) guarded(first, reading, () => (record.reports.push(...readLooseObservations(loose, reading)), true))
  for (const [type, { count, expression }] of notRead)
    reading.issues.push({ ...issueOf('not-read', expression, `${count} × ${type || '?'}`) })
  return { record, counted: Object.fromEntries(counted) }
}

/** Reads one resource into the record; false when its type is not one of those that are taken. */
function readEntry(entry: Entry, record: IncomingRecord, reading: ReportReading, taken: Set<unknown>): boolean {
  switch (entry.type) {
    case 'DiagnosticReport':
      record.reports.push(readDiagnosticReport(entry, reading, taken))
      return true
    case 'Encounter':
      record.encounters.push(readEncounter(entry, reading))
      return true
    case 'Condition':
      record.conditions.push(readCondition(entry, reading))
      return true
    case 'Procedure':
      record.procedures.push(readProcedure(entry, reading))
      return true
    case 'MedicationRequest':
      record.medications.push(readMedication(entry, reading))
      return true
    case 'AllergyIntolerance':
      record.allergies.push(readAllergy(entry, reading))
      return true
    case 'Observation':
      return true
    default:
      return REFERRED.has(entry.type)
  }
}

/** A fault of ours in one resource must not cost the others. */
function guarded(entry: Entry, { issues }: ReportReading, read: () => boolean): boolean {
  try {
    return read()
  } catch {
    issues.push(issueOf('fault', entry.expression))
    return true
  }
}

/** What the sender is told, as a FHIR OperationOutcome. */
export function operationOutcome(issues: IncomingIssue[], language: 'zh' | 'en'): JsonObject {
  return {
    resourceType: 'OperationOutcome',
    issue:
      listOf(issues).length === 0
        ? [{ severity: 'information', code: 'informational' }]
        : issues.map(({ severity, code, expression, diagnostics }) => ({
            severity,
            code,
            diagnostics: diagnostics[language],
            ...(expression === '' ? {} : { expression: [expression] }),
          })),
  }
}
