import { identifierSystemOf, sexOf } from '../dialect.ts'
import type { IncomingIdentifier, IncomingPatient } from '../incoming.ts'
import { isNationalId, tidyId } from '../national-id.ts'
import { chooseName, readName } from '../person-name.ts'
import type { Segment } from './parse.ts'
import { readDate } from './time.ts'

/** The person of a PID segment, as the sender describes them. */
export function readPatient(pid: Segment): IncomingPatient {
  const { name, pinyin } = chooseName(pid.repetitions(5).map((one) => readName(pid.components(one))))
  const patient: IncomingPatient = { identifiers: readIdentifiers(pid), sex: readSex(pid) }
  if (name) patient.name = name
  if (pinyin) patient.pinyin = pinyin
  const birthDate = readDate(pid.first(7))
  if (birthDate) patient.birthDate = birthDate
  const phone = readPhone(pid)
  if (phone) patient.phone = phone
  return patient
}

/** The code may stand alone, before its text (`1^男`), or in the first of two repetitions (`1~男`). */
function readSex(pid: Segment): IncomingPatient['sex'] {
  for (const repetition of pid.repetitions(8)) {
    for (const part of pid.components(repetition)) {
      const sex = sexOf(part)
      if (sex !== 'unknown') return sex
    }
  }
  return 'unknown'
}

function readIdentifiers(pid: Segment): IncomingIdentifier[] {
  const found: IncomingIdentifier[] = []
  const add = (identifier: IncomingIdentifier | undefined): void => {
    if (!identifier) return
    const same = found.findIndex((one) => one.value === identifier.value)
    if (same < 0) found.push(identifier)
    else if (found[same]?.system === 'unknown') found[same] = identifier
  }
  for (const repetition of pid.repetitions(3)) add(readIdentifier(pid, repetition, ''))
  for (const repetition of pid.repetitions(2)) add(readIdentifier(pid, repetition, 'PID-2'))
  for (const repetition of pid.repetitions(4)) add(readIdentifier(pid, repetition, 'PID-4'))
  // PID-19 is the place of a person's number before the state, so what passes the check there is one.
  for (const repetition of pid.repetitions(19)) add(readIdentifier(pid, repetition, 'PID-19'))
  return found
}

/**
 * One identifier. The type stands in component 5 by the standard; Chinese senders also write it as a
 * subcomponent (`&SFZH`, `&BLH`, `&PATID`) of the value or of the assigning authority. A typed repetition
 * without a value (`^^^^51`) is nothing.
 */
function readIdentifier(pid: Segment, repetition: string, place: string): IncomingIdentifier | undefined {
  if (repetition === '') return undefined
  const { component, subcomponent } = pid.separators
  const components = component === '' ? [repetition] : repetition.split(component)
  const parts = (text: string): string[] =>
    (subcomponent === '' ? [text] : text.split(subcomponent)).map((part) => pid.clean(part))
  const [value = '', ...besides] = parts(components[0] ?? '')
  if (value === '') return undefined
  const typed = typeOfIdentifier(
    parts(components[4] ?? ''),
    besides,
    parts(components[3] ?? ''),
    parts(components[5] ?? ''),
  )
  const tidy = tidyId(value)
  const checksumOk = isNationalId(tidy)
  // A bare number as a type means the ID card with some senders; with others it is the number of a card or a list.
  const isDoubtful = /^\d+$/.test(typed) && !/^(\d{15}|\d{17}[\dX])$/.test(tidy)
  const system = isDoubtful ? undefined : identifierSystemOf(typed)
  if (system === 'national-id') return { system, value: tidy, typed, checksumOk }
  if (system !== undefined) return { system, value, typed }
  const said = pid.clean(components[4] ?? '') || place
  // Eighteen places with a right check digit are no accident; fifteen digits may be anything.
  const isSurely = checksumOk && (tidy.length === 18 || place === 'PID-19')
  return isSurely
    ? { system: 'national-id', value: tidy, typed: said, checksumOk }
    : { system: 'unknown', value, typed: said }
}

/**
 * The word for the type: component 5 as the standard has it, a subcomponent behind `&`, or the assigning authority
 * or facility, where a short word is more likely the hospital's own.
 */
function typeOfIdentifier(standard: string[], besides: string[], authority: string[], facility: string[]): string {
  const behind = [...besides, ...authority.slice(1), ...facility.slice(1)].filter((one) => one.length > 1)
  const own = [authority[0] ?? '', facility[0] ?? ''].filter((one) => one.length > 2)
  return [...standard, ...behind, ...own].find((one) => one !== '' && identifierSystemOf(one) !== undefined) ?? ''
}

const MOBILE = /^(?:\+?0{0,2}86)?(1[3-9]\d{9})$/

/** The first Chinese mobile number anywhere in PID-13 or PID-14 (often component 7), else the first number given. */
function readPhone(pid: Segment): string | undefined {
  let other: string | undefined
  for (const field of [13, 14]) {
    for (const repetition of pid.repetitions(field)) {
      if (repetition === '') continue
      const components = pid.components(repetition)
      for (const part of components) {
        const mobile = MOBILE.exec(part.replace(/[\s()-]/g, ''))
        if (mobile) return mobile[1]
      }
      other ??= [components[0], components[11], [components[5], components[6]].filter(Boolean).join('')].find(
        (one) => one !== undefined && /\d{3}/.test(one),
      )
    }
  }
  return other
}
