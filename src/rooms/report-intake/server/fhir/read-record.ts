import type { IncomingPatient } from '../incoming.ts'
import type {
  IncomingAllergy,
  IncomingCondition,
  IncomingEncounter,
  IncomingMedication,
  IncomingProcedure,
} from '../incoming-record.ts'
import { codeOf, readConcept, readConcepts } from './coding.ts'
import type { Concept } from './coding.ts'
import { listOf, objectOf, objectsOf, textOf } from './json.ts'
import { humanName } from './read-person.ts'
import { sourceIdOf } from './references.ts'
import type { Entry, References } from './references.ts'
import { readChoiceOfTime, readDateTime } from './time.ts'

export type Reading = {
  references: References
  zone: string
  /** The person a reference means; the same object each time. */
  patientOf: (reference: unknown, from: Entry) => IncomingPatient
}

/** What all recorded facts share. `patient` is called so in some resources and `subject` in others. */
function recorded(entry: Entry, { codes, name }: Concept, { references, patientOf }: Reading) {
  const { resource } = entry
  const encounter = references.resolve(resource.encounter, entry)
  return {
    sourceId: recordedId(entry),
    patient: patientOf(resource.subject ?? resource.patient, entry),
    codes,
    name,
    ...present({ encounterSourceId: encounter && recordedId(encounter) }),
  }
}

/** The id a resource is kept under; an address made for the bundle alone is better than none. */
export function recordedId(entry: Entry): string {
  return sourceIdOf(entry) ?? (entry.fullUrl || entry.expression)
}

export function readEncounter(entry: Entry, reading: Reading): IncomingEncounter {
  const { resource } = entry
  const { references, zone } = reading
  const types = objectsOf(resource.type).map(readConcept)
  const period = objectOf(resource.period)
  const kind = { codes: types.flatMap((one) => one.codes), name: types[0]?.name ?? '' }
  const doctor = objectsOf(resource.participant)
    .map((one) => nameOf(one.individual, entry, references))
    .find(Boolean)
  return {
    ...recorded(entry, kind, reading),
    status: textOf(resource.status),
    reasons: readConcepts(resource.reasonCode),
    ...present({
      encounterClass: textOf(objectOf(resource.class).code) || undefined,
      startedAt: readDateTime(period.start, zone),
      endedAt: readDateTime(period.end, zone),
      departmentName: nameOf(resource.serviceProvider, entry, references),
      doctorName: doctor,
    }),
  }
}

export function readCondition(entry: Entry, reading: Reading): IncomingCondition {
  const { resource } = entry
  return {
    ...recorded(entry, readConcept(resource.code), reading),
    ...present({
      clinicalStatus: codeOf(resource.clinicalStatus) || undefined,
      verificationStatus: codeOf(resource.verificationStatus) || undefined,
      onsetAt: readChoiceOfTime(resource, 'onset', reading.zone),
      abatedAt: readChoiceOfTime(resource, 'abatement', reading.zone),
      recordedAt: readDateTime(resource.recordedDate, reading.zone),
    }),
  }
}

export function readProcedure(entry: Entry, reading: Reading): IncomingProcedure {
  const { resource } = entry
  return {
    ...recorded(entry, readConcept(resource.code), reading),
    status: textOf(resource.status),
    ...present({
      performedAt: readChoiceOfTime(resource, 'performed', reading.zone),
      endedAt: readDateTime(objectOf(resource.performedPeriod).end, reading.zone),
    }),
  }
}

export function readMedication(entry: Entry, reading: Reading): IncomingMedication {
  const { resource } = entry
  const referred = reading.references.resolve(resource.medicationReference, entry)
  const display = textOf(objectOf(resource.medicationReference).display)
  const kind = readConcept(referred ? referred.resource.code : resource.medicationCodeableConcept)
  const dosage = objectsOf(resource.dosageInstruction)
    .map((one) => textOf(one.text))
    .filter(Boolean)
    .join('；')
  return {
    ...recorded(entry, { ...kind, name: kind.name || display }, reading),
    status: textOf(resource.status),
    intent: textOf(resource.intent),
    ...present({ prescribedAt: readDateTime(resource.authoredOn, reading.zone), dosageText: dosage || undefined }),
  }
}

export function readAllergy(entry: Entry, reading: Reading): IncomingAllergy {
  const { resource } = entry
  const reactions = objectsOf(resource.reaction).flatMap((one) =>
    objectsOf(one.manifestation).map((sign) => readConcept(sign).name),
  )
  return {
    ...recorded(entry, readConcept(resource.code), reading),
    categories: listOf(resource.category).map(textOf).filter(Boolean),
    reactions: reactions.filter(Boolean),
    ...present({
      clinicalStatus: codeOf(resource.clinicalStatus) || undefined,
      verificationStatus: codeOf(resource.verificationStatus) || undefined,
      criticality: textOf(resource.criticality) || undefined,
      onsetAt: readChoiceOfTime(resource, 'onset', reading.zone),
      recordedAt: readDateTime(resource.recordedDate, reading.zone),
    }),
  }
}

/** The name of a practitioner or an organization that is referred to. */
export function nameOf(reference: unknown, from: Entry, references: References): string | undefined {
  const display = textOf(objectOf(reference).display)
  if (display !== '') return display
  const found = references.resolve(reference, from)?.resource
  if (!found) return undefined
  return (typeof found.name === 'string' ? textOf(found.name) : humanName(objectsOf(found.name)[0])) || undefined
}

/** Leaves out what is undefined, so that what a source did not say is not there. */
function present<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}
