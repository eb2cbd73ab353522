import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call as a stand-in sees it. */
export interface StandInCall {
  method: string
  path: string
  query: URLSearchParams
  /** The parsed body; undefined where there is none or it is no JSON. */
  body: Record<string, unknown> | undefined
}

/** The connection breaks off instead of an answer: whoever asked does not know whether it was taken. */
export const HANG_UP = Symbol('hang up')

export interface StandInServer {
  url: string
  close(): Promise<void>
}

/** A server on loopback that answers in JSON. */
export async function jsonServer(
  handle: (call: StandInCall) => object | typeof HANG_UP | Promise<object | typeof HANG_UP>,
  port = 0,
): Promise<StandInServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const answer = async () => {
      const body = parse(await textOf(request))
      return handle({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body })
    }
    answer()
      .then((value) => {
        if (typeof value === 'symbol') return void request.socket.destroy()
        response.setHeader('content-type', 'application/json; charset=utf-8')
        response.end(JSON.stringify(value))
      })
      .catch((error: Error) => {
        response.statusCode = 500
        response.end(error.message)
      })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
