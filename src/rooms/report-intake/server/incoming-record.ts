import type { IncomingCode, IncomingInstant, IncomingPatient, IncomingReport } from './incoming.ts'

/** What a source hands over beside reports: the record it keeps of a patient. Codes and states are the source's. */
type Recorded = {
  /** The source's own id, or its reference inside the bundle where it gave none. */
  sourceId: string
  patient: IncomingPatient
  /** The encounter it belongs to, by its `sourceId`. */
  encounterSourceId?: string
  codes: IncomingCode[]
  name: string
}

export type IncomingEncounter = Recorded & {
  status: string
  /** For example `AMB`, `IMP`, `EMER` (HL7 v3 ActCode). */
  encounterClass?: string
  startedAt?: IncomingInstant
  endedAt?: IncomingInstant
  reasons: IncomingCode[]
  departmentName?: string
  doctorName?: string
}

export type IncomingCondition = Recorded & {
  clinicalStatus?: string
  verificationStatus?: string
  onsetAt?: IncomingInstant
  abatedAt?: IncomingInstant
  recordedAt?: IncomingInstant
}

export type IncomingProcedure = Recorded & { status: string; performedAt?: IncomingInstant; endedAt?: IncomingInstant }

export type IncomingMedication = Recorded & {
  status: string
  intent: string
  prescribedAt?: IncomingInstant
  dosageText?: string
}

export type IncomingAllergy = Recorded & {
  clinicalStatus?: string
  verificationStatus?: string
  criticality?: string
  categories: string[]
  onsetAt?: IncomingInstant
  recordedAt?: IncomingInstant
  reactions: string[]
}

/** As in a FHIR OperationOutcome: what was not read, where, and why. */
export type IncomingIssue = {
  severity: 'fatal' | 'error' | 'warning' | 'information'
  code: string
  /** FHIRPath of the place, for example `Bundle.entry[3].resource`. */
  expression: string
  diagnostics: { zh: string; en: string }
}

export type IncomingRecord = {
  patients: { sourceId: string; patient: IncomingPatient }[]
  reports: IncomingReport[]
  encounters: IncomingEncounter[]
  conditions: IncomingCondition[]
  procedures: IncomingProcedure[]
  medications: IncomingMedication[]
  allergies: IncomingAllergy[]
}
