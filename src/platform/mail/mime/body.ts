export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64'

export interface EncodedText {
  encoding: TransferEncoding
  /** ASCII; lines of at most 76 characters end in CRLF. */
  text: string
}

/**
 * Text in seven bits: as it is where it is short plain lines, quoted-printable where it is mostly ASCII, base64 for
 * Chinese. What is written never contains `=_`, which boundaries begin with, nor trailing blanks, which relays cut off.
 */
export function encodedBody(given: string): EncodedText {
  const text = given.replace(/\r\n|\r|\n/g, '\r\n')
  const bytes = Buffer.from(text, 'utf8')
  // Of characters beyond ASCII, about: a Chinese one is three bytes and one unit.
  const beyond = (bytes.length - text.length) * 1.5
  if (beyond === 0 && isPlain(text)) return { encoding: '7bit', text: text.endsWith('\r\n') ? text : `${text}\r\n` }
  if (beyond * 6 > bytes.length) return { encoding: 'base64', text: base64Lines(bytes) }
  return { encoding: 'quoted-printable', text: quotedPrintable(bytes) }
}

function isPlain(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[^\r\n]{77}|=_|[ \t]\r\n|[ \t]$|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?:^|\n)(?:\.|From )/.test(text)
}

/** @param bytes of any content; also for attachments */
export function base64Lines(bytes: Buffer): string {
  const text = bytes.toString('base64')
  let out = ''
  for (let at = 0; at < text.length; at += 76) out += `${text.slice(at, at + 76)}\r\n`
  return out || '\r\n'
}

const QP = Array.from({ length: 256 }, (_, byte) => {
  const isLiteral = (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 || byte === 9
  return isLiteral ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
})
const CR = 13
const LF = 10

/** RFC 2045 §6.7. A dot or `From ` at the beginning of a line is written in code: relays have changed both. */
export function quotedPrintable(bytes: Buffer): string {
  let out = ''
  let width = 0
  for (let n = 0; n < bytes.length; n++) {
    const byte = bytes[n]!
    if (byte === CR && bytes[n + 1] === LF) {
      out += '\r\n'
      width = 0
      n += 1
      continue
    }
    const isLast = n + 1 === bytes.length || (bytes[n + 1] === CR && bytes[n + 2] === LF)
    const isCoded = (isLast && (byte === 32 || byte === 9)) || (width === 0 && (byte === 46 || byte === 70))
    const code = isCoded ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : QP[byte]!
    // One place is kept for the `=` of a soft line break.
    if (width + code.length > 75) {
      const again = byte === 46 || byte === 70 ? `=${byte.toString(16).toUpperCase()}` : code
      out += `=\r\n${again}`
      width = again.length
    } else {
      out += code
      width += code.length
    }
  }
  return out.endsWith('\r\n') ? out : `${out}\r\n`
}
