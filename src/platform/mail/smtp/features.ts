import type { SmtpReply } from './reply.ts'

/** What a server says it can do (EHLO, RFC 5321 §4.1.1.1). */
export interface SmtpFeatures {
  pipelining: boolean
  eightBitMime: boolean
  smtpUtf8: boolean
  startTls: boolean
  /** Bytes of the largest mail; null where the server names none. */
  sizeMax: number | null
  auth: ReadonlySet<string>
}

/** What a server without EHLO has. */
export const NO_FEATURES: SmtpFeatures = {
  pipelining: false,
  eightBitMime: false,
  smtpUtf8: false,
  startTls: false,
  sizeMax: null,
  auth: new Set(),
}

export function featuresOf({ lines }: Pick<SmtpReply, 'lines'>): SmtpFeatures {
  const said = new Map<string, string[]>()
  for (const line of lines.slice(1)) {
    // Old servers write `AUTH=LOGIN`.
    const [word = '', ...values] = line
      .trim()
      .toUpperCase()
      .replace(/^AUTH=/, 'AUTH ')
      .split(/\s+/)
    said.set(word, [...(said.get(word) ?? []), ...values])
  }
  const size = Number(said.get('SIZE')?.[0] ?? 0)
  return {
    pipelining: said.has('PIPELINING'),
    eightBitMime: said.has('8BITMIME'),
    smtpUtf8: said.has('SMTPUTF8'),
    startTls: said.has('STARTTLS'),
    sizeMax: Number.isSafeInteger(size) && size > 0 ? size : null,
    auth: new Set(said.get('AUTH')),
  }
}
