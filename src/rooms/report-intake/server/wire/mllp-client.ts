import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { FrameCutter, framed } from './mllp-frames.ts'

export type MllpClientOptions = {
  host?: string
  port: number
  tls?: ConnectionOptions
  /** How many messages may be under way before the first is answered. Default 1, as most senders do. */
  window?: number
  /** An answer that takes longer ends the connection. Default 30 s. */
  timeoutMs?: number
}

export type MllpClient = {
  /** Resolves with the answer; rejects when the connection ends before it came. */
  send: (message: Buffer | string) => Promise<Buffer>
  /** Waits for open answers, then ends. */
  close: () => Promise<void>
  destroy: () => void
}

type Pending = { resolve: (answer: Buffer) => void; reject: (error: Error) => void }

const ANSWER_MAX_BYTES = 1024 * 1024
const TIMEOUT_MS = 30_000

/** Connects to an MLLP receiver. Answers are matched to messages by their order. */
export async function connectMllp(options: MllpClientOptions): Promise<MllpClient> {
  const { host = '127.0.0.1', port, window = 1, timeoutMs = TIMEOUT_MS } = options
  const socket: Socket = options.tls ? connectTls({ host, port, ...options.tls }) : connect({ host, port })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once(options.tls ? 'secureConnect' : 'connect', resolve)
  })
  socket.setNoDelay(true)
  const cutter = new FrameCutter(ANSWER_MAX_BYTES)
  const pending: Pending[] = []
  const queued: { message: Buffer; pending: Pending }[] = []
  let failure: Error | undefined
  let isClosing = false

  const advance = (): void => {
    const out: Buffer[] = []
    while (pending.length < window) {
      const next = queued.shift()
      if (!next) break
      pending.push(next.pending)
      out.push(framed(next.message))
    }
    if (out.length > 0) socket.write(out.length === 1 && out[0] ? out[0] : Buffer.concat(out))
    socket.setTimeout(pending.length > 0 ? timeoutMs : 0)
    if (isClosing && pending.length === 0) socket.end()
  }
  const fail = (error: Error): void => {
    failure ??= error
    for (const one of [...pending.splice(0), ...queued.splice(0).map((entry) => entry.pending)]) one.reject(failure)
  }
  socket.on('data', (chunk: Buffer) => {
    for (const cut of cutter.push(chunk)) if (cut.kind === 'frame') pending.shift()?.resolve(cut.bytes)
    advance()
  })
  socket.on('timeout', () => socket.destroy(new Error('no answer in time')))
  socket.on('error', fail)
  socket.on('end', () => socket.end())
  socket.on('close', () => fail(new Error('the connection ended before the answer')))
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))

  return {
    send: (message) =>
      new Promise<Buffer>((resolve, reject) => {
        if (failure || isClosing) return reject(failure ?? new Error('the client is closed'))
        queued.push({
          message: typeof message === 'string' ? Buffer.from(message) : message,
          pending: { resolve, reject },
        })
        advance()
      }),
    close: () => {
      isClosing = true
      advance()
      return ended
    },
    destroy: () => socket.destroy(),
  }
}
