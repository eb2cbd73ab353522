import { isAscii } from 'node:buffer'

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

/** A bare CR or LF, or a dot that begins a line. */
const UNFIT = /\r(?!\n)|(?<!\r)\n|(?:^|\n)\./

/** What most mails need is to be left as they are. Both looks are native: a loop over the bytes took a tenth of a mail of 20 KB. */
function look(content: Buffer): { isEightBit: boolean; isFit: boolean } {
  return { isEightBit: !isAscii(content), isFit: !UNFIT.test(content.toString('latin1')) }
}

function stuff(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n').replace(/(^|\n)\./g, '$1..')
}
