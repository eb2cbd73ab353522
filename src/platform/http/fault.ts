import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem, type ProblemBody } from '../contract/problem.ts'
import type { House } from '../context/house.ts'
import { requestLocale } from './request-locale.ts'
import { InvalidInput } from './validation.ts'

/** Fastify's own refusals, said in our words. */
const FASTIFY_CODES: Record<string, { status: number; code: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'TooLarge' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'UnsupportedMedia' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'InvalidInput' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'InvalidInput' },
}

/** Refusals are explained to the caller; faults are logged whole and answered with nothing but a number to ask about. */
export function answerFault(house: House, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = requestLocale(request)
  if (error instanceof Problem) {
    const body: ProblemBody = {
      status: error.status,
      code: error.code,
      title: inAddress(error) ?? house.translate.problem(locale, error.code, error.values),
      values: error.values,
      requestId: request.id,
      ...(error.path ? { path: error.path } : {}),
      ...(error instanceof InvalidInput ? { fields: error.fields } : {}),
    }
    return reply.code(error.status).type('application/problem+json').send(JSON.stringify(body))
  }
  const known = FASTIFY_CODES[(error as { code?: string }).code ?? '']
  const status = known?.status ?? (error as { statusCode?: number }).statusCode ?? 500
  const code = known?.code ?? (status < 500 ? 'InvalidInput' : 'Fault')
  // The pattern of the address, since the address itself may hold the token of a link.
  if (status >= 500) house.log.error({ err: error, requestId: request.id, url: request.routeOptions.url }, 'fault')
  const body = {
    status,
    code,
    title: house.translate.problem(locale, code, { count: 1 }),
    values: {},
    requestId: request.id,
  }
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body))
}

/** Nothing on a page is marked where it was the address that is wrong: what is wrong with it is said at once. */
function inAddress(error: Problem): string | undefined {
  if (!(error instanceof InvalidInput) || error.fields.some(({ path }) => path.startsWith('body'))) return undefined
  return error.fields[0]?.message
}
