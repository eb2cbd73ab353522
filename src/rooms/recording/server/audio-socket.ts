import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { AudioConnection, type Refused } from './audio-connection.ts'
import { keepSpoken, letGo, openStream } from './stream.ts'

export interface AudioSocketOptions {
  house: House
  /** 0 takes a free one. */
  port: number
  /** What comes over it is not encrypted: this machine alone, unless a house says otherwise. */
  host: string
  flushMs?: number
  greetMs?: number
  idleMs?: number
  connectionsMax?: number
}

export interface AudioSocketServer {
  port: number
  /** How many connections were refused or broken off, by reason. */
  refused: () => Readonly<Partial<Record<Refused, number>>>
  connections: () => number
  /** Takes no more and keeps what was spoken. */
  close: () => Promise<void>
}

const FLUSH_MS = 4000
const GREET_MS = 5000
const IDLE_MS = 120_000
const CONNECTIONS_MAX = 500

const listening = new WeakMap<House, number>()
const count = (house: House, more: number) => listening.set(house, (listening.get(house) ?? 0) + more)

/** Whether calls may be brought to this house by a telephone exchange. */
export const isListening = (house: House): boolean => (listening.get(house) ?? 0) > 0

/** Listens for calls that a telephone exchange hands on while they are spoken. Rejects when the port cannot be had. */
export async function startAudioSocket(options: AudioSocketOptions): Promise<AudioSocketServer> {
  const { house, flushMs = FLUSH_MS, greetMs = GREET_MS, idleMs = IDLE_MS } = options
  const open = new Set<AudioConnection>()
  const refused: Partial<Record<Refused, number>> = {}
  const refusals = counter('peiban_audiosocket_refused_total', 'Calls of an exchange that were not taken', ['reason'])
  const take = (socket: Socket): void => {
    const { remoteAddress } = socket
    const connection = new AudioConnection(socket, {
      open: (streamId) => openStream(house, streamId),
      keep: (stream, pcm) => keepSpoken(house, stream, pcm),
      letGo: (stream, how) => letGo(house, stream, how),
      onRefused: (reason, error) => {
        refused[reason] = (refused[reason] ?? 0) + 1
        refusals.inc({ reason })
        const about = { reason, address: remoteAddress, ...(error === undefined ? {} : { err: error }) }
        house.log[error === undefined ? 'warn' : 'error'](about, 'a call of the telephone exchange was not taken')
      },
      flushMs,
      greetMs,
      idleMs,
    })
    open.add(connection)
    socket.on('close', () => open.delete(connection))
  }
  // The other half may close first: what it has said before is still kept.
  const server = createServer({ allowHalfOpen: true }, take)
  server.maxConnections = options.connectionsMax ?? CONNECTIONS_MAX
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  server.on('error', (error) => house.log.error({ err: error }, 'the port for calls of the telephone exchange'))
  count(house, 1)
  return {
    port: (server.address() as AddressInfo).port,
    refused: () => refused,
    connections: () => open.size,
    close: async () => {
      count(house, -1)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await Promise.all([...open].map((connection) => connection.finish()))
      await closed
    },
  }
}
