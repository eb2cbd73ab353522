/**
 * One member's results as HL7 v2.5.1 text, segments ended by carriage return. Pure: time and control id are arguments.
 * Two writers on purpose: a textbook ORU^R01, and the dialect that Chinese health-check systems really send.
 */
import { itemOf, LABORATORIES } from './items.ts'
import type { Checkup, Flag, ImagingReport, Member, Observation } from './types.ts'

export type MessageOptions = {
  /** MSH-10 */
  controlId: string
  /** MSH-7: the local time `YYYYMMDDHHMMSS` at which the sender says it sends. */
  sentAt: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '&': '\\T\\',
  '~': '\\R\\',
  '\r': '\\.br\\',
  '\n': '\\.br\\',
}

/** HL7 escaping of free text (2.7.1 of the standard). */
export function escapeText(text: string): string {
  return text.replace(/[\\|^&~\r\n]/g, (character) => ESCAPES[character] as string)
}

const compactDate = (date: string): string => date.replaceAll('-', '')
/** `2026-03-01T08:12:00+08:00` → `20260301081200` */
const compactTime = (instant: string): string => instant.slice(0, 19).replace(/[-:T]/g, '')
const joined = (segments: readonly string[]): string => `${segments.join('\r')}\r`
const sexCode = (member: Member): string => (member.person.sex === 'male' ? 'M' : 'F')

/** The first character or the first two of a name; names with a middle dot have no family name. */
function nameParts(name: string): readonly [family: string, given: string] {
  if (name.includes('·')) return ['', name]
  const family =
    COMPOUND_NAMES.find((compound) => name.startsWith(compound) && name.length > 2) ?? (Array.from(name)[0] as string)
  return [family, name.slice(family.length)]
}
const COMPOUND_NAMES = [
  '欧阳',
  '上官',
  '司马',
  '诸葛',
  '司徒',
  '皇甫',
  '夏侯',
  '令狐',
  '尉迟',
  '慕容',
  '端木',
  '东方',
  '轩辕',
]

function cleanPatient(member: Member): string {
  const { person } = member
  const [family, given] = nameParts(person.name)
  const ids = [
    `${member.recordNumber}^^^PEIBAN^MR`,
    ...(person.idNumber ? [`${person.idNumber}^^^CHN^NNCHN`] : []),
  ].join('~')
  const phone = `^PRN^CP^^86^^${person.phone}`
  return `PID|1||${ids}||${escapeText(family)}^${escapeText(given)}^^^^^L||${compactDate(person.birthOn)}|${sexCode(member)}|||^^${person.city}^^^CHN||${phone}`
}

function cleanResult(observation: Observation, at: number, takenAt: string): string {
  const item = itemOf(observation.code)
  const identifier = `${item.loinc}^${item.nameZh}^LN^${item.abbreviation}^^L`
  const unit = item.ordinal ? '' : `${item.unit}^^UCUM`
  const type = observation.value === null ? 'ST' : 'NM'
  const value = observation.value ?? escapeText(observation.text ?? '')
  return `OBX|${at}|${type}|${identifier}||${value}|${unit}|${escapeText(observation.range)}|${observation.flag}|||F|||${takenAt}`
}

/** ORU^R01, v2.5.1, one OBR and one OBX per observation of the check-up (20 in a `uniform` history). */
export function labMessage(member: Member, checkup: Checkup, options: MessageOptions): string {
  const takenAt = compactTime(checkup.takenAt)
  const reportedAt = `${compactDate(checkup.reportedOn)}160000`
  return joined([
    `MSH|^~\\&|LIS|${checkup.laboratory}|PEIBAN|CENTRE|${options.sentAt}+0800||ORU^R01^ORU_R01|${options.controlId}|P|2.5.1|||AL|NE|CHN|UNICODE UTF-8`,
    cleanPatient(member),
    `PV1|1|O|${checkup.laboratory}||||||||||||||||${checkup.number}`,
    `ORC|RE|${checkup.number}|${checkup.number}`,
    `OBR|1|${checkup.number}|${checkup.number}|TJ^${checkup.package}^L|||${takenAt}|||||||||||||||${reportedAt}||LAB|F`,
    ...checkup.observations.map((observation, at) => cleanResult(observation, at + 1, takenAt)),
  ])
}

