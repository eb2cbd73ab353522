import type { Clock } from '../../clock.ts'
import type { Logger } from '../../log.ts'
import { isJournalId, type AckJournal } from '../journal/ack-journal.ts'
import { paceKey, type Paces } from '../pace/paces.ts'
import { providerByCode, providerOf, type Provider } from '../pace/provider.ts'
import { verdictOf } from '../pace/verdict.ts'
import { JournalDesk } from './journal-desk.ts'
import type { Job } from './job.ts'
import { Lane, type LaneDesk } from './lane.ts'
import type { Answer, Letter, LetterOutcome, UnsentReason } from './letter.ts'
import { LineBroken } from './line.ts'
import { NotOpened, openLine } from './open.ts'
import { PacedQueue } from './queue.ts'
import type { SmtpServer } from './server.ts'

export interface SmtpPoolOptions {
  server: SmtpServer
  clock: Clock
  log: Logger
  /** Connections at once. */
  connections?: number
  messagesPerConnection?: number
  /** So many mails may wait before `room` makes the caller wait. */
  queueMax?: number
  /** A connection with nothing to send leaves after this. */
  idleMs?: number
  /** Limits by recipient's provider and sender; none, and each mail goes as soon as it can. */
  paces?: Paces
  /** A mail whose provider gets nothing for longer than this comes back as `unsent`, with the time to try again. */
  patienceMs?: number
  journal?: AckJournal
  /** Names of a domain's mail exchangers, where the caller knows them. */
  exchangersOf?: (domain: string) => readonly string[]
}

const DEFAULTS = {
  connections: 4,
  messagesPerConnection: 500,
  queueMax: 1000,
  idleMs: 10_000,
  patienceMs: 5_000,
}

/**
 * Several connections to one server. Each mail gets exactly one outcome; the pool itself sends none twice: what comes back
 * from a broken connection goes out again only where its final dot had not been sent.
 */
export class SmtpPool {
  readonly #options: SmtpPoolOptions & typeof DEFAULTS
  readonly #queue: PacedQueue
  readonly #journal: JournalDesk
  readonly #desk: LaneDesk
  readonly #lanes = new Set<Promise<void>>()
  #idle: ((mayBe: boolean) => void)[] = []
  #wantRoom: (() => void)[] = []
  #lookAgain: NodeJS.Timeout | null = null
  #open = 0
  #isClosed = false
  #noLaneBefore = 0

