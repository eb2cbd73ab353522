import { hasHan, withoutMark } from '../dialect.ts'
import type { CodeSystem, IncomingCode } from '../incoming.ts'
import type { Segment } from './parse.ts'

// HL7 table 0396, with the spellings seen in messages.
const SYSTEMS: Record<string, CodeSystem> = {
  LN: 'loinc',
  LOINC: 'loinc',
  '2.16.840.1.113883.6.1': 'loinc',
  'HTTP://LOINC.ORG': 'loinc',
  SCT: 'snomed',
  SCT2: 'snomed',
  SNM: 'snomed',
  SNM3: 'snomed',
  SNOMED: 'snomed',
  'SNOMED-CT': 'snomed',
  I10: 'icd-10',
  I10C: 'icd-10',
  I10P: 'icd-10',
  ICD10: 'icd-10',
  'ICD-10': 'icd-10',
  RXNORM: 'rxnorm',
  ATC: 'atc',
  WC: 'atc',
  L: 'local',
  LOCAL: 'local',
  '99LAB': 'local',
}

export type Coded = { codes: IncomingCode[]; name: string }

/** A code with its system; one without a stated system is the sender's own. */
function codeOf(code: string, name: string, systemText: string): IncomingCode {
  const upper = systemText.toUpperCase()
  const system = systemText === '' ? 'local' : (SYSTEMS[upper] ?? (upper.startsWith('99') ? 'local' : 'other'))
  const coded: IncomingCode = { code, system }
  if (systemText !== '' && (system === 'other' || system === 'local')) coded.systemText = systemText
  if (name !== '') coded.name = name
  return coded
}

/** A short code as laboratories abbreviate items: `TBIL`, `WBC`, `LDL-C`, `EO%`. */
const SHORT = /^[A-Za-z0-9][A-Za-z0-9%#+*./_()-]{0,15}$/

/**
 * A coded field (CE, CWE): code, name, system, then the same again for an alternative, then the original text.
 * Chinese senders put a short code into component 4 or 5 beside the first code, analysers leave the first three
 * empty, and names begin with `*`.
 */
export function readCoded(segment: Segment, repetition: string): Coded {
  const { component } = segment.separators
  if (component === '' || !repetition.includes(component)) {
    const code = segment.clean(repetition)
    return code === '' ? { codes: [], name: '' } : { codes: [codeOf(code, '', '')], name: withoutMark(code) }
  }
  const [code = '', rawName = '', system = '', alternate = '', rawOther = '', otherSystem = '', , , original = ''] =
    segment.components(repetition)
  const name = rawName === '' ? '' : withoutMark(rawName)
  const other = rawOther === '' ? '' : withoutMark(rawOther)
  const codes: IncomingCode[] = []
  if (code !== '') codes.push(codeOf(code, name, system))
  const isShortOther = alternate === '' && other !== '' && !hasHan(other) && SHORT.test(other)
  if (alternate !== '' && SHORT.test(alternate)) codes.push(codeOf(alternate, other || name, otherSystem))
  else if (isShortOther) codes.push(codeOf(other, name, otherSystem))
  const texts = [name, isShortOther && name !== '' ? '' : other, original, hasHan(alternate) ? alternate : '']
  return { codes, name: texts.find(hasHan) ?? texts.find((one) => one !== '') ?? withoutMark(code || alternate) }
}

/** A coded field of one value, also where the sender put its text behind a repetition sign: `1001~总胆红素`. */
export function readCodedField(segment: Segment, field: number): Coded {
  const [first = '', second = ''] = segment.repetitions(field)
  const coded = readCoded(segment, first)
  const [only] = coded.codes
  const text = second.includes(segment.separators.component) ? '' : segment.clean(second)
  if (text === '' || !only || only.name !== undefined) return coded
  const name = withoutMark(text)
  return { codes: [{ ...only, name }], name }
}

/** Code and text of a field that may also be written in two repetitions: `02~普通病员`. */
export function readCodeAndText(segment: Segment, field: number): { code: string; text: string } {
  const [first = '', second = ''] = segment.repetitions(field)
  const [code = '', text = ''] = segment.components(first)
  return { code, text: text || segment.clean(second) }
}
