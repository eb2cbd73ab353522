import { isAscii, isUtf8 } from 'node:buffer'
import { encodeGb18030 } from './gb18030.ts'

export type CharsetName = 'ascii' | 'utf-8' | 'gb18030' | 'latin1' | 'utf-16le' | 'utf-16be' | 'big5'

export type Decoded = {
  text: string
  charset: CharsetName
  /** Some bytes were not of the charset: a field cut in the middle of a character, for example. */
  damaged: boolean
}

const LATIN = /8859[-/]?\s*(1|15)\b|LATIN-?1|IR100|WINDOWS-?1252/i
const UTF8 = /UTF-?8|UNICODE/i
const BIG5 = /BIG-?5|CNS ?11643/i

/**
 * Text of a received frame. What the bytes are decides first, what the header claims second: Chinese senders put
 * the charset into MSH-18 or MSH-17, write another one than they use, or nothing.
 */
export function decode(bytes: Buffer): Decoded {
  const marked = decodeMarked(bytes)
  if (marked) return marked
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), charset: 'ascii', damaged: false }
  const declared = declaredCharset(bytes)
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8')
    const other = UTF8.test(declared) ? undefined : gbThatLooksLikeUtf8(bytes, text)
    return other ?? { text, charset: 'utf-8', damaged: false }
  }
  if (LATIN.test(declared)) {
    return gbDeclaredLatin(bytes) ?? { text: bytes.toString('latin1'), charset: 'latin1', damaged: false }
  }
  if (BIG5.test(declared)) return decodeAs(bytes, 'big5')
  const cut = bytes.toString('utf8')
  if (isMostlyUtf8(cut)) return { text: cut, charset: 'utf-8', damaged: true }
  return decodeAs(bytes, 'gb18030')
}

/** Text in a charset, for the answer. */
export function encode(text: string, charset: CharsetName): Buffer {
  switch (charset) {
    case 'gb18030':
      return encodeGb18030(text)
    case 'latin1':
      return Buffer.from(text.replace(/[\u0100-\uffff]/g, '?'), 'latin1')
    case 'ascii':
      return Buffer.from(text.replace(/[\u0080-\uffff]/g, '?'), 'latin1')
    case 'utf-16le':
      return Buffer.from(text, 'utf16le')
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16()
    default:
      return Buffer.from(text, 'utf8')
  }
}

/** The bytes of a `\X..\` escape, which carry no charset of their own. */
export function decodeLoose(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeAs(bytes, 'gb18030').text
}

const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

function decodeAs(bytes: Buffer, charset: 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be'): Decoded {
  let decoder = decoders.get(charset)
  if (!decoder) decoders.set(charset, (decoder = new TextDecoder(charset)))
  const text = decoder.decode(bytes)
  return { text, charset, damaged: text.includes('\ufffd') }
}

/** A byte order mark, or the two-byte shape of `M S H`. */
function decodeMarked(bytes: Buffer): Decoded | undefined {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    const rest = bytes.subarray(3)
    return isUtf8(rest) ? { text: rest.toString('utf8'), charset: 'utf-8', damaged: false } : decode(rest)
  }
  if ((first === 0xff && second === 0xfe) || (first === 0x4d && second === 0)) return decodeAs(bytes, 'utf-16le')
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x4d)) return decodeAs(bytes, 'utf-16be')
  return undefined
}

/** Fields 15 to 20 of the header, where a charset is found when the sender gives one. */
function declaredCharset(bytes: Buffer): string {
  const start = bytes.indexOf('MSH')
  if (start < 0) return ''
  const header =
    bytes
      .subarray(start, start + 2000)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? ''
  return header
    .split(header[3] ?? '|')
    .slice(14, 20)
    .join('|')
}

/**
 * A field cut after N bytes leaves half a character in text that is otherwise UTF-8. GB text read as UTF-8 is bad
 * nearly everywhere, so four good characters to a bad one decide.
 */
function isMostlyUtf8(text: string): boolean {
  let bad = 0
  let good = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === 0xfffd) bad++
    else if (unit > 0x7f) good++
  }
  return good >= bad * 4
}

/**
 * Some pairs of GB bytes happen to be valid two-byte UTF-8, and a message may hold no other Chinese than such a
 * name. Han runs in GB read as UTF-8 give Cyrillic, Hebrew or Latin extended letters, never Han.
 */
function gbThatLooksLikeUtf8(bytes: Buffer, text: string): Decoded | undefined {
  if (/[\u0800-\uffff]/.test(text)) return undefined
  const runs = text.match(/[\u0080-\u07ff]+/g) ?? []
  const wouldBeHan = runs.every((run) => run.length >= 2 && /[\u0100-\u036f\u0400-\u07ff]/.test(run))
  if (!wouldBeHan) return undefined
  return allHan(bytes)
}

/**
 * Libraries whose default is 8859/1 write it over GB text. Han comes in pairs of high bytes and, in a message, at
 * least once two characters long; Latin letters with accents stand alone between plain ones.
 */
function gbDeclaredLatin(bytes: Buffer): Decoded | undefined {
  const runs = bytes.toString('latin1').match(/[\u0080-\u00ff]+/g) ?? []
  if (runs.some((run) => run.length % 2 === 1) || !runs.some((run) => run.length >= 4)) return undefined
  return allHan(bytes)
}

/** GB18030, if everything beyond ASCII is then Han or Chinese punctuation. */
function allHan(bytes: Buffer): Decoded | undefined {
  const read = decodeAs(bytes, 'gb18030')
  return /^[\p{ASCII}\u3000-\u303f\u4e00-\u9fff\uff00-\uff65]*$/u.test(read.text) ? read : undefined
}
