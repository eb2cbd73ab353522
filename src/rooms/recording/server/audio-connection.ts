import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { BYTES_A_SECOND } from './rules/pcm.ts'
import { audioFrame, FrameCutter, KINDS, uuidOf, type AudioFrame } from './rules/audio-frames.ts'
import { isTooFast } from './rules/stream.ts'
import type { Kept, OpenStream, StreamRefusal } from './stream.ts'

/** Why a connection was not served, or not to its end. */
export type Refused = StreamRefusal | 'garbage' | 'oversize' | 'silent' | 'too-fast' | 'stopped' | 'taken' | 'fault'

export interface ConnectionWays {
  open: (streamId: string) => Promise<OpenStream | StreamRefusal>
  keep: (open: OpenStream, pcm: Buffer) => Promise<Kept>
  letGo: (open: OpenStream, how: 'hung-up' | 'cut-off') => Promise<void>
  onRefused: (why: Refused, error?: unknown) => void
  /** What is spoken waits for so long at most before it is kept. */
  flushMs: number
  /** A caller names its UUID within so long. */
  greetMs: number
  /** A connection of which nothing is heard for so long is cut off. */
  idleMs: number
}

/** Four seconds: with what is on its way, a crash costs less than five. */
export const PIECE_BYTES = 4 * BYTES_A_SECOND
/** Whoever was told that it is over may still be speaking: closed over unread bytes, the line would break before they hear it. */
const LINGER_MS = 5000
const TRIES = 3
const PAUSE_MS = 1000
const HOURS_MAX_BYTES = 6 * 3600 * BYTES_A_SECOND

/** One call as an exchange brings it: a UUID that was issued, then speech, kept piece by piece while it is spoken. */
export class AudioConnection {
  private readonly socket: Socket
  private readonly ways: ConnectionWays
  private readonly cutter = new FrameCutter()
  private readonly timer: NodeJS.Timeout
  private readonly greeting: NodeJS.Timeout
  private stream: OpenStream | undefined
  private spoken: Buffer[] = []
  private spokenBytes = 0
  private spokenSince = 0
  private total = 0
  private begunAt = 0
  private isClosing = false
  /** One thing after another: pieces keep their order, and nothing is let go of before the last is kept. */
  private work: Promise<void> = Promise.resolve()
  private readonly over: Promise<void>
  private isOver: () => void = () => {}

  constructor(socket: Socket, ways: ConnectionWays) {
    this.socket = socket
    this.ways = ways
    this.over = new Promise((resolve) => (this.isOver = resolve))
    this.greeting = setTimeout(() => {
      if (this.begunAt === 0) this.refuse('silent')
    }, ways.greetMs)
    this.timer = setInterval(() => this.flushOld(), Math.max(10, ways.flushMs / 4))
    this.timer.unref()
    socket.setNoDelay(true)
    socket.setTimeout(ways.idleMs, () => (this.isClosing ? socket.destroy() : this.close('cut-off', 'silent')))
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    // The other end has closed in an orderly way: between two frames it has hung up.
    socket.on('end', () => this.close(this.cutter.isOpen ? 'cut-off' : 'hung-up'))
    socket.on('error', () => this.close('cut-off'))
    socket.on('close', () => this.close('cut-off'))
  }

  /** Takes no more, keeps what was spoken, and is gone. */
  async finish(): Promise<void> {
    this.close('cut-off')
    await this.over
    this.socket.destroy()
  }

  private receive(chunk: Buffer): void {
    if (this.isClosing) return
    for (const frame of this.cutter.push(chunk)) {
      if (this.isClosing) return
      if (this.begunAt === 0) this.greet(frame)
      else this.take(frame)
    }
  }

  /** The first frame, and nothing before it: whose call it is. */
  private greet({ kind, body }: AudioFrame): void {
    if (kind !== KINDS.uuid) return this.refuse('garbage')
    const id = uuidOf(body)
    if (id === undefined) return this.refuse('oversize')
    this.begunAt = performance.now()
    this.work = this.work.then(async () => {
      const opened = await this.ways.open(id)
      if (typeof opened === 'string') return this.refuse(opened)
      this.stream = opened
    })
    this.work = this.work.catch((error: unknown) => this.refuse('fault', error))
  }

  private take({ kind, body }: AudioFrame): void {
    if (kind === KINDS.hangUp) return this.close('hung-up')
    if (kind === KINDS.dtmf) return
    if (kind === KINDS.error) return this.close('cut-off')
    if (kind !== KINDS.audio || body.length % 2 !== 0) return this.refuse('garbage')
    this.total += body.length
    if (isTooFast(this.total, performance.now() - this.begunAt)) return this.refuse('too-fast')
    if (this.total > HOURS_MAX_BYTES) return this.refuse('oversize')
    if (this.spokenBytes === 0) this.spokenSince = performance.now()
    this.spoken.push(Buffer.from(body))
    this.spokenBytes += body.length
    if (this.spokenBytes >= PIECE_BYTES) this.flush()
  }

  private flushOld(): void {
    if (this.spokenBytes > 0 && performance.now() - this.spokenSince >= this.ways.flushMs) this.flush()
  }

  /** Hands what was spoken on to be kept; before it is known whose call it is, it waits in its turn. */
  private flush(): void {
    const pcm = Buffer.concat(this.spoken)
    this.spoken = []
    this.spokenBytes = 0
    for (let at = 0; at < pcm.length; at += PIECE_BYTES) {
      const piece = pcm.subarray(at, at + PIECE_BYTES)
      this.work = this.work.then(() => this.keep(piece)).catch((error: unknown) => this.refuse('fault', error))
    }
  }

  private async keep(piece: Buffer): Promise<void> {
    if (!this.stream) return
    for (let attempt = 1; ; attempt++)
      try {
        const kept = await this.ways.keep(this.stream, piece)
        if (kept !== 'kept') this.refuse(kept)
        return
      } catch (error) {
        // A database that is just being restarted costs nothing: what is spoken meanwhile waits.
        if (attempt === TRIES) throw error
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
  }

  private refuse(why: Refused, error?: unknown): void {
    if (this.isClosing && why !== 'fault') return
    this.ways.onRefused(why, error)
    if (this.socket.writable) this.socket.write(audioFrame(KINDS.error, Buffer.from([1])))
    this.close('cut-off')
  }

  /** Keeps what is left, then lets go. */
  private close(how: 'hung-up' | 'cut-off', why?: Refused): void {
    if (this.isClosing) return
    this.isClosing = true
    clearTimeout(this.greeting)
    clearInterval(this.timer)
    if (why) this.ways.onRefused(why)
    this.flush()
    this.work = this.work
      .then(async () => {
        if (this.stream) await this.ways.letGo(this.stream, how)
      })
      .catch((error: unknown) => this.ways.onRefused('fault', error))
      .finally(() => {
        this.socket.end()
        this.socket.setTimeout(LINGER_MS)
        this.isOver()
      })
  }
}
