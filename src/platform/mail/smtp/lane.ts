import { verdictOf } from '../pace/verdict.ts'
import { wireContent, type WireContent } from './dot-stuff.ts'
import { envelopeAddress } from './address.ts'
import type { SmtpFeatures } from './features.ts'
import type { Job } from './job.ts'
import type { Answer, Stage } from './letter.ts'
import { LineBroken, type SmtpLine } from './line.ts'
import type { OpenedLine } from './open.ts'
import type { SmtpReply } from './reply.ts'

/** Where a connection gets its mails and tells what became of them. */
export interface LaneDesk {
  /** One that may go now; null when there is none. */
  take(): Job | null
  /** Until there may be one again. @returns false when it has waited long enough */
  wait(): Promise<boolean>
  /** Resolves when the journal has it; rejects when it has not: then the dot must not go. */
  beforeDot(job: Job): Promise<void>
  answered(job: Job, answer: Answer): void
  inDoubt(job: Job, reason: string): void
  /** Surely not sent over this connection. */
  giveBack(job: Job, reason: string): void
  /** Cannot be put on the line at all. */
  unfit(job: Job, reason: string): void
}

/** A mail that is ready for the line. */
interface Ready {
  job: Job
  envelope: readonly [mail: string, rcpt: string]
  content: WireContent
}

/**
 * One connection at work. Where the server can pipeline, a mail costs one round trip: the end of a mail travels with
 * MAIL, RCPT and DATA of the next (RFC 2920 §3.1 allows the content of a mail at the head of a group), and no content goes
 * before its own 354.
 */
export class Lane {
  readonly #line: SmtpLine
  readonly #features: SmtpFeatures
  readonly #desk: LaneDesk
  #left: number
  /** RCPT or DATA was refused: the transaction is still open. */
  #needsReset = false
  /** The server is about to hang up. */
  #isOver = false

  constructor({ line, features }: OpenedLine, desk: LaneDesk, messages: number) {
    this.#line = line
    this.#features = features
    this.#desk = desk
    this.#left = messages
  }

