import type { Socket } from 'node:net'
import { FrameCutter, framed } from './mllp-frames.ts'
import type { Cut } from './mllp-frames.ts'

export type Peer = { connection: number; address: string; port: number; encrypted: boolean }

/**
 * What is to be told about a connection. `incomplete` and `too-large` carry bytes that no handler saw, `noise`
 * bytes outside any frame: whoever listens keeps them. `fault`: the handler or the socket failed.
 */
export type WireEvent =
  | { kind: 'opened' | 'closed'; peer: Peer }
  | { kind: 'noise' | 'incomplete'; peer: Peer; bytes: Buffer }
  | { kind: 'too-large'; peer: Peer; bytes: Buffer; sizeBytes: number }
  | { kind: 'fault'; peer?: Peer; error: unknown }

export type ConnectionRules = {
  /** Gives the answer to a frame; an empty buffer sends none. Called in the order of arrival. */
  handler: (frame: Buffer, peer: Peer) => Promise<Buffer>
  /** The refusal of a frame beyond the limit, from its beginning; without it there is no answer. */
  refuseTooLarge?: (head: Buffer, peer: Peer, limitBytes: number) => Buffer
  report?: (event: WireEvent) => void
  /** The longest frame. Default 32 MiB: scanned reports come inside OBX-5. */
  limitBytes?: number
  /** How many frames of one connection are handled at once; answers keep their order. */
  inFlight?: number
  /** A connection silent for so long, with nothing to answer, is closed. Default 10 minutes; 0 never. */
  idleMs?: number
}

const LIMIT_BYTES = 32 * 1024 * 1024
const IN_FLIGHT = 32
const IDLE_MS = 600_000
/** A frame that goes on for this many times the limit will not end. */
const OVERRUN = 8

const LINGER_MS = 5_000

type Slot = { answer?: Buffer; hasFailed?: boolean }

/** One sender: reads its frames, answers them in order, and stops reading while too much is open. */
export class MllpConnection {
  readonly peer: Peer
  private readonly socket: Socket
  private readonly rules: ConnectionRules
  private readonly cutter: FrameCutter
  private readonly limitBytes: number
  private readonly inFlightMax: number
  private waiting: Cut[] = []
  private slots: Slot[] = []
  private inFlight = 0
  private isBlocked = false
  private isEnding = false
  private hasEnded = false

  constructor(socket: Socket, peer: Peer, rules: ConnectionRules) {
    this.socket = socket
    this.peer = peer
    this.rules = rules
    this.limitBytes = rules.limitBytes ?? LIMIT_BYTES
    this.inFlightMax = rules.inFlight ?? IN_FLIGHT
    this.cutter = new FrameCutter(this.limitBytes)
    const idleMs = rules.idleMs ?? IDLE_MS
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 60_000)
    socket.setTimeout(idleMs)
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    socket.on('end', () => this.finish())
    socket.on('drain', () => {
      this.isBlocked = false
      this.advance()
    })
    socket.on('timeout', () => {
      if (this.hasEnded) socket.destroy()
      else if (this.slots.length === 0) this.finish()
      else socket.setTimeout(idleMs)
    })
    socket.on('error', (error) => this.report({ kind: 'fault', peer, error }))
    socket.on('close', () => {
      this.leftOver()
      this.report({ kind: 'closed', peer })
    })
    this.report({ kind: 'opened', peer })
  }

  /** Reads no more, answers what was received, then ends. */
  finish(): void {
    if (this.isEnding) return
    this.isEnding = true
    this.leftOver()
    this.advance()
  }

  destroy(): void {
    this.socket.destroy()
  }

  private receive(chunk: Buffer): void {
    if (this.isEnding) return
    this.waiting.push(...this.cutter.push(chunk))
    if (this.cutter.openBytes > this.limitBytes * OVERRUN) this.finish()
    this.advance()
  }

  /** Starts what may be started, and reads on or waits accordingly. */
  private advance(): void {
    while (this.inFlight < this.inFlightMax && !this.isBlocked) {
      const cut = this.waiting.shift()
      if (!cut) break
      this.begin(cut)
    }
    if (this.isEnding && this.slots.length === 0 && this.waiting.length === 0) this.end()
    else if (this.isEnding || this.waiting.length > 0 || this.inFlight >= this.inFlightMax || this.isBlocked)
      this.socket.pause()
    else if (this.socket.isPaused()) this.socket.resume()
  }

  private begin(cut: Cut): void {
    if (cut.kind !== 'frame') {
      this.report({ ...cut, peer: this.peer })
      if (cut.kind !== 'too-large' || !this.rules.refuseTooLarge) return
      const refusal = this.rules.refuseTooLarge(cut.bytes, this.peer, this.limitBytes)
      this.slots.push({ answer: refusal })
      this.flush()
      return
    }
    const slot: Slot = {}
    this.slots.push(slot)
    this.inFlight++
    void this.handle(cut.bytes, slot)
  }

  private async handle(frame: Buffer, slot: Slot): Promise<void> {
    try {
      slot.answer = await this.rules.handler(frame, this.peer)
    } catch (error) {
      // Not stored, so not acknowledged: the sender keeps its message and sends it again.
      slot.hasFailed = true
      this.report({ kind: 'fault', peer: this.peer, error })
    }
    this.inFlight--
    this.flush()
    this.advance()
  }

  /** Sends all answers that are ready, in order, in one write. */
  private flush(): void {
    const ready: Buffer[] = []
    while (this.slots[0]?.answer || this.slots[0]?.hasFailed) {
      const slot = this.slots.shift()
      if (slot?.hasFailed) {
        // Ends here: an answer to a later message would be taken for this one's.
        this.isEnding = true
        this.waiting = []
        this.slots = []
        if (ready.length > 0) this.socket.write(Buffer.concat(ready))
        this.end()
        return
      }
      if (slot?.answer && slot.answer.length > 0) ready.push(framed(slot.answer))
    }
    if (ready.length > 0 && this.socket.writable)
      this.isBlocked = !this.socket.write(ready.length === 1 && ready[0] ? ready[0] : Buffer.concat(ready))
  }

  /**
   * Says goodbye and lets whatever still comes fall: a socket closed over unread bytes resets the connection, and
   * the sender could lose the last answer.
   */
  private end(): void {
    if (this.hasEnded) return
    this.hasEnded = true
    this.socket.end()
    this.socket.resume()
    this.socket.setTimeout(LINGER_MS)
  }

  private leftOver(): void {
    for (const cut of this.cutter.end()) this.report({ ...cut, peer: this.peer } as WireEvent)
  }

  private report(event: WireEvent): void {
    this.rules.report?.(event)
  }
}
