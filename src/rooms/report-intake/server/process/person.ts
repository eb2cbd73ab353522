import { hash } from 'node:crypto'
import { recordNumber as validRecordNumber, type NewPatient } from '../../../patient/contract/person.ts'
import { readPhone } from '../../../patient/contract/phone.ts'
import type { PersonToMatch } from '../../../patient/server/index.ts'
import { hasHan } from '../dialect.ts'
import type { IdentifierSystem, IncomingPatient } from '../incoming.ts'
import { plainText } from '../plain-text.ts'

/** A person as a sender describes them, in the form that is matched, kept and shown. */
export interface SentPerson {
  name: string
  sex: IncomingPatient['sex']
  birthDate: string | null
  nationalId: string | null
  recordNumber: string | null
  phone: string | null
}

export function sentPerson(patient: IncomingPatient): SentPerson {
  const first = (...systems: IdentifierSystem[]) =>
    systems
      .map((system) => patient.identifiers.find((one) => one.system === system)?.value)
      .find((value) => value !== undefined)
  const national = patient.identifiers.find((one) => one.system === 'national-id' && one.checksumOk)?.value ?? null
  const name = plainText(patient.name ?? '').slice(0, 200)
  // A number of which the sender does not say what it is counts only beside a name that can contradict it.
  const recordNumber = first('record-number', 'patient-number') ?? (name === '' ? undefined : first('unknown'))
  return {
    name,
    sex: patient.sex,
    birthDate: patient.birthDate ?? null,
    nationalId: national,
    recordNumber: recordNumber === undefined ? null : plainText(recordNumber).slice(0, 60),
    phone: patient.phone ? plainText(patient.phone).slice(0, 40) : null,
  }
}

export function toMatch(person: SentPerson): PersonToMatch {
  return {
    name: person.name || null,
    birthDate: person.birthDate,
    paperNumber: person.nationalId,
    recordNumber: person.recordNumber,
    phone: person.phone,
  }
}

/** Text under which the same description of a person is known again; undefined when nothing tells them from others. */
export function identityText(person: SentPerson, source: string): string | undefined {
  const parts = [person.name, person.birthDate, person.nationalId, person.recordNumber, person.phone]
  const isKnowable = person.nationalId || person.recordNumber || (person.name && (person.phone || person.birthDate))
  return isKnowable ? JSON.stringify([...parts, person.nationalId ? '' : source]) : undefined
}

/** The one number or description that names a person in their sender's system, whatever else it adds later. */
export function strongestIdentity(patient: IncomingPatient): string {
  const of = (system: IdentifierSystem) => patient.identifiers.find((one) => one.system === system)?.value
  return (
    of('record-number') ??
    of('national-id') ??
    of('patient-number') ??
    of('unknown') ??
    JSON.stringify([patient.name, patient.birthDate, patient.phone])
  )
}

/** What to register somebody by; undefined when the description does not suffice to know them again. */
export function toRegister(person: SentPerson): NewPatient | undefined {
  const isNumbered = person.recordNumber !== null && validRecordNumber.safeParse(person.recordNumber).success
  if (person.name === '' || person.birthDate === null || (person.nationalId === null && !isNumbered)) return undefined
  return {
    name: withoutFigures(person.name),
    birthDate: person.birthDate,
    ...(person.sex === 'unknown' ? {} : { sex: person.sex }),
    ...(person.nationalId ? { paper: { kind: 'national-id' as const, number: person.nationalId } } : {}),
    ...(isNumbered ? { recordNumber: person.recordNumber! } : {}),
    // A number that is none here (`555-1234`) is no reason to turn a person away.
    ...(person.phone && readPhone(person.phone) ? { phone: person.phone } : {}),
    locale: hasHan(person.name) || person.nationalId ? 'zh-CN' : 'en',
    source: 'interface',
  }
}

/** Systems number people of the same name (`张三2`); the name itself has no figures. */
function withoutFigures(name: string): string {
  return name.replace(/(?<=\p{L})\d+/gu, '').trim()
}

export function shortHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 12)
}