  /** Sends until nothing is left to send, the connection has carried what it may, or it breaks. */
  async run(): Promise<void> {
    let ready = await this.#next(true)
    let isAsked = false
    while (ready) {
      const { job } = ready
      let following: Ready | null = null
      let isDotted = false
      try {
        const refusal = await this.#ask(ready, isAsked)
        isAsked = false
        if (refusal) {
          this.#told(job, refusal)
        } else {
          this.#left -= 1
          following = await this.#next(false)
          await this.#desk.beforeDot(job)
          isDotted = !this.#line.isBroken
          isAsked = this.#finish(ready, following)
          this.#told(job, answerOf(await this.#line.read('final'), 'final'))
        }
      } catch (error) {
        const reason = (error as Error).message
        if (isDotted) this.#desk.inDoubt(job, reason)
        else this.#desk.giveBack(job, reason)
        if (following) this.#desk.giveBack(following.job, reason)
        this.#line.drop(reason)
        if (!(error instanceof LineBroken)) throw error
        return
      }
      if (this.#isOver) {
        if (following) this.#desk.giveBack(following.job, 'the server has closed the connection')
        break
      }
      ready = following ?? (await this.#next(true))
    }
    if (this.#isOver) this.#line.drop('the server has closed the connection')
    else await this.#line.quit()
  }

  /** Takes the next mail and makes it ready. @param patient waits for one */
  async #next(patient: boolean): Promise<Ready | null> {
    while (this.#left > 0 && !this.#line.isBroken) {
      const job = this.#desk.take()
      if (job) {
        const ready = await this.#prepare(job)
        if (ready) return ready
        continue
      }
      if (!patient || !(await this.#desk.wait())) return null
    }
    return null
  }

  async #prepare(job: Job): Promise<Ready | null> {
    try {
      const { letter } = job
      const to = envelopeAddress(letter.to)
      const from = letter.from === '' ? { path: '', needsUtf8: false } : envelopeAddress(letter.from)
      const needsUtf8 = to.needsUtf8 || from.needsUtf8
      if (needsUtf8 && !this.#features.smtpUtf8) return this.#unfit(job, 'the server takes no address beyond ASCII')
      job.wire ??= wireContent(typeof letter.content === 'function' ? await letter.content() : letter.content)
      const { size, isEightBit } = job.wire
      const { sizeMax, eightBitMime } = this.#features
      if (sizeMax !== null && size > sizeMax) return this.#unfit(job, `larger than the server takes: ${size} bytes`)
      if (isEightBit && !eightBitMime) return this.#unfit(job, 'the server takes mails in seven bits only')
      const extras =
        (sizeMax === null ? '' : ` SIZE=${size}`) +
        (isEightBit ? ' BODY=8BITMIME' : '') +
        (needsUtf8 ? ' SMTPUTF8' : '')
      return {
        job,
        envelope: [`MAIL FROM:<${from.path}>${extras}\r\n`, `RCPT TO:<${to.path}>\r\n`],
        content: job.wire,
      }
    } catch (error) {
      return this.#unfit(job, (error as Error).message)
    }
  }

  #unfit(job: Job, reason: string): null {
    this.#desk.unfit(job, reason)
    return null
  }

  /** @returns what was refused; null after 354 */
  async #ask({ envelope: [mail, rcpt] }: Ready, isAsked: boolean): Promise<Answer | null> {
    if (!this.#features.pipelining) return this.#askOneByOne(mail, rcpt)
    const resets = !isAsked && this.#needsReset
    if (!isAsked) this.#line.write(`${resets ? 'RSET\r\n' : ''}${mail}${rcpt}DATA\r\n`)
    if (resets) await this.#line.read('command')
    this.#needsReset = false
    const mailReply = await this.#line.read('command')
    if (mailReply.code === 421) return answerOf(mailReply, 'mail')
    const rcptReply = await this.#line.read('command')
    if (rcptReply.code === 421) return answerOf(mailReply.code < 300 ? rcptReply : mailReply, 'rcpt')
    const dataReply = await this.#line.read('data')
    const refused = firstRefused(mailReply, rcptReply, dataReply)
    if (!refused) return null
    if (dataReply.code === 354) {
      // RFC 2920 §3.1: it takes content for nobody; a dot alone ends that.
      this.#line.write('.\r\n')
      await this.#line.read('final')
    } else this.#needsReset = mailReply.code < 300
    return refused
  }

  async #askOneByOne(mail: string, rcpt: string): Promise<Answer | null> {
    if (this.#needsReset) await this.#say('RSET\r\n', 'command')
    this.#needsReset = false
    const mailReply = await this.#say(mail, 'command')
    if (mailReply.code >= 300) return answerOf(mailReply, 'mail')
    this.#needsReset = true
    const rcptReply = await this.#say(rcpt, 'command')
    if (rcptReply.code >= 300) return answerOf(rcptReply, 'rcpt')
    const dataReply = await this.#say('DATA\r\n', 'data')
    if (dataReply.code !== 354) return answerOf(dataReply, 'data')
    this.#needsReset = false
    return null
  }

  #say(command: string, phase: 'command' | 'data'): Promise<SmtpReply> {
    this.#line.write(command)
    return this.#line.read(phase)
  }

  /** The content, its dot and, where it may, the envelope of the next. @returns whether the next has been asked for */
  #finish({ content }: Ready, following: Ready | null): boolean {
    if (!following || !this.#features.pipelining) {
      this.#line.write(content.end, content.bytes)
      return false
    }
    const [mail, rcpt] = following.envelope
    this.#line.write(`${content.end}${mail}${rcpt}DATA\r\n`, content.bytes)
    return true
  }

  #told(job: Job, answer: Answer): void {
    if (answer.code === 421) this.#isOver = true
    if (answer.code >= 300) {
      const verdict = verdictOf(job.provider, answer.reply)
      // Enough on this connection, or it is being closed for no reason that concerns the mail: another one takes it.
      if (verdict.class === 'connection-limit') this.#isOver = true
      if (this.#isOver && ['connection-limit', 'temporary'].includes(verdict.class) && job.givenBack < 2) {
        this.#desk.giveBack(job, answer.reply)
        return
      }
    }
    this.#desk.answered(job, answer)
  }
}

function firstRefused(mail: SmtpReply, rcpt: SmtpReply, data: SmtpReply): Answer | null {
  if (mail.code >= 300) return answerOf(mail, 'mail')
  if (rcpt.code >= 300) return answerOf(rcpt, 'rcpt')
  return data.code === 354 ? null : answerOf(data, 'data')
}

function answerOf({ code, text }: SmtpReply, stage: Stage): Answer {
  return { code, reply: text, stage }
}