// PID-3 of such systems: patient id, record number, and an empty typed repetition; the identity card stands in PID-19,
// the phone in PID-13.7, the whole name in the family component.
function dialectPatient(member: Member): string {
  const { person } = member
  const ids = `${member.index}^^^&PATID~${member.recordNumber}^^^&BLH~^^^^51~`
  return `PID|1||${ids}||${escapeText(person.name)}||${compactDate(person.birthOn)}000000|${sexCode(member)}|||||^^^^^^${person.phone}||||||${person.idNumber ?? ''}`
}

const DIALECT_FLAGS: Readonly<Record<Flag, string>> = { N: 'M', H: 'H', L: 'L', A: 'H' }
const DIALECT_WORDS: Readonly<Record<string, string>> = {
  阴性: '阴性（-）',
  '±': '±',
  '1+': '阳性（1+）',
  '2+': '阳性（2+）',
  '3+': '阳性（3+）',
}

function dialectResult(observation: Observation, at: number): string {
  const item = itemOf(observation.code)
  const value =
    observation.value === null
      ? (DIALECT_WORDS[observation.text ?? ''] ?? '')
      : observation.value.toFixed(item.decimals)
  const range =
    observation.low !== null && observation.high !== null
      ? `${observation.low.toFixed(4)}-${observation.high.toFixed(4)}`
      : observation.range
  // Set ids from 0, ST for numbers, `*` before the name, the short code in component 4, the unit in component 2.
  return `OBX|${at}|ST|${1000 + item.at}^*${item.nameZh}^^${item.abbreviation}||${value}|^${item.printedUnit.replaceAll('^', '\\S\\')}|${range}|${DIALECT_FLAGS[observation.flag]}|||F`
}

/** OUL^R24, v2.5.1, as Chinese health-check laboratories send it: PV1-2 = `T`, charset shifted into MSH-17 and much else. */
export function oulMessage(member: Member, checkup: Checkup, options: MessageOptions): string {
  const takenAt = compactTime(checkup.takenAt)
  const second = checkup.laboratory === LABORATORIES[1].name
  return joined([
    `MSH|^~\\&|LIS|${checkup.laboratory}|TJ||${options.sentAt}425||OUL^R24|${options.controlId}|P|2.5.1||||CHN|${second ? 'CHN' : 'UNICODE UTF-8'}`,
    dialectPatient(member),
    `PV1|1|T|^^^体检中心|||||||||||||||02~普通病员|${checkup.number}`,
    `OBR|1|${checkup.number}||${second ? 'SH' : 'TJ'}^${checkup.package}|||${takenAt}`,
    `ORC|RE|${checkup.number}||||||||||||${checkup.laboratory}`,
    `SPM|1|${checkup.number}||XQ^血清`,
    ...checkup.observations.map(dialectResult),
  ])
}

/** ORU^R01 of an ultrasound or CT in the same dialect: two text observations, 1037 检查所见 and 1038 检查印象. */
export function imagingMessage(
  member: Member,
  checkup: Checkup,
  report: ImagingReport,
  options: MessageOptions,
): string {
  return joined([
    `MSH|^~\\&|PACS|影像科|TJ||${options.sentAt}||ORU^R01|${options.controlId}|P|2.5.1|||||CHN|UNICODE UTF-8`,
    dialectPatient(member),
    `PV1|1|T|^^^体检中心||||||||||||||||${checkup.number}`,
    `OBR|1|${checkup.number}||${report.kind}^${report.name}|||${compactTime(checkup.takenAt)}`,
    `OBX|1|TX|1037^检查所见||${escapeText(report.findings)}||||||F`,
    `OBX|2|TX|1038^检查印象||${escapeText(report.impression)}||||||F`,
  ])
}
