import { hostname } from 'node:os'
import type { ConnectionOptions } from 'node:tls'

/** How long each part of a conversation may stand still, in milliseconds. */
export interface SmtpTimeouts {
  connect: number
  greeting: number
  /** An answer to any command but DATA and the end of a mail. */
  command: number
  /** Until 354. */
  data: number
  /** Until the server has taken the mail: scanners take their time, and giving up here leaves a mail in doubt. */
  final: number
}

/** Where mails are handed over, and how. */
export interface SmtpServer {
  host: string
  port: number
  /** TLS from the first byte (port 465). */
  isImplicitTls: boolean
  /** `offered`: when the server has it; `always`: or not at all. */
  startTls: 'never' | 'offered' | 'always'
  /** Handed to `tls.connect`: `ca`, `rejectUnauthorized` … Certificates are checked unless this says otherwise. */
  tls: ConnectionOptions
  login: { user: string; password: string } | null
  /** What we call ourselves in EHLO. */
  name: string
  timeouts: SmtpTimeouts
}

export const TIMEOUTS: SmtpTimeouts = {
  connect: 15_000,
  greeting: 30_000,
  command: 60_000,
  data: 60_000,
  final: 300_000,
}

/**
 * Reads `smtp://user:pass@host:port` or `smtps://…`. A login goes over TLS only; a relay on this machine (loopback), which
 * usually shows a certificate of its own making, is the exception to both.
 * @throws TypeError where it is no such address
 */
export function smtpServerOf(url: string, over: Partial<SmtpServer> = {}): SmtpServer {
  const { protocol, hostname: named, port, username, password } = new URL(url)
  if (protocol !== 'smtp:' && protocol !== 'smtps:')
    throw new TypeError('an SMTP address begins with smtp:// or smtps://')
  const host = named.replace(/^\[|\]$/g, '')
  if (!host) throw new TypeError('an SMTP address names a host')
  const isLoopback = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/.test(host)
  const login = username ? { user: decodeURIComponent(username), password: decodeURIComponent(password) } : null
  return {
    host,
    port: Number(port) || (protocol === 'smtps:' ? 465 : login ? 587 : 25),
    isImplicitTls: protocol === 'smtps:',
    startTls: login && !isLoopback ? 'always' : 'offered',
    tls: isLoopback ? { rejectUnauthorized: false } : {},
    login,
    name: ownName(),
    timeouts: TIMEOUTS,
    ...over,
  }
}

/** RFC 5321 §4.1.4: a name with a dot in it, or an address in brackets. */
function ownName(): string {
  const name = hostname()
  return /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(name) ? name : '[127.0.0.1]'
}
