import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type z } from 'zod'
import type { Endpoint } from '../contract/endpoint.ts'
import { Problem } from '../contract/problem.ts'
import type { AuditEntry, AuditNote } from '../context/context.ts'
import { readContext, write } from '../context/house.ts'
import type { Call, Route, Stream } from '../context/room.ts'
import { platformProblem } from './problems.ts'
import { requestLocale } from './request-locale.ts'
import {
  PATIENT_COOKIE,
  PROXY_COOKIE,
  PROXY_HEADER,
  SESSION_COOKIE,
  type Caller,
  type ServerOptions,
} from './server.ts'
import { keepable } from './keepable.ts'
import { farDays, invalidInput } from './validation.ts'

/** Puts one endpoint on the wire: who → may they → is the input right → do it with its audit row → parse the answer. */
export function serveEndpoint(app: FastifyInstance, options: ServerOptions, route: Route): void {
  const { endpoint } = route
  app.route({
    method: endpoint.method,
    url: `/api${endpoint.path}`,
    config: { endpoint: endpoint.name },
    handler: async (request, reply) => {
      const caller = await identify(options, route, request)
      const call = callOf(options, request, reply)
      const audit: AuditNote = { detail: {} }
      const entry = (outcome: AuditEntry['outcome']) => auditEntry(route, caller, audit, outcome, request)
      try {
        admit(route, caller, request)
        const input = readInput(route, request, caller?.locale ?? requestLocale(request))
        return await send(route, reply, await perform(options, route, caller, input, call, audit, entry))
      } catch (error) {
        await recordRefusal(options, route, caller, error, entry)
        throw error
      }
    },
  })
}

async function identify(options: ServerOptions, route: Route, request: FastifyRequest): Promise<Caller | undefined> {
  if (route.endpoint.gate.permission === 'patient') return identifyPatient(options, request)
  const { authenticate } = options
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const cookie = request.cookies[SESSION_COOKIE]
  const locale = requestLocale(request)
  const caller =
    bearer || cookie
      ? await authenticate({ ...(bearer ? { bearer } : { cookie: cookie! }), locale, address: request.ip })
      : undefined
  if (!caller && route.endpoint.gate.permission !== 'public') throw platformProblem('NotSignedIn')
  return caller
}

/** Only the patient's own cookie counts here: a session of staff in the same browser, or a key, opens nothing. */
async function identifyPatient(options: ServerOptions, request: FastifyRequest): Promise<Caller> {
  const isFor = request.headers[PROXY_HEADER]
  const caller =
    isFor === undefined ? await themselves(options, request) : await proxyOf(options, request, String(isFor))
  if (caller?.actor.kind !== 'patient') throw platformProblem('NotSignedIn')
  return caller
}

async function themselves(
  { authenticatePatient }: ServerOptions,
  request: FastifyRequest,
): Promise<Caller | undefined> {
  const cookie = request.cookies[PATIENT_COOKIE]
  return cookie ? authenticatePatient({ cookie, locale: requestLocale(request), address: request.ip }) : undefined
}

/** What is meant for another's pages never falls back to one's own: a right that has ended would show the wrong person. */
async function proxyOf(
  { authenticateProxy }: ServerOptions,
  request: FastifyRequest,
  isFor: string,
): Promise<Caller | undefined> {
  const cookie = request.cookies[PROXY_COOKIE]
  const caller =
    cookie && isUuid(isFor)
      ? await authenticateProxy?.({ cookie, for: isFor, locale: requestLocale(request) })
      : undefined
  return caller?.actor.proxy ? caller : undefined
}

function admit({ endpoint }: Route, caller: Caller | undefined, request: FastifyRequest): void {
  const { permission } = endpoint.gate
  // A page of another site can make a browser send our cookie, but not this header.
  const cookie = permission === 'patient' ? patientCookie(request) : request.cookies[SESSION_COOKIE]
  if (endpoint.method !== 'GET' && cookie && request.headers['x-peiban'] !== '1' && permission !== 'public')
    throw platformProblem('ForeignRequest')
  if (permission === 'patient') return admitProxy(endpoint.gate, caller)
  if (permission === 'public' || permission === 'signing-in') return
  if (caller?.owes) throw platformProblem('SignInUnfinished', { step: caller.owes })
  // What every signed-in person may see (colleagues, departments) is not for machines.
  if (permission === 'signed-in' && caller?.actor.kind !== 'device') return
  if (!caller?.actor.permissions.has(permission)) throw platformProblem('NotPermitted', { permission })
}

const patientCookie = ({ cookies }: FastifyRequest) => cookies[PATIENT_COOKIE] ?? cookies[PROXY_COOKIE]

