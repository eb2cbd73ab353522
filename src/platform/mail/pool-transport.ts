import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { AckJournal } from './journal/ack-journal.ts'
import type { MailSigner } from './mime/mail.ts'
import { mailBytes } from './mime/mail.ts'
import { mailbox } from './mime/header.ts'
import type { Paces } from './pace/paces.ts'
import type { LetterOutcome } from './smtp/letter.ts'
import { SmtpPool } from './smtp/pool.ts'
import { smtpServerOf, type SmtpServer } from './smtp/server.ts'
import type { DeliverOptions, MailOutcome, MailTransport, OutgoingMail } from './transport.ts'

export interface PoolTransportOptions {
  clock: Clock
  log: Logger
  connections?: number
  messagesPerConnection?: number
  queueMax?: number
  paces?: Paces
  journal?: AckJournal
  sign?: MailSigner
  server?: Partial<SmtpServer>
}

/** Our own pool behind the transport that the house knows; `deliver` tells more than `send` does. */
export interface PoolTransport extends MailTransport {
  readonly kind: 'smtp'
  /** What became of the mail, in all five kinds. Named in the journal by its Message-ID. */
  deliver(mail: OutgoingMail, options?: DeliverOptions): Promise<LetterOutcome>
  /** Resolves when the queue has room: ask before each of many. */
  room(): Promise<void>
  /** Resolves when what was under way is over. */
  end(): Promise<void>
}

/**
 * Mails over the server of `SMTP_URL`, by a pool that pipelines.
 * @throws TypeError where the address is none
 */
export function poolTransport(url: string, options: PoolTransportOptions): PoolTransport {
  const { clock, log, sign: ownSign, server, ...rest } = options
  const pool = new SmtpPool({ server: smtpServerOf(url, server), clock, log, ...rest })
  const deliver: PoolTransport['deliver'] = async (mail, { sign = ownSign, returnPath, isWanted } = {}) => {
    try {
      return await pool.send({
        id: mail.messageId,
        from: returnPath ?? mailbox(mail.from).address,
        to: mailbox(mail.to).address,
        content: () => mailBytes(mail, clock.now(), sign),
        ...(isWanted ? { isWanted } : {}),
      })
    } catch (error) {
      // An address or an id that would begin another header: it never comes near the line.
      return { kind: 'unsent', why: 'unfit', reason: (error as Error).message, notBefore: null }
    }
  }
  return {
    kind: 'smtp',
    deliver,
    send: async (mail, options) => mailOutcomeOf(await deliver(mail, options)),
    room: () => pool.room(),
    end: () => pool.close(),
    close: () => void pool.close(),
  }
}

/** In the words that the ledger already knows. */
export function mailOutcomeOf(outcome: LetterOutcome): MailOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted', reply: outcome.reply }
    case 'refused':
      return { kind: 'rejected', reply: outcome.reply, code: outcome.code, verdict: outcome.verdict }
    case 'deferred':
      return { kind: 'deferred', reply: outcome.reply, code: outcome.code, verdict: outcome.verdict }
    case 'in-doubt':
      return { kind: 'deferred', reply: outcome.reason, uncertain: true }
    case 'unsent':
      // What cannot be put on the line at all will not fit later either.
      return outcome.why === 'unfit'
        ? { kind: 'rejected', reply: outcome.reason }
        : {
            kind: 'deferred',
            reply: outcome.reason,
            uncertain: false,
            unsent: outcome.why,
            notBefore: outcome.notBefore,
          }
  }
}
