import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { TlsOptions } from 'node:tls'
import { MllpConnection } from './mllp-connection.ts'
import type { ConnectionRules } from './mllp-connection.ts'

export type { Peer, WireEvent } from './mllp-connection.ts'

export type MllpOptions = ConnectionRules & {
  host?: string
  /** 0 takes a free one. */
  port: number
  /** Certificates and what else node:tls takes; without it the connection is plain. */
  tls?: TlsOptions
  /** Further connections are refused by the system. Default 1,000. */
  connectionsMax?: number
}

export type MllpServer = {
  port: number
  /** How many senders are connected. */
  connections: () => number
  /** Takes no more, answers what was received, and cuts off what is not done after `limitMs`. */
  close: (limitMs?: number) => Promise<void>
}

const CONNECTIONS_MAX = 1000
const DRAIN_MS = 10_000

/** Listens for HL7 v2 over MLLP. Rejects when the port cannot be had. */
export async function startMllpServer(options: MllpOptions): Promise<MllpServer> {
  const open = new Set<MllpConnection>()
  let count = 0
  let isClosing = false
  const take = (socket: Socket): void => {
    const { remoteAddress = '', remotePort = 0 } = socket
    const peer = { connection: ++count, address: remoteAddress, port: remotePort, encrypted: options.tls !== undefined }
    const connection = new MllpConnection(socket, peer, options)
    open.add(connection)
    socket.on('close', () => open.delete(connection))
    if (isClosing) connection.finish()
  }
  // A sender that closes its half after the message still gets its answer.
  const server: Server = options.tls
    ? createTlsServer({ ...options.tls, allowHalfOpen: true }, take)
    : createServer({ allowHalfOpen: true }, take)
  server.maxConnections = options.connectionsMax ?? CONNECTIONS_MAX
  server.on('tlsClientError', (error: unknown) => options.report?.({ kind: 'fault', error }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host ?? '127.0.0.1', resolve)
  })
  server.on('error', (error) => options.report?.({ kind: 'fault', error }))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => open.size,
    close: async (limitMs = DRAIN_MS) => {
      isClosing = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of open) connection.finish()
      const timer = setTimeout(() => {
        for (const connection of open) connection.destroy()
      }, limitMs)
      await closed
      clearTimeout(timer)
      // The server counts a socket out just before the socket says so itself.
      while (open.size > 0) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
