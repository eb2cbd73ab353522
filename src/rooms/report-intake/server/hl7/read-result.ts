import { flagOf, hasHan, isNarrativeItem } from '../dialect.ts'
import type { IncomingInstant, IncomingResult, IncomingStatus } from '../incoming.ts'
import { readValue } from '../value-text.ts'
import { readCoded, readCodedField } from './coded.ts'
import { nthPart } from './parse.ts'
import type { Segment } from './parse.ts'
import { readObxValue } from './read-value.ts'

/** HL7 table 0085. What is not in it (senders put a flag there) says nothing about the status. */
const STATUS: Record<string, IncomingStatus> = {
  F: 'final',
  U: 'final',
  V: 'final',
  B: 'final',
  P: 'preliminary',
  R: 'preliminary',
  S: 'preliminary',
  I: 'preliminary',
  O: 'preliminary',
  A: 'preliminary',
  C: 'corrected',
  X: 'cancelled',
  N: 'cancelled',
  W: 'cancelled',
  D: 'cancelled',
}

const DATED = new Set(['DT', 'TM', 'TS', 'DTM'])

/** The status a result states for itself; undefined when it states none. */
export function statedStatus(obx: Segment): IncomingStatus | undefined {
  return STATUS[obx.first(11)]
}

/** One OBX. `sequence` counts from 0 in the order of the message, whatever OBX-1 says. */
export function readResult(
  obx: Segment,
  sequence: number,
  readTime: (text: string) => IncomingInstant | undefined,
): IncomingResult {
  const valueType = obx.first(2).toUpperCase()
  const { codes, name } = readCodedField(obx, 3)
  const subId = obx.text(4)
  const value = readObxValue(obx, valueType)
  const result: IncomingResult = {
    sequence,
    codes,
    name: nameOf(codes.length > 0 && codes[0]?.name === undefined ? codes[0]?.code : undefined, name, subId),
    valueText: value.text,
    valueType,
    status: statedStatus(obx) ?? 'final',
  }
  if (subId !== '') result.subId = subId
  if (value.codes) result.valueCodes = value.codes
  if (value.attachment) result.attachment = value.attachment
  else if (!DATED.has(valueType)) Object.assign(result, readValue(value.text))
  const unit = unitOf(obx)
  if (unit !== '') result.unit = unit
  const range = obx.text(7)
  if (range !== '') result.rangeText = range
  const flag = readFlag(obx)
  if (flag) result.flagText = flag
  const observedAt = readTime(obx.first(14)) ?? readTime(obx.first(19))
  if (observedAt) result.observedAt = observedAt
  const method = obx.raw(17)
  const methodName = method === '' ? '' : readCoded(obx, method).name
  if (methodName !== '') result.method = methodName
  if (isNarrative(result)) {
    result.narrative = true
    delete result.quantity
  }
  return result
}

/** Some analysers give only a number in OBX-3 and the item's name in OBX-4. */
function nameOf(lonelyCode: string | undefined, name: string, subId: string): string {
  const isNamedBySubId =
    (name === '' || (lonelyCode !== undefined && /^\d+$/.test(lonelyCode))) && /[A-Za-z\u4e00-\u9fff]{2}/.test(subId)
  return isNamedBySubId ? subId : name
}

/** Component 1, or 2 where senders put it (`^umol/L`); an unescaped power (`10^9/L`) is one unit, not two parts. */
function unitOf(obx: Segment): string {
  const raw = obx.raw(6)
  if (raw === '' || !raw.includes(obx.separators.component)) return obx.clean(raw)
  const [first = '', second = '', , , fifth = ''] = obx.components(raw)
  if (/^[x×*]?\s*10$/i.test(first) && /^\d{1,2}(\/|$)/.test(second)) return `${first}^${second}`
  return first || second || fifth
}

/**
 * OBX-8, where `L~N` pairs the direction with a remark on how sure it is: the first that is not normal counts.
 * Where it is empty and OBX-11 holds 0 or 1, that is the flag and not a status.
 */
function readFlag(obx: Segment): string | undefined {
  const raw = obx.raw(8)
  if (raw === '') {
    const shifted = obx.raw(11)
    return shifted === '0' || shifted === '1' ? flagOf(shifted) : undefined
  }
  let normal: string | undefined
  for (const repetition of obx.repetitions(8)) {
    const text = nthPart(repetition, obx.separators.component, 1)
    const sent = obx.clean(text)
    if (sent === '') continue
    const flag = flagOf(sent) ?? sent
    if (flag !== 'N') return flag
    normal = flag
  }
  return normal
}

const LONG_TEXT = 40

/** A finding or an impression, to be read rather than charted. */
function isNarrative(result: IncomingResult): boolean {
  if (result.attachment || result.unit || result.valueText === '') return false
  if (isNarrativeItem(result.codes[0]?.code ?? '', result.name)) return true
  if (result.quantity) return false
  if (result.valueType === 'TX' || result.valueType === 'FT') return result.rangeText === undefined
  return result.valueText.length > LONG_TEXT && hasHan(result.valueText) && result.rangeText === undefined
}
