import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { endpoint } from '../contract/endpoint.ts'
import { SEVERAL_MAX, SEVERAL_PATH } from '../contract/several.ts'
import { platformProblem } from './problems.ts'

/** Who asks, and how they want to be answered: what each call inside is judged by. */
const PASSED_ON = ['cookie', 'x-peiban', 'x-peiban-locale', 'x-peiban-for', 'user-agent'] as const

const ASK_LENGTH_MAX = 400

/** For the description of the API alone: no handler of its own is behind it, each read inside goes through its own. */
export const readSeveral = endpoint({
  name: 'my.readSeveral',
  method: 'GET',
  path: SEVERAL_PATH,
  summary: 'Several reads of one’s own in one call, each judged and noted as if it had come alone',
  gate: { permission: 'patient', proxy: 'any', audit: { none: 'each read inside is noted by its own rule' } },
  query: z.object({
    ask: z
      .array(z.string().max(ASK_LENGTH_MAX))
      .min(1)
      .max(SEVERAL_MAX)
      .describe('Once for each read: its path under /api with its query, such as /my/plan or /my/messages?limit=10'),
  }),
  output: z
    .array(
      z.object({
        status: z.int(),
        body: z.unknown().describe('What the read answers; of one that is refused, its Problem'),
      }),
    )
    .describe('In the order in which they were asked; one that is refused leaves the others be'),
})

/**
 * What a page of patients asks at once, in one call: a phone has six lines to a server, and the twenty cards of a home page
 * would wait for each other. It may and knows nothing by itself: each call inside goes the way of any other, past its own
 * gate and into its own line of the audit log, and one that is refused leaves the others be.
 */
export function serveSeveral(app: FastifyInstance): void {
  app.get(`/api${SEVERAL_PATH}`, async (request, reply) => {
    const headers = Object.fromEntries(
      PASSED_ON.map((name) => [name, request.headers[name]]).filter(([, value]) => value),
    )
    const asked = askedOf(request)
    const answers = await Promise.all(
      asked.map((path) => app.inject({ method: 'GET', url: `/api${path}`, headers, remoteAddress: request.ip })),
    )
    passCookies(reply, answers)
    const parts = answers.map(({ statusCode, body }) => `{"status":${statusCode},"body":${body || 'null'}}`)
    return reply.type('application/json; charset=utf-8').send(`[${parts.join(',')}]`)
  })
}

/** @throws Problem InvalidInput for what is no read of a patient's own */
function askedOf(request: FastifyRequest): string[] {
  const given = (request.query as { ask?: string | string[] }).ask ?? []
  const asked = typeof given === 'string' ? [given] : given
  if (asked.length === 0 || asked.length > SEVERAL_MAX || !asked.every(isOwn))
    throw platformProblem('InvalidInput', { count: 1 }, 'query.ask')
  return asked
}

/** Judged as it will be read: `/my/../patients` is none. */
function isOwn(path: string): boolean {
  if (path.length > ASK_LENGTH_MAX || !path.startsWith('/my/') || !URL.canParse(path, 'http://own')) return false
  const { host, pathname } = new URL(path, 'http://own')
  return host === 'own' && pathname.startsWith('/my/') && !pathname.startsWith(SEVERAL_PATH)
}

function passCookies(reply: FastifyReply, answers: readonly { headers: Record<string, unknown> }[]): void {
  const set = answers.flatMap(({ headers }) => headers['set-cookie'] ?? []) as string[]
  if (set.length > 0) reply.header('set-cookie', set)
}
