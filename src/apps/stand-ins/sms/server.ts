import { setTimeout } from 'node:timers/promises'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { SmsProviderName } from '../../../platform/sms/provider.ts'
import { openDesk, type Desk, type StandInSettings, type TakenSms } from './desk.ts'
import { pushReceipts, pushReply } from './push.ts'

/** What a stand-in is told to do to the next requests that send. */
export type Behaviour =
  /** Takes the message and answers so late. */
  | { kind: 'slow'; ms: number }
  /** Breaks the connection before it has looked at the request. */
  | { kind: 'drop-before' }
  /** Takes the message, then breaks the connection: the case in which nobody knows. */
  | { kind: 'drop-after' }
  /** Refuses with a code of the provider's, unlooked; `perNumber`: the request is taken, its number is not (Tencent). */
  | { kind: 'refuse'; code: string; words?: string; status?: number; perNumber?: boolean }
  /** Takes the message and answers with a gateway's page. */
  | { kind: 'garbage' }

export interface SmsStandIn {
  provider: SmsProviderName
  url: string
  desk: Desk
  /** All that was taken, in order. */
  taken: readonly TakenSms[]
  /** For the next `times` requests; default: one. */
  behave(behaviour: Behaviour, times?: number): void
  /** Says what became of messages, by default all that wait, and pushes the receipts. @returns how many were pushed */
  deliver(fate?: TakenSms['fate'], which?: (message: TakenSms) => boolean): Promise<number>
  /** Pushes receipts again that were pushed before: the providers do so when an answer is late. */
  deliverAgain(): Promise<number>
  /** Somebody writes back. */
  reply(from: string, text: string, options?: { again?: boolean }): Promise<void>
  callbacks: { receipts?: string; replies?: string }
  close(): Promise<void>
}

/** What the two servers fill in. */
export interface Dialect {
  provider: SmsProviderName
  /** Checks the request and answers; `sends` says whether a behaviour applies to it. */
  answer(desk: Desk, request: StandInRequest): { status: number; body: unknown }
  sends(request: StandInRequest): boolean
  refusal(code: string, words: string, perNumber?: StandInRequest): unknown
}

export interface StandInRequest {
  query: string
  headers: Readonly<Record<string, string>>
  body: string
}

export async function startStandIn(dialect: Dialect, settings: StandInSettings): Promise<SmsStandIn> {
  const desk = openDesk(dialect.provider, settings)
  const planned: Behaviour[] = []
  const server = fastify({ logger: false, forceCloseConnections: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.post('/', (request, reply) => handle(dialect, desk, planned, request, reply))
  const url = await server.listen({ host: '127.0.0.1', port: settings.port ?? 0 })
  return control(dialect, desk, planned, server, url)
}

async function handle(
  dialect: Dialect,
  desk: Desk,
  planned: Behaviour[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const read: StandInRequest = {
    query: request.url.split('?')[1] ?? '',
    headers: request.headers as Record<string, string>,
    body: (request.body as string | undefined) ?? '',
  }
  const behaviour = dialect.sends(read) ? planned.shift() : undefined
  const drop = () => {
    reply.hijack()
    request.raw.socket.destroy()
    return reply
  }
  if (behaviour?.kind === 'drop-before') return drop()
  if (behaviour?.kind === 'refuse')
    return reply
      .code(behaviour.status ?? 200)
      .type('application/json')
      .send(
        JSON.stringify(
          dialect.refusal(behaviour.code, behaviour.words ?? behaviour.code, behaviour.perNumber ? read : undefined),
        ),
      )
  const { status, body } = dialect.answer(desk, read)
  if (behaviour?.kind === 'drop-after') return drop()
  if (behaviour?.kind === 'garbage') return reply.code(502).type('text/html').send('<h1>502 Bad Gateway</h1>')
  if (behaviour?.kind === 'slow') await setTimeout(behaviour.ms)
  return reply.code(status).type('application/json').send(JSON.stringify(body))
}

function control(
  { provider }: Dialect,
  desk: Desk,
  planned: Behaviour[],
  server: FastifyInstance,
  url: string,
): SmsStandIn {
  const callbacks = { ...desk.settings.callbacks }
  return {
    provider,
    url,
    desk,
    taken: desk.taken,
    callbacks,
    behave: (behaviour, times = 1) => void planned.push(...Array.from({ length: times }, () => behaviour)),
    deliver: async (fate = 'delivered', which = () => true) => {
      const waiting = desk.taken.filter((message) => message.fate === 'waiting' && which(message))
      for (const message of waiting) message.fate = fate
      return pushReceipts(provider, desk, callbacks.receipts, waiting)
    },
    deliverAgain: () =>
      pushReceipts(
        provider,
        desk,
        callbacks.receipts,
        desk.taken.filter(({ told }) => told),
      ),
    reply: (from, text, options = {}) =>
      pushReply(provider, desk, callbacks.replies, from, text, options.again ?? false),
    close: () => server.close(),
  }
}
