/** One answer of a server, of one line or several. */
export interface SmtpReply {
  code: number
  /** RFC 3463, such as `5.1.1`; null where the server gives none. */
  enhanced: string | null
  /** The texts of its lines without the code. */
  lines: readonly string[]
  /** Code and all text in one line, as it is kept and read for its meaning. */
  text: string
}

/** A line that no SMTP server says: the conversation cannot go on. */
export class NotSmtp extends Error {}

const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/
const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/
/** RFC 5321 §4.5.3.1.5 allows 512 bytes a line; servers say more, but none says this much. */
const UNREAD_MAX = 64 * 1024

/** Cuts what arrives into answers, however the network has cut it. */
export class ReplyReader {
  #rest = ''
  #lines: string[] = []
  #code = ''

  /** Whether half an answer is waiting for its other half. */
  get isInside(): boolean {
    return this.#rest !== '' || this.#lines.length > 0
  }

  /** @param chunk as latin1, so that no character can be cut in two; @throws NotSmtp */
  feed(chunk: string): SmtpReply[] {
    const replies: SmtpReply[] = []
    const text = this.#rest + chunk
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
      start = end + 1
      const reply = this.#take(line)
      if (reply) replies.push(reply)
    }
    this.#rest = text.slice(start)
    if (this.#rest.length > UNREAD_MAX || this.#lines.length > 1000) throw new NotSmtp('an answer without end')
    return replies
  }

  #take(line: string): SmtpReply | null {
    const match = LINE.exec(line)
    if (!match || (this.#code !== '' && match[1] !== this.#code)) throw new NotSmtp(`not SMTP: ${line.slice(0, 100)}`)
    this.#lines.push(match[3] ?? '')
    this.#code = match[1]!
    if (match[2] === '-') return null
    const reply = replyOf(Number(this.#code), this.#lines)
    this.#lines = []
    this.#code = ''
    return reply
  }
}

function replyOf(code: number, raw: readonly string[]): SmtpReply {
  const lines = raw.map(readable)
  const enhanced = ENHANCED.exec(lines[0]!)?.[1] ?? null
  // Long answers repeat the enhanced code in each line.
  const said = enhanced ? lines.map((line, n) => (n > 0 ? line.replace(`${enhanced} `, '') : line)) : lines
  return { code, enhanced, lines, text: `${code} ${said.join(' ')}`.trim() }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030')

/** Chinese servers answer in UTF-8 or in GBK and do not say which. */
function readable(latin1: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(latin1)) return latin1
  const bytes = Buffer.from(latin1, 'latin1')
  try {
    return utf8.decode(bytes)
  } catch {
    return gb18030.decode(bytes)
  }
}
