import { createTransport } from 'nodemailer'

export interface OutgoingMail {
  from: string
  to: string
  subject: string
  text: string
  html?: string
  /** Deterministic per ledger row, so that a doubled send can be recognised by the receiver. */
  messageId: string
  headers?: Record<string, string>
}

export type MailOutcome =
  | { kind: 'accepted'; reply: string }
  /** Worth trying again: a throttle, a full mailbox, a broken connection. */
  | { kind: 'deferred'; reply: string }
  | { kind: 'rejected'; reply: string }

export interface MailTransport {
  /** `smtp` sends; `outbox` keeps mails inside Peiban for everyone to see, which is the default until SMTP_URL is set. */
  readonly kind: 'smtp' | 'outbox'
  send(mail: OutgoingMail): Promise<MailOutcome>
  close(): void
}

/** A pooled SMTP connection to the server of `SMTP_URL` (`smtp://user:pass@host:port` or `smtps://…`). */
export function smtpTransport(url: string): MailTransport {
  // A relay on this machine (loopback) usually shows a self-made certificate; any other must prove itself.
  const loopback = /@?(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|\?|$)/.test(url)
  const transport = createTransport(url, {})
  const pooled = createTransport({
    ...(transport.options as object),
    pool: true,
    maxConnections: 4,
    maxMessages: 500,
    ...(loopback ? { tls: { rejectUnauthorized: false } } : {}),
  })
  transport.close()
  return {
    kind: 'smtp',
    async send(mail) {
      try {
        const info = await pooled.sendMail(mail)
        return { kind: 'accepted', reply: info.response }
      } catch (error) {
        const { responseCode, message } = error as { responseCode?: number; message: string }
        const final = responseCode !== undefined && responseCode >= 500
        return { kind: final ? 'rejected' : 'deferred', reply: message.slice(0, 300) }
      }
    },
    close: () => pooled.close(),
  }
}

/** Accepts everything and sends nothing: the ledger itself is the outbox that staff can look into. */
export function outboxTransport(): MailTransport {
  return { kind: 'outbox', send: () => Promise.resolve({ kind: 'accepted', reply: 'kept in the outbox' }), close: () => {} }
}
