import type { OutgoingMail } from '../transport.ts'
import { encodedBody } from './body.ts'
import { dateHeader, encodedText, headerLine, mailbox, UnsafeHeader } from './header.ts'

/** A mail as it goes out: both halves ASCII, each header and line ending in CRLF; a blank line belongs between them. */
export interface WrittenMail {
  head: string
  body: string
}

/** Signs a written mail and gives the header lines that go before it. */
export type MailSigner = (mail: WrittenMail, at: Date) => string | Promise<string>

/**
 * Writes a mail. The same mail at the same instant is the same bytes, so that a second copy shows as one.
 * @throws UnsafeHeader where a value would begin another header
 */
export function writeMail(mail: OutgoingMail, at: Date): WrittenMail {
  if (!/^<[^\s<>]+>$/.test(mail.messageId)) throw new UnsafeHeader('a Message-ID that is none')
  let head =
    headerLine('From', mailbox(mail.from).header) +
    headerLine('To', mailbox(mail.to).header) +
    headerLine('Subject', encodedText(mail.subject)) +
    headerLine('Message-ID', mail.messageId) +
    headerLine('Date', dateHeader(at)) +
    headerLine('MIME-Version', '1.0')
  for (const [name, value] of Object.entries(mail.headers ?? {})) head += headerLine(name, encodedText(value))
  const text = part('plain', mail.text)
  if (mail.html === undefined || mail.html === '') return { head: head + text.head, body: text.body }
  const html = part('html', mail.html)
  const boundary = boundaryOf(mail.messageId)
  return {
    head: `${head}Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n`,
    body:
      `--${boundary}\r\n${text.head}\r\n${text.body}` +
      `--${boundary}\r\n${html.head}\r\n${html.body}--${boundary}--\r\n`,
  }
}

/** The whole mail for the line, signed where there is a signer. */
export function mailBytes(mail: OutgoingMail, at: Date, sign?: MailSigner): Buffer | Promise<Buffer> {
  const written = writeMail(mail, at)
  const signature = sign ? sign(written, at) : ''
  return typeof signature === 'string' ? whole(written, signature) : signature.then((lines) => whole(written, lines))
}

function whole({ head, body }: WrittenMail, signature: string): Buffer {
  // The body is ASCII always, the head but for an address beyond it.
  return Buffer.from(`${signature}${head}\r\n${body}`, isAscii(head) ? 'latin1' : 'utf8')
}

function part(kind: 'plain' | 'html', text: string): WrittenMail {
  const encoded = encodedBody(text)
  return {
    head: `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoded.encoding}\r\n`,
    body: encoded.text,
  }
}

/** `=_` stands in no encoded part (see encodedBody), so no part can hold its own boundary. */
function boundaryOf(messageId: string): string {
  return `=_${messageId.replace(/[^A-Za-z0-9]/g, '').slice(0, 60)}`
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(text)
}
