import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

export interface Mail {
  to: string[]
  subject: string
  /** All parts, decoded. */
  text: string
  /** As on the wire, unfolded. */
  headers: string
}

/** A real SMTP server on a free port of 127.0.0.1 that keeps what it takes. */
export async function aMailServer(): Promise<{ url: string; mails: Mail[] }> {
  const mails: Mail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), ...readMail(raw) })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { mails, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

/** Enough of MIME for the mails that Peiban writes. */
function readMail(raw: string): Omit<Mail, 'to'> {
  const headers = headersOf(raw)
  const boundary = /boundary="?([^";\r\n]+)/.exec(headers)?.[1]
  const parts = boundary ? raw.split(`--${boundary}`).slice(1, -1) : [raw]
  const subject = /^Subject: (.*)$/im.exec(headers)?.[1] ?? ''
  return { subject: decodeWords(subject), text: parts.map(decodePart).join('\n'), headers }
}

function headersOf(part: string): string {
  const [head = ''] = part.trimStart().split(/\r?\n\r?\n/)
  return head.replace(/\r?\n[ \t]+/g, ' ')
}

function decodePart(part: string): string {
  const body = part.trimStart().replace(/^[\s\S]*?\r?\n\r?\n/, '')
  const encoding = /^Content-Transfer-Encoding: (\S+)/im.exec(headersOf(part))?.[1]?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? unquote(body.replace(/=\r?\n/g, '')) : body
}

/** `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; the blank between two of them is no part of the text. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_whole, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : unquote(word.replaceAll('_', ' ')),
    )
}

function unquote(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
