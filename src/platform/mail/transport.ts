import { createTransport } from 'nodemailer'
import type { MailSigner } from './mime/mail.ts'
import type { Verdict } from './pace/verdict.ts'
import type { UnsentReason } from './smtp/letter.ts'

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
  /**
   * Worth trying again: a throttle, a full mailbox, a broken connection. Without a `code` the server has not answered;
   * `uncertain` then says that the connection broke at a point where the server may already have taken the mail.
   */
  | {
      kind: 'deferred'
      reply: string
      code?: number
      uncertain?: boolean
      /** What the answer means by the provider's own rules, where the transport reads them. */
      verdict?: Verdict
      /** Surely not sent, and why. */
      unsent?: UnsentReason
      /** Not to be tried sooner: the provider is given no more for now. */
      notBefore?: Date | null
    }
  | { kind: 'rejected'; reply: string; code?: number; verdict?: Verdict }

export interface MailTransport {
  /** `smtp` sends; `outbox` keeps mails inside Peiban for everyone to see, which is the default until SMTP_URL is set. */
  readonly kind: 'smtp' | 'outbox'
  send(mail: OutgoingMail, options?: Omit<DeliverOptions, 'isWanted'>): Promise<MailOutcome>
  close(): void | Promise<void>
  /** For whoever keeps a ledger of many mails; a transport that keeps no journal has none. */
  readonly bulk?: BulkMail
}

/** What differs from mail to mail, where several organizations send over one server. */
export interface DeliverOptions {
  /** By the key of the organization that writes, in place of the transport's own. */
  sign?: MailSigner
  /** Where bounces go, one for each mail where they are to be told apart; the address of From otherwise. */
  returnPath?: string
  /** Asked until its dot goes: false, and it stays where it is. */
  isWanted?: () => boolean
}

/** Mails that a ledger answers for: after any crash each is known to be sent, not sent, or in doubt by name. */
export interface BulkMail {
  /** Names this process in the ledger and in its journal; unlike any before it. */
  readonly owner: string
  /** Like `send`, and the journal keeps what became of it until `forget`. */
  deliver(mail: OutgoingMail, options?: DeliverOptions): Promise<MailOutcome>
  /** Resolves when there is room for more: asked before each of many. */
  room(): Promise<void>
  /** The ledger has committed what became of these. */
  forget(messageIds: Iterable<string>): void
  /** What processes that are over knew of their mails. To be asked before anything is sent, and now and then. */
  leftBehind(): LeftBehind[]
  /** Has what the providers still allow outlive this process. */
  savePaces(): void
}

/** The journal of one process that is over, by Message-ID. What it claimed and stands in none of these was not sent. */
export interface LeftBehind {
  owner: string
  /** With what the server answered. */
  accepted: ReadonlyMap<string, string>
  refused: ReadonlyMap<string, string>
  inDoubt: ReadonlySet<string>
  /** The ledger has committed it. */
  drop(): void
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
    // By itself the pool puts a mail whose connection broke into its queue again, up to five times, and tells nobody:
    // whoever keeps count of copies has to see each try.
    maxRequeues: 0,
    // A conversation that stands still longer than this is over; whoever claims mails for sending claims them for longer.
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    ...(loopback ? { tls: { rejectUnauthorized: false } } : {}),
  })
  transport.close()
  return {
    kind: 'smtp',
    async send(mail, { returnPath } = {}) {
      try {
        const envelope = returnPath ? { envelope: { from: returnPath, to: mail.to } } : {}
        const info = await pooled.sendMail({ ...mail, ...envelope })
        return { kind: 'accepted', reply: info.response }
      } catch (error) {
        return outcomeOf(error as SmtpError)
      }
    },
    close: () => pooled.close(),
  }
}

interface SmtpError {
  message: string
  responseCode?: number
  code?: string
  syscall?: string
}

function outcomeOf({ message, responseCode, code = '', syscall }: SmtpError): MailOutcome {
  const reply = message.slice(0, 300)
  if (responseCode !== undefined)
    return { kind: responseCode >= 500 ? 'rejected' : 'deferred', reply, code: responseCode }
  const isBeforeMail =
    syscall === 'connect' ||
    ['EDNS', 'EAUTH', 'ETLS', 'EPROXY'].includes(code) ||
    /^(Connection timeout|Greeting never received)/.test(message)
  return { kind: 'deferred', reply, uncertain: !isBeforeMail }
}

/** Accepts everything and sends nothing: the ledger itself is the outbox that staff can look into. */
export function outboxTransport(): MailTransport {
  return {
    kind: 'outbox',
    send: () => Promise.resolve({ kind: 'accepted', reply: 'kept in the outbox' }),
    close: () => {},
  }
}
