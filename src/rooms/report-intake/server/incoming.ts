import { hash } from 'node:crypto'

/**
 * What every reader (HL7 v2, FHIR, spreadsheet, form) hands on: reports in one neutral shape, as the source said
 * them. Nothing here is normalised clinically: codes, units and ranges stay the source's own.
 */

/** A moment as precisely as the source knew it: `at` is ISO 8601 with offset, its unknown parts at their start. */
export type IncomingInstant = { at: string; precision: 'year' | 'month' | 'day' | 'minute' | 'second' }

export type IdentifierSystem = 'national-id' | 'record-number' | 'patient-number' | 'card' | 'unknown'

export type IncomingIdentifier = {
  system: IdentifierSystem
  value: string
  /** What the sender called it (`SFZH`, `MR`, `PID-19`); empty when it said nothing. */
  typed: string
  /** For `national-id` only: whether date and check digit are right. */
  checksumOk?: boolean
}

export type IncomingPatient = {
  identifiers: IncomingIdentifier[]
  name?: string
  pinyin?: string
  sex: 'male' | 'female' | 'other' | 'unknown'
  /** Calendar date `YYYY-MM-DD`. */
  birthDate?: string
  /** Digits alone where it is a number of a mobile telephone in China. */
  phone?: string
  comment?: string
}

export type CodeSystem = 'loinc' | 'snomed' | 'icd-10' | 'rxnorm' | 'atc' | 'local' | 'other'
/** `systemText` is the sender's own word for the code system (`99LAB`, a URL), when it gave one. */
export type IncomingCode = { code: string; system: CodeSystem; systemText?: string; name?: string }

export type IncomingStatus = 'final' | 'preliminary' | 'corrected' | 'cancelled'

/** Why there is no value: not done, declined by the person, or the source printed only asterisks or nothing. */
export type AbsentReason = 'not-performed' | 'declined' | 'unreadable' | 'empty'

export type IncomingQuantity = { value: number; comparator?: '<' | '<=' | '>' | '>='; remark?: string }

export type IncomingResult = {
  sequence: number
  /** The source's own id of this result, where it has one (FHIR). */
  sourceResultId?: string
  codes: IncomingCode[]
  name: string
  subId?: string
  /** The panel it stands under when one report joins several, or the observation it is a component of. */
  panelName?: string
  /** The value exactly as sent, escapes resolved. */
  valueText: string
  /** The source's type, for example `NM`, `ST`, `TX`, `valueQuantity`. */
  valueType: string
  /** What can be read from `valueText` without guessing. */
  quantity?: IncomingQuantity
  absent?: AbsentReason
  valueCodes?: IncomingCode[]
  /** An embedded file, as sent: `content` in the stated encoding. */
  attachment?: { mediaType: string; encoding: string; content: string }
  unit?: string
  rangeText?: string
  /** HL7 table 0078 where it could be recognised (`N`, `H`, `L`, `HH`, `LL`, `A`), otherwise as sent. */
  flagText?: string
  status: IncomingStatus
  observedAt?: IncomingInstant
  method?: string
  comment?: string
  narrative?: boolean
}

export type ReportCategory = 'laboratory' | 'imaging' | 'ecg' | 'physical' | 'health-check' | 'other'

export type IncomingReport = {
  sourceSystem: string
  /** The source's own number, or `content:<hash>` where it gave none. */
  sourceReportId: string
  status: IncomingStatus
  performedAt?: IncomingInstant
  collectedAt?: IncomingInstant
  reportedAt?: IncomingInstant
  category: ReportCategory
  titleCode?: string
  titleName?: string
  isHealthCheck: boolean
  patientClass?: string
  patientType?: string
  orderingDoctorName?: string
  reportingDoctorName?: string
  departmentName?: string
  comment?: string
  patient: IncomingPatient
  results: IncomingResult[]
}

/**
 * A stable hash (64 hex digits) of what a report says, to know the same report when it comes twice. The moment it
 * was sent or printed (`reportedAt`) is left out, for it changes with each resending; the source's numbering too,
 * where it was itself made from the content.
 */
export function fingerprint(report: IncomingReport): string {
  const { patient } = report
  const identity = [
    report.sourceSystem,
    report.sourceReportId.startsWith('content:') ? '' : report.sourceReportId,
    report.status,
    report.category,
    report.titleCode,
    report.titleName,
    report.performedAt?.at,
    report.collectedAt?.at,
    report.isHealthCheck,
    report.comment,
    patient.identifiers.map((one) => [one.system, one.value]),
    [patient.name, patient.sex, patient.birthDate, patient.phone],
  ]
  return hash('sha256', JSON.stringify([identity, report.results.map(contentOf)]), 'hex')
}

function contentOf(result: IncomingResult): unknown[] {
  return [
    result.codes.map((code) => [code.code, code.system]),
    result.name,
    result.subId,
    result.valueText,
    result.valueCodes?.map((code) => [code.code, code.system]),
    result.attachment?.content,
    result.unit,
    result.rangeText,
    result.flagText,
    result.status,
    result.observedAt?.at,
    result.comment,
  ]
}

/** The id of a report whose source gave none: a hash of its content, the same for the same content. */
export function contentId(report: IncomingReport): string {
  return `content:${fingerprint({ ...report, sourceReportId: 'content:' }).slice(0, 32)}`
}
