import { hasHan, withoutMark } from '../dialect.ts'
import type { CodeSystem, IncomingCode } from '../incoming.ts'
import { objectOf, objectsOf, textOf } from './json.ts'

const SYSTEMS: Record<string, CodeSystem> = {
  'http://loinc.org': 'loinc',
  'urn:oid:2.16.840.1.113883.6.1': 'loinc',
  'http://snomed.info/sct': 'snomed',
  'urn:oid:2.16.840.1.113883.6.96': 'snomed',
  'http://hl7.org/fhir/sid/icd-10': 'icd-10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'icd-10',
  'http://hl7.org/fhir/sid/icd-10-cn': 'icd-10',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'rxnorm',
  'http://www.whocc.no/atc': 'atc',
}

export type Concept = { codes: IncomingCode[]; name: string }

export function readCoding(value: unknown): IncomingCode | undefined {
  const coding = objectOf(value)
  const code = textOf(coding.code)
  if (code === '') return undefined
  const systemText = textOf(coding.system)
  const system = systemText === '' ? 'local' : (SYSTEMS[systemText.toLowerCase()] ?? 'other')
  const display = textOf(coding.display)
  const read: IncomingCode = { code, system }
  if (system === 'other') read.systemText = systemText
  if (display !== '') read.name = display
  return read
}

/** A CodeableConcept: all its codings, and the name a person would read (Chinese first, then its text). */
export function readConcept(value: unknown): Concept {
  const concept = objectOf(value)
  const codes = objectsOf(concept.coding)
    .map(readCoding)
    .filter((one) => one !== undefined)
  const displays = objectsOf(concept.coding).map((coding) => textOf(coding.display))
  const names = [textOf(concept.text), ...displays].filter(Boolean)
  return { codes, name: withoutMark(names.find(hasHan) ?? names[0] ?? codes[0]?.code ?? '') }
}

/** All codes of several concepts. */
export function readConcepts(values: unknown): IncomingCode[] {
  return objectsOf(values).flatMap((one) => readConcept(one).codes)
}

/** The first code of a concept: for states and categories whose value set FHIR fixes. */
export function codeOf(value: unknown): string {
  return readConcept(value).codes[0]?.code ?? ''
}