/** The person themselves always; somebody they let in only where the gate names what they were let in for. */
function admitProxy({ proxy: wanted }: Endpoint['gate'], caller: Caller | undefined): void {
  const proxy = caller?.actor.proxy
  if (!proxy || wanted === 'any') return
  if (!wanted || !proxy.scopes.includes(wanted)) throw platformProblem('NotLetIn')
}

function readInput({ endpoint }: Route, request: FastifyRequest, locale: 'zh-CN' | 'en'): unknown {
  const part = (name: 'params' | 'query' | 'body', schema: z.ZodType | undefined, given: unknown): unknown => {
    if (!schema) return name === 'body' ? undefined : {}
    const value = keepable(given)
    const parsed = schema.safeParse(value ?? {})
    if (!parsed.success) throw invalidInput(name, schema, value, locale)
    const far = farDays(name, parsed.data, locale)
    if (far) throw far
    return parsed.data
  }
  return {
    params: part('params', endpoint.params, request.params),
    query: part('query', endpoint.query, request.query),
    body: endpoint.upload ? undefined : part('body', endpoint.body, request.body),
  }
}

async function perform(
  { house }: ServerOptions,
  route: Route,
  caller: Caller | undefined,
  input: unknown,
  call: Call,
  audit: AuditNote,
  entry: (outcome: AuditEntry['outcome']) => AuditEntry | undefined,
): Promise<unknown> {
  const { endpoint } = route
  // Public endpoints find their organization themselves and get no database of one.
  if (!caller || endpoint.gate.permission === 'public') return route.handle({ house } as never, input as never, call)
  const context = { actor: caller.actor, tenant: caller.tenant, locale: caller.locale, audit }
  if (endpoint.method === 'GET') {
    const ctx = readContext(house, context)
    const answer = await route.handle(ctx as never, input as never, call)
    const done = entry('done')
    if (done) await house.recordAudit(ctx.db, done, house.clock.now(), house.ids)
    return answer
  }
  const answer = await write(house, context, async (ctx) => {
    const answer = await route.handle(ctx as never, input as never, call)
    const done = answer instanceof Problem ? undefined : entry('done')
    if (done) await house.recordAudit(ctx.tx, done, house.clock.now(), house.ids)
    return answer
  })
  if (answer instanceof Problem) throw answer
  return answer
}

/** A denied or refused call leaves its own trace, after its transaction was rolled back. */
async function recordRefusal(
  { house }: ServerOptions,
  route: Route,
  caller: Caller | undefined,
  error: unknown,
  entry: (outcome: AuditEntry['outcome']) => AuditEntry | undefined,
): Promise<void> {
  if (!caller || !(error instanceof Problem)) return
  const denied = error.status === 403
  if (!denied && route.endpoint.method === 'GET') return
  const record = entry(denied ? 'denied' : 'refused')
  if (!record) return
  record.detail = { ...record.detail, problem: error.code }
  await house.recordAudit(house.databases.of(caller.tenant.id), record, house.clock.now(), house.ids)
}

function auditEntry(
  { endpoint }: Route,
  caller: Caller | undefined,
  note: AuditNote,
  outcome: AuditEntry['outcome'],
  request: FastifyRequest,
): AuditEntry | undefined {
  const rule = endpoint.gate.audit
  if (!caller) return undefined
  if ('none' in rule && outcome !== 'denied') return undefined
  const params = (request.params ?? {}) as Record<string, string>
  const named = (name: string | undefined) => (name && isUuid(params[name]) ? params[name] : undefined)
  const action = 'none' in rule ? endpoint.name : rule.action
  const patient = 'none' in rule ? undefined : rule.patient
  const subject = 'none' in rule ? undefined : rule.subject
  return {
    organizationId: caller.tenant.id,
    actor: caller.actor,
    action,
    outcome,
    patientId: note.patientId ?? named(patient) ?? (caller.actor.kind === 'patient' ? caller.actor.id : null),
    subjectId: note.subjectId ?? named(subject) ?? null,
    detail: note.detail,
    requestId: request.id,
    address: request.ip,
  }
}

function isUuid(text: string | undefined): boolean {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

async function send({ endpoint }: Route, reply: FastifyReply, answer: unknown): Promise<unknown> {
  if (isStream(answer)) {
    reply.type(answer.media)
    if (answer.fileName)
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`)
    return reply.send(answer.stream instanceof Uint8Array ? Buffer.from(answer.stream) : answer.stream)
  }
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(endpoint.output.parse(answer) ?? {}))
}

function isStream(answer: unknown): answer is Stream {
  return typeof answer === 'object' && answer !== null && 'stream' in answer && 'media' in answer
}

function callOf({ house }: ServerOptions, request: FastifyRequest, reply: FastifyReply): Call {
  return {
    house,
    method: request.method,
    headers: request.headers,
    address: request.ip,
    stream: request.body as NodeJS.ReadableStream,
    setHeader: (name, value) => void reply.header(name, value),
    setStatus: (code) => void reply.code(code),
  }
}
