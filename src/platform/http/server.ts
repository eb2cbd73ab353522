import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Locale } from '../contract/words.ts'
import type { Actor, Tenant } from '../context/context.ts'
import type { House } from '../context/house.ts'
import type { Route } from '../context/room.ts'
import { serveEndpoint } from './endpoint-handler.ts'
import { answerFault } from './fault.ts'
import { collectHttpMetrics } from './metrics.ts'
import { describeApi } from './openapi.ts'
import { apiPage } from './openapi-page.ts'
import { platformProblem } from './problems.ts'
import { readSeveral, serveSeveral } from './several.ts'

export interface Caller {
  actor: Actor
  tenant: Tenant
  locale: Locale
  /** The step of signing in that is still owed; until it is taken only `signing-in` endpoints answer. */
  owes?: string | undefined
}

/** How a request proves who it is; given by the apps, since sessions are a room's business. */
export type Authenticate = (request: {
  cookie?: string
  bearer?: string
  locale?: Locale
  address: string
}) => Promise<Caller | undefined>

/** The same for patients, who have a cookie of their own and nothing else. */
export type AuthenticatePatient = (request: {
  cookie: string
  locale?: Locale
  address: string
}) => Promise<Caller | undefined>

/** Who acts in a patient's name: the cookie is theirs, and `for` says in whose name this call is meant. */
export type AuthenticateProxy = (request: {
  cookie: string
  for: string
  locale?: Locale
}) => Promise<Caller | undefined>

export interface ServerOptions {
  house: House
  routes: readonly Route[]
  authenticate: Authenticate
  authenticatePatient: AuthenticatePatient
  /** Without it nobody acts in the name of others. */
  authenticateProxy?: AuthenticateProxy
  /** True when the database answers and the schema is the one of this release. */
  ready: () => Promise<boolean>
  version: string
  /** Largest JSON body; uploads stream and have limits of their own. */
  bodyLimitBytes?: number
}

export const SESSION_COOKIE = 'peiban_session'
export const PATIENT_COOKIE = 'peiban_patient'
export const PROXY_COOKIE = 'peiban_proxy'
/** In whose name a call is meant; a browser may hold one's own session and that of others at once. */
export const PROXY_HEADER = 'x-peiban-for'

export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { house, routes } = options
  const app = fastify({
    loggerInstance: undefined,
    bodyLimit: options.bodyLimitBytes ?? 2 * 1024 * 1024,
    genReqId: () => house.ids.next(),
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
  } as object) as unknown as FastifyInstance
  await app.register(cookie)
  // Uploads stay a stream: whoever reads them decides when there is enough.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  secureHeaders(app)
  collectHttpMetrics(app)
  app.setErrorHandler((error, request, reply) => answerFault(house, error, request, reply))
  for (const route of routes) if (!route.endpoint.upload) serveEndpoint(app, options, route)
  await app.register(async (uploads: FastifyInstance) => {
    // Whatever type a sender writes, JSON and text too: an upload is bytes, in any charset and of any length.
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    for (const route of routes) if (route.endpoint.upload) serveEndpoint(uploads, options, route)
  })
  serveSeveral(app)
  serveMachineRoom(app, options)
  return app
}

function secureHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (_request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    reply.header('x-frame-options', 'SAMEORIGIN')
    // Calls are recorded by pages of ours alone; whatever might stand in a frame gets neither microphone nor place.
    reply.header('permissions-policy', 'microphone=(self), camera=(self), geolocation=(self), display-capture=()')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    if (!reply.hasHeader('content-security-policy'))
      reply.header(
        'content-security-policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'self'; base-uri 'none'",
      )
    return payload
  })
}

function serveMachineRoom(app: FastifyInstance, { house, routes, ready, version }: ServerOptions): void {
  app.get('/healthz', async () => ({ status: 'ok', version }))
  app.get('/readyz', async (_request, reply) => {
    const isReady = await ready().catch(() => false)
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready' })
  })
  // Half a second of work that a start need not wait for.
  let described: ReturnType<typeof describeApi> | undefined
  const description = () => (described ??= describeApi([...routes.map((r) => r.endpoint), readSeveral], version))
  app.get('/api/openapi.json', async () => description())
  app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(apiPage(description())))
  app.setNotFoundHandler(async (request, reply) =>
    request.url.startsWith('/api/')
      ? answerFault(house, platformProblem('NotFound'), request, reply)
      : reply.code(404).send(),
  )
}
