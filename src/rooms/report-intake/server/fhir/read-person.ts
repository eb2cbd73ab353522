import { hasHan, identifierSystemOf, sexOf } from '../dialect.ts'
import type { IncomingIdentifier, IncomingPatient } from '../incoming.ts'
import { isNationalId, tidyId } from '../national-id.ts'
import { codeOf } from './coding.ts'
import { listOf, objectOf, objectsOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'

/** A FHIR Patient as the person it describes. */
export function readPerson(resource: JsonObject): IncomingPatient {
  const identifiers = objectsOf(resource.identifier)
    .map(readIdentifier)
    .filter((one) => one !== undefined)
  const patient: IncomingPatient = { identifiers, sex: sexOf(textOf(resource.gender)) }
  const names = objectsOf(resource.name)
    .filter((name) => textOf(name.use) !== 'old')
    .map(humanName)
    .filter(Boolean)
  const name = names.find(hasHan) ?? names[0]
  if (name) patient.name = name
  const pinyin = names.find((one) => !hasHan(one))
  if (name && hasHan(name) && pinyin) patient.pinyin = pinyin
  const birthDate = textOf(resource.birthDate)
  if (/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) patient.birthDate = birthDate
  const phone = readPhone(resource)
  if (phone) patient.phone = phone
  return patient
}

/** Someone of whom only a reference is known. */
export function personOfReference(reference: unknown): IncomingPatient {
  const { reference: target, identifier, display } = objectOf(reference)
  const logical = readIdentifier(objectOf(identifier))
  const search = /[?&]identifier=(?:[^|]*(?:\||%7C))?([^&]+)$/i.exec(textOf(target))?.[1]
  const value = search ?? textOf(target)
  const identifiers: IncomingIdentifier[] = logical
    ? [logical]
    : value === ''
      ? []
      : [{ system: 'unknown', value, typed: 'reference' }]
  const person: IncomingPatient = { identifiers, sex: 'unknown' }
  if (textOf(display) !== '') person.name = textOf(display)
  return person
}

/** Text as it is shown, else given and family name in the order of their script. */
export function humanName(value: unknown): string {
  const name = objectOf(value)
  const text = textOf(name.text)
  const family = textOf(name.family)
  const given = listOf(name.given).map(textOf).filter(Boolean)
  if (text !== '' && (hasHan(text) || !hasHan(family))) return text
  return hasHan(family) || given.some(hasHan) ? family + given.join('') : [...given, family].filter(Boolean).join(' ')
}

/** 居民身份证 in the object identifiers of the Chinese health information standard. */
const NATIONAL_ID = /2\.16\.156\.10011\.1\.3$|idcard|resident-?id|national-?id|sfz/i

function readIdentifier(identifier: JsonObject): IncomingIdentifier | undefined {
  const value = textOf(identifier.value)
  if (value === '') return undefined
  const systemText = textOf(identifier.system)
  const typed = codeOf(identifier.type) || textOf(objectOf(identifier.type).text) || systemText
  const tidy = tidyId(value)
  const checksumOk = isNationalId(tidy)
  const known = NATIONAL_ID.test(systemText) ? 'national-id' : identifierSystemOf(typed)
  if (known === 'national-id' || (known === undefined && checksumOk && tidy.length === 18)) {
    return { system: 'national-id', value: tidy, typed, checksumOk }
  }
  return { system: known ?? 'unknown', value, typed }
}

function readPhone(resource: JsonObject): string | undefined {
  const phones = objectsOf(resource.telecom)
    .filter((one) => ['phone', 'sms', ''].includes(textOf(one.system)) && textOf(one.use) !== 'old')
    .map((one) => textOf(one.value).replace(/^tel:/, ''))
    .filter(Boolean)
  const mobile = phones
    .map((one) => /^(?:\+?0{0,2}86)?(1[3-9]\d{9})$/.exec(one.replace(/[\s()-]/g, ''))?.[1])
    .find(Boolean)
  return mobile ?? phones[0]
}
