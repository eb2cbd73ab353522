export interface WireContent {
  bytes: Buffer
  /** The dot that ends it, on a line of its own. */
  end: '.\r\n' | '\r\n.\r\n'
  /** What SIZE counts: without stuffing and without the end. */
  size: number
  isEightBit: boolean
}

const LF = 10
const CR = 13
const DOT = 46

/**
 * A mail as it goes over the line after 354: each line ends in CRLF, whatever it ended in (a lone LF before a dot is how
 * a second mail is smuggled into a first), a dot that begins a line is doubled, and a dot alone is the end.
 */
export function wireContent(content: Buffer): WireContent {
  const { isEightBit, isFit } = look(content)
  const bytes = isFit ? content : Buffer.from(stuff(content.toString('latin1')), 'latin1')
  const endsInLine = bytes.length === 0 || (bytes.at(-1) === LF && bytes.at(-2) === CR)
  return { bytes, end: endsInLine ? '.\r\n' : '\r\n.\r\n', size: content.length, isEightBit }
}

/** One pass over the bytes: what most mails need is to be left as they are. */
function look(content: Buffer): { isEightBit: boolean; isFit: boolean } {
  let isEightBit = false
  let before = LF
  let isFit = true
  for (let n = 0; n < content.length; n++) {
    const byte = content[n]!
    if (byte > 127) isEightBit = true
    else if (byte === LF) isFit &&= before === CR
    else if (byte === DOT) isFit &&= before !== LF
    if (before === CR && byte !== LF) isFit = false
    before = byte
  }
  return { isEightBit, isFit: isFit && before !== CR }
}

function stuff(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n').replace(/(^|\n)\./g, '$1..')
}
