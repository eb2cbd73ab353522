import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ReplyReader, type SmtpReply } from './reply.ts'
import type { SmtpServer, SmtpTimeouts } from './server.ts'

export type Phase = keyof SmtpTimeouts

/** The connection is gone: closed, broken, silent for too long, or not speaking SMTP. */
export class LineBroken extends Error {
  readonly phase: Phase
  constructor(phase: Phase, why: string) {
    super(`${why} (${phase})`)
    this.phase = phase
  }
}

/** One connection as lines: what is said, and what is answered in order. */
export class SmtpLine {
  #socket: Socket
  readonly #server: SmtpServer
  readonly #reader = new ReplyReader()
  readonly #ready: SmtpReply[] = []
  #waiting: { resolve: (reply: SmtpReply) => void; reject: (error: Error) => void } | null = null
  #broken: string | null = null
  #phase: Phase = 'connect'
  #deadline = Infinity
  #watch: NodeJS.Timeout
  isSecure = false

  private constructor(server: SmtpServer, socket: Socket) {
    this.#server = server
    this.#socket = socket
    const shortest = Math.min(...Object.values(server.timeouts))
    // One slow tick for all phases: arming a timer for each of ten thousand answers a second would cost more.
    this.#watch = setInterval(() => this.#tick(), Math.max(5, Math.min(1000, shortest / 4)))
    this.#watch.unref()
  }

  /** @throws LineBroken where nobody is there, or the certificate is not theirs */
  static async open(server: SmtpServer): Promise<SmtpLine> {
    const { host, port } = server
    const line = new SmtpLine(server, server.isImplicitTls ? secureSocket(server) : connectTcp({ host, port }))
    await line.#connected(server.isImplicitTls ? 'secureConnect' : 'connect')
    line.isSecure = server.isImplicitTls
    return line
  }

  /** TLS over what was plain so far (STARTTLS, RFC 3207). @throws LineBroken */
  async secure(): Promise<void> {
    // What came in the clear behind the answer to STARTTLS was put there by somebody in between.
    if (this.#reader.isInside || this.#ready.length > 0) this.#break('answers in the clear after STARTTLS')
    if (this.#broken) throw new LineBroken('connect', this.#broken)
    const plain = this.#socket
    plain.removeAllListeners('data')
    this.#socket = secureSocket(this.#server, plain)
    await this.#connected('secureConnect')
    this.isSecure = true
  }

  #connected(event: 'connect' | 'secureConnect'): Promise<void> {
    const socket = this.#socket
    this.#expect('connect')
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#heard(chunk))
    // A socket that TLS has taken over says nothing of its own any more.
    const ifCurrent = (why: string): void => void (socket === this.#socket && this.#break(why))
    socket.on('error', (error) => ifCurrent(error.message))
    socket.on('end', () => ifCurrent('closed by the server'))
    socket.on('close', () => ifCurrent('closed'))
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve: () => {}, reject }
      socket.once(event, () => {
        this.#waiting = null
        this.#deadline = Infinity
        resolve()
      })
    })
  }

  /** Everything in one packet where it fits: copying a mail costs less than handing over pieces of it. */
  write(text: string, before?: Buffer): void {
    if (this.#broken !== null) return
    this.#socket.write(before ? Buffer.concat([before, Buffer.from(text, 'utf8')]) : text)
  }

  /** The next answer. @throws LineBroken */
  read(phase: Phase): Promise<SmtpReply> {
    const reply = this.#ready.shift()
    if (reply) return Promise.resolve(reply)
    if (this.#broken !== null) return Promise.reject(new LineBroken(phase, this.#broken))
    this.#expect(phase)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  get isBroken(): boolean {
    return this.#broken !== null
  }

  /** Says QUIT and leaves without waiting long for the answer. */
  async quit(): Promise<void> {
    if (this.#broken === null) {
      this.write('QUIT\r\n')
      await Promise.race([this.read('command').catch(() => null), pause(Math.min(2000, this.#server.timeouts.command))])
    }
    this.drop('left')
  }

  /** Leaves in the middle of what is being said. */
  drop(why: string): void {
    this.#break(why)
  }

  #expect(phase: Phase): void {
    this.#phase = phase
    this.#deadline = performance.now() + this.#server.timeouts[phase]
  }

  #tick(): void {
    if (this.#waiting && performance.now() > this.#deadline) this.#break('no answer in time')
  }

  #heard(chunk: Buffer): void {
    try {
      for (const reply of this.#reader.feed(chunk.toString('latin1'))) {
        const waiting = this.#waiting
        this.#waiting = null
        if (waiting) waiting.resolve(reply)
        else this.#ready.push(reply)
      }
    } catch (error) {
      this.#break((error as Error).message)
    }
  }

  #break(why: string): void {
    if (this.#broken !== null) return
    this.#broken = why
    clearInterval(this.#watch)
    this.#socket.destroy()
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.reject(new LineBroken(this.#phase, why))
  }
}

function secureSocket({ host, port, tls }: SmtpServer, socket?: Socket): Socket {
  const isName = !/^[\d.]+$|:/.test(host)
  return connectTls({ host, ...(socket ? { socket } : { port }), ...(isName ? { servername: host } : {}), ...tls })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