  constructor(options: SmtpPoolOptions) {
    this.#options = { ...DEFAULTS, ...options }
    this.#queue = new PacedQueue(options.paces ?? null)
    this.#journal = new JournalDesk(options.journal ?? null, (error) =>
      options.log.error({ err: error }, 'the mail journal cannot be written'),
    )
    this.#desk = {
      take: () => this.#take(),
      wait: () => this.#wait(),
      beforeDot: (job) => {
        if (isRecalled(job)) return Promise.reject(new LineBroken('data', 'the mail was recalled'))
        job.isMarked = true
        return this.#journal.mark(job.letter.id)
      },
      answered: (job, answer) => this.#answered(job, answer),
      inDoubt: (job, reason) => this.#settle(job, { kind: 'in-doubt', reason }),
      giveBack: (job, reason) => this.#giveBack(job, reason),
      unfit: (job, reason) => this.#unsent(job, 'unfit', reason),
    }
  }

  /**
   * What became of the mail; in the journal before it is told.
   * @throws TypeError where the id cannot stand in a journal
   */
  send(letter: Letter): Promise<LetterOutcome> {
    return new Promise((settle) => {
      if (!isJournalId(letter.id)) throw new TypeError('the id of a mail has printable characters and no blank')
      const domain = domainOf(letter.to)
      const { paces, exchangersOf } = this.#options
      const provider = providerOf(domain, exchangersOf?.(domain) ?? [])
      // By the sender's domain: each mail may have a return path of its own.
      const key = paces ? paceKey(provider, domain, domainOf(letter.from)) : ''
      const job: Job = { letter, provider, key, settle, givenBack: 0, isMarked: false }
      if (this.#isClosed) return this.#settle(job, { ...UNSENT, why: 'closed', reason: 'the pool is closed' })
      if (paces && paces.waitFor(key, this.#now(), this.#queue.ahead(key)) > this.#options.patienceMs)
        return this.#paced(job, paces)
      this.#queue.add(job)
      this.#stir()
    })
  }

  /** Resolves when fewer mails wait than `queueMax`: who has millions to send asks before each. */
  room(): Promise<void> {
    if (this.#queue.size < this.#options.queueMax || this.#isClosed) return Promise.resolve()
    return new Promise((resolve) => this.#wantRoom.push(resolve))
  }

  /** What waits comes back unsent, what is under way is finished, connections are left with QUIT. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#lookAgain) clearTimeout(this.#lookAgain)
    for (const job of this.#queue.drain()) this.#settle(job, { ...UNSENT, why: 'closed', reason: 'the pool is closed' })
    this.#wake(false)
    for (const resolve of this.#wantRoom.splice(0)) resolve()
    await Promise.all(this.#lanes)
    this.#journal.flush()
  }

  get waiting(): number {
    return this.#queue.size
  }

  #now(): number {
    return this.#options.clock.now().getTime()
  }

  #stir(): void {
    const woken = this.#idle.shift()
    if (woken) return woken(true)
    const lanes = this.#lanes.size
    if (lanes > 0 && performance.now() < this.#noLaneBefore) return
    if (lanes < Math.min(this.#options.connections, this.#queue.size + this.#open)) this.#openLane()
  }

  #openLane(): void {
    const lane = this.#runLane()
      .catch((error: unknown) => this.#options.log.error({ err: error as Error }, 'an SMTP connection failed'))
      .finally(() => {
        this.#lanes.delete(lane)
        if (this.#queue.size > 0 && !this.#isClosed) this.#stir()
      })
    this.#lanes.add(lane)
  }

  async #runLane(): Promise<void> {
    const { server, messagesPerConnection } = this.#options
    let opened
    try {
      opened = await openLine(server)
      if (opened.line.isBroken) throw new NotOpened('the server has hung up')
    } catch (error) {
      this.#notOpened(error as Error)
      return
    }
    this.#open += 1
    try {
      await new Lane(opened, this.#desk, messagesPerConnection).run()
    } finally {
      this.#open -= 1
    }
  }

  /** Others that stand carry on with fewer; where none stands, everything that waits comes back at once. */
  #notOpened(error: Error): void {
    this.#options.log.warn({ err: error }, 'no conversation with the mail server')
    this.#noLaneBefore = performance.now() + LANE_PAUSE_MS
    // This one still counts itself.
    if (this.#lanes.size > 1) return this.#askAgainIn(LANE_PAUSE_MS)
    const { reply = null, isLogin = false } = error instanceof NotOpened ? error : {}
    const minutes = reply ? verdictOf(RELAY, reply.text).retryMinutes : 0
    const notBefore = minutes > 0 ? new Date(this.#now() + minutes * 60_000) : null
    const why = isLogin ? 'login' : 'unreachable'
    for (const job of this.#queue.drain()) this.#unsent(job, why, error.message, notBefore)
  }

  #take(): Job | null {
    for (;;) {
      const found = this.#queue.take(this.#now())
      if (found === null) return null
      if ('waitMs' in found) {
        this.#askAgainIn(found.waitMs)
        return null
      }
      if (this.#queue.size < this.#options.queueMax) this.#wantRoom.shift()?.()
      if (isRecalled(found)) {
        this.#unsent(found, 'recalled', 'the mail was recalled')
        continue
      }
      if (this.#queue.size > 0 && this.#idle.length > 0) this.#stir()
      return found
    }
  }

  #askAgainIn(ms: number): void {
    if (this.#lookAgain || this.#isClosed) return
    this.#lookAgain = setTimeout(() => {
      this.#lookAgain = null
      if (this.#queue.size > 0) this.#stir()
    }, ms)
  }

  /** Back to the caller, with a time of its own. */
  #paced(job: Job, paces: Paces): void {
    const notBefore = new Date(paces.slotFor(job.key, this.#now(), this.#queue.ahead(job.key)))
    this.#settle(job, {
      kind: 'unsent',
      why: 'paced',
      reason: `${job.provider.code} is given no more for now`,
      notBefore,
    })
  }

  #wait(): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#idle = this.#idle.filter((one) => one !== woken)
        resolve(false)
      }, this.#options.idleMs)
      const woken = (mayBe: boolean): void => {
        clearTimeout(timer)
        resolve(mayBe)
      }
      this.#idle.push(woken)
    })
  }

  #wake(mayBe: boolean): void {
    for (const woken of this.#idle.splice(0)) woken(mayBe)
  }

  #answered(job: Job, answer: Answer): void {
    const { letter, provider } = job
    if (answer.code < 300) {
      this.#options.paces?.release(job.key, { accepted: true })
      this.#journal.note({ kind: '+', id: letter.id, reply: answer.reply }, () =>
        job.settle({ kind: 'accepted', ...answer }),
      )
      return
    }
    const verdict = verdictOf(provider, answer.reply)
    const { paces } = this.#options
    paces?.release(job.key)
    if (paces && verdict.class === 'throttle') {
      paces.hold(job.key, this.#now(), verdict.retryMinutes, verdict.narrows)
      for (const held of this.#queue.drain(job.key)) this.#paced(held, paces)
    }
    const settle = (): void => job.settle({ kind: verdict.isTemporary ? 'deferred' : 'refused', verdict, ...answer })
    if (job.isMarked) this.#journal.note({ kind: '-', id: letter.id, reply: answer.reply }, settle)
    else settle()
  }

  #giveBack(job: Job, reason: string): void {
    this.#options.paces?.release(job.key, { unused: true })
    this.#unmark(job)
    job.givenBack += 1
    if (isRecalled(job)) this.#settle(job, { ...UNSENT, why: 'recalled', reason })
    else if (this.#isClosed) this.#settle(job, { ...UNSENT, why: 'closed', reason })
    else if (job.givenBack > 2) this.#settle(job, { ...UNSENT, why: 'unreachable', reason })
    else {
      this.#queue.addInFront(job)
      this.#stir()
    }
  }

  #unsent(job: Job, why: UnsentReason, reason: string, notBefore: Date | null = null): void {
    // Taken out of its bucket, and brought to nobody.
    if (why === 'unfit' || why === 'recalled') this.#options.paces?.release(job.key, { unused: true })
    this.#settle(job, { kind: 'unsent', why, reason, notBefore })
  }

  #unmark(job: Job): void {
    if (job.isMarked) this.#journal.note({ kind: '~', id: job.letter.id })
    job.isMarked = false
  }

  #settle(job: Job, outcome: LetterOutcome): void {
    if (outcome.kind === 'in-doubt') this.#options.paces?.release(job.key)
    job.settle(outcome)
  }
}

/** After a connection that did not come about, others that stand carry on alone for so long. */
const LANE_PAUSE_MS = 5_000
const UNSENT = { kind: 'unsent', notBefore: null } as const
/** What the server itself says before any mail is read by the general rules. */
const RELAY: Provider = providerByCode('other')

function isRecalled({ letter }: Job): boolean {
  return letter.isWanted?.() === false
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
