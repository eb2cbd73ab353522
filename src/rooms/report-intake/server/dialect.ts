import words from '../content/dialect.json' with { type: 'json' }
import type { AbsentReason, IdentifierSystem, IncomingPatient, ReportCategory } from './incoming.ts'

/** The words that Chinese senders use, from content/dialect.json, in the form in which they are looked up. */
const sexes = new Map(Object.entries(words.sex))
const flags = new Map(Object.entries(words.flags))
const absences = new Map(Object.entries(words.absent))
const identifierTypes = new Map(
  Object.entries(words.identifierTypes).flatMap(([system, names]) => names.map((name) => [name, system] as const)),
)
const narrativeCodes = new Set(words.narrativeCodes)
const healthCheckClasses = new Set(words.healthCheckClasses)
const compoundSurnames = new Set(words.compoundSurnames)
/**
 * Words of a whole check-up come first, since a package may name its parts (`体检套餐（含胸部CT）`). Latin words must stand
 * alone: `CT` is not in `ECTOPIC`.
 */
const categories = Object.entries(words.categoryWords).map(
  ([category, list]) => [category as ReportCategory, new RegExp(list.map(standing).join('|'))] as const,
)

const HAN = /[\u3400-\u9fff\uf900-\ufaff\u3007]|[\ud840-\ud88d][\udc00-\udfff]/

export function hasHan(text: string): boolean {
  return HAN.test(text)
}

/** GB/T 2261.1 numbers, HL7 table 0001 letters and the Chinese words. */
export function sexOf(text: string): IncomingPatient['sex'] {
  return (sexes.get(text.toUpperCase()) ?? 'unknown') as IncomingPatient['sex']
}

export function identifierSystemOf(typed: string): IdentifierSystem | undefined {
  return identifierTypes.get(typed.toUpperCase()) as IdentifierSystem | undefined
}

/** HL7 table 0078 for what the sender wrote; undefined when it is no flag known here. */
export function flagOf(text: string): string | undefined {
  return flags.get(text.toUpperCase())
}

export function absenceOf(text: string): AbsentReason | undefined {
  return absences.get(text) as AbsentReason | undefined
}

export function isNarrativeItem(code: string, name: string): boolean {
  return narrativeCodes.has(code) || words.narrativeNames.some((word) => name.endsWith(word))
}

export function isHealthCheckClass(text: string): boolean {
  return healthCheckClasses.has(text.toUpperCase())
}

export function isCompoundSurname(text: string): boolean {
  return compoundSurnames.has(text)
}

const marks = new RegExp(`^[${words.namePrefixes}\\s]+`)

/** A name without the leading asterisk or star by which laboratories mark recognised or accredited items. */
export function withoutMark(name: string): string {
  const first = name.charCodeAt(0)
  // Letters and Han need no look; signs and full-width forms do.
  if ((first >= 0x41 && first <= 0x7a) || (first >= 0x4e00 && first <= 0x9fff)) return name
  return name.replace(marks, '') || name
}

// HL7 table 0074, diagnostic service sections; FHIR uses the same.
const SECTIONS: Record<string, ReportCategory> = {
  EC: 'ecg',
  RAD: 'imaging',
  RUS: 'imaging',
  CUS: 'imaging',
  OUS: 'imaging',
  VUS: 'imaging',
  CT: 'imaging',
  CTH: 'imaging',
  NMR: 'imaging',
  NMS: 'imaging',
  RX: 'imaging',
  XRC: 'imaging',
  IMG: 'imaging',
  PHY: 'physical',
  PF: 'physical',
  LAB: 'laboratory',
  CH: 'laboratory',
  HM: 'laboratory',
  MB: 'laboratory',
  BG: 'laboratory',
  SR: 'laboratory',
  CP: 'laboratory',
  IMM: 'laboratory',
  BLB: 'laboratory',
  MCB: 'laboratory',
  VR: 'laboratory',
  TX: 'laboratory',
  SP: 'laboratory',
  GE: 'laboratory',
}

/** The kind of report of a diagnostic section; undefined for one that does not tell. */
export function categoryOfSection(code: string): ReportCategory | undefined {
  return SECTIONS[code.toUpperCase()]
}

/** What the text of a report without coded results is called. */
export const conclusionName = words.conclusionName
export const attachmentName = words.attachmentName

function standing(word: string): string {
  return /[\u4e00-\u9fff]/.test(word) ? word : `(?<![A-Z])${word}(?![A-Z])`
}

/** Whether a title speaks of a check-up as a whole, whatever section of the laboratory sends it. */
export function isCheckUpTitle(text: string): boolean {
  return words.categoryWords['health-check'].some((word) => text.includes(word))
}

/** Whether a title or a system's name speaks of check-ups at all: of the occasion, which says little of a part of one. */
export function mentionsCheckUp(text: string): boolean {
  return words.checkUpWords.some((word) => text.includes(word))
}

/** The kind of report that a title, a department or a system's name speaks of. */
export function categoryOf(text: string): ReportCategory | undefined {
  if (text === '') return undefined
  const upper = text.toUpperCase()
  return categories.find(([, pattern]) => pattern.test(upper))?.[0]
}
