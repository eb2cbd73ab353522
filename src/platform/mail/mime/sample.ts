/** Reads mails as a mail program does, by the RFCs and not by what wrote them: for tests. */
export interface ReadMail {
  headers: Record<string, string>
  parts: { type: string; text: string }[]
}

export function readParts(raw: string): ReadMail {
  const [head, body] = halves(raw)
  const headers = headersOf(head)
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1]
  const parts = boundary
    ? body
        .split(`\r\n--${boundary}`)
        .flatMap((piece, n) => (n === 0 ? piece.split(`--${boundary}`).slice(1) : [piece]))
        .filter((piece) => !piece.startsWith('--'))
        .map((piece) => piece.replace(/^\r\n/, ''))
    : [raw]
  return { headers, parts: parts.map(readPart) }
}

function readPart(raw: string): { type: string; text: string } {
  const [head, body] = halves(raw)
  const headers = headersOf(head)
  return { type: headers['content-type'] ?? '', text: bodyText(headers['content-transfer-encoding'] ?? '7bit', body) }
}

function bodyText(encoding: string, body: string): string {
  if (encoding === 'base64') return Buffer.from(body.replace(/\r\n/g, ''), 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  return unquoted(body.replace(/[ \t]+\r\n/g, '\r\n').replace(/=\r\n/g, ''))
}

function halves(raw: string): [string, string] {
  const at = raw.indexOf('\r\n\r\n')
  return at < 0 ? [raw, ''] : [raw.slice(0, at), raw.slice(at + 4)]
}

function headersOf(head: string): Record<string, string> {
  const lines = head.replace(/\r\n(?=[ \t])/g, '').split('\r\n')
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      decoded(line.slice(line.indexOf(':') + 1)).trim(),
    ]),
  )
}

/** Encoded words (RFC 2047); the blank between two of them is no part of the text. */
export function decoded(text: string): string {
  return text.replace(/\?=[ \t]+=\?/g, '?==?').replace(/(?:=\?utf-8\?b\?[A-Za-z0-9+/=]*\?=)+/gi, (words) =>
    words
      .split('?==?')
      .map((word) => Buffer.from(word.replace(/^=?\??utf-8\?b\?/i, '').replace(/\?=$/, ''), 'base64').toString('utf8'))
      .join(''),
  )
}

function unquoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
