import type { IncomingCode } from '../incoming.ts'
import { readCoded } from './coded.ts'
import type { Segment } from './parse.ts'

export type ObxValue = {
  text: string
  codes?: IncomingCode[]
  attachment?: { mediaType: string; encoding: string; content: string }
}

/** OBX-5 as text, by the type in OBX-2. A type that is unknown or does not fit its value is read as plain text. */
export function readObxValue(obx: Segment, type: string): ObxValue {
  const raw = obx.raw(5)
  if (raw === '' || raw === '""') return { text: '' }
  switch (type) {
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'CF':
      return codedValue(obx)
    case 'SN':
      return { text: raw.includes(obx.separators.component) ? structuredNumber(obx.components(raw)) : obx.clean(raw) }
    case 'ED':
      return encapsulated(obx, raw)
    case 'RP':
      return { text: obx.first(5) || obx.clean(raw) }
    case 'TX':
    case 'FT':
      return { text: freeText(obx, raw) }
    default:
      // ST, NM, IS, DT and the rest: a `^` or `~` inside is part of what was printed (10^9, 2~3).
      return { text: obx.clean(raw) }
  }
}

/** Several repetitions of a text are its lines; between digits the sign is a range (2~3 个/HP). */
function freeText(obx: Segment, raw: string): string {
  const sign = obx.separators.repetition
  if (sign === '' || !raw.includes(sign)) return obx.clean(raw)
  return raw
    .split(sign)
    .reduce((text, piece) => {
      const isRange = /\d\s*$/.test(text) && /^\s*\d/.test(piece)
      return `${text}${isRange ? sign : '\n'}${obx.clean(piece)}`
    })
    .trim()
}

function codedValue(obx: Segment): ObxValue {
  const read = obx.repetitions(5).map((one) => readCoded(obx, one))
  const codes = read.flatMap((one) => one.codes)
  const text = read
    .map((one) => one.name)
    .filter(Boolean)
    .join('；')
  return codes.length === 0 ? { text } : { text, codes }
}

/** SN: comparator, number, separator or suffix, number: `>^100`, `^1^:^128`, `^2^-^20`. */
function structuredNumber([comparator = '', first = '', sign = '', second = '']: string[]): string {
  return `${comparator === '=' ? '' : comparator}${first}${sign}${second}`
}

/** ED: source, kind, subtype, encoding, content. A sender who leaves the source out moves nothing. */
function encapsulated(obx: Segment, raw: string): ObxValue {
  const [, kind = '', subtype = '', encoding = '', ...content] = raw.split(obx.separators.component)
  if (content.length === 0) return { text: obx.clean(raw) }
  const mediaType = [obx.clean(kind), obx.clean(subtype)].filter(Boolean).join('/').toLowerCase()
  return { text: '', attachment: { mediaType, encoding: obx.clean(encoding), content: content.join('').trim() } }
}
