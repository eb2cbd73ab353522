import type { CallOf, Endpoint, OutputOf } from '../../contract/endpoint.ts'
import { language } from '../language/language.ts'
import { addressOf, type CallInput } from './address.ts'
import { ApiProblem, problemOf } from './api-problem.ts'
import { connection } from './connection.ts'
import { session } from './session-end.ts'

/** The input may be left out when the endpoint asks for nothing. */
export type InputArgument<E, More extends unknown[] = []> =
  Record<never, never> extends CallOf<E> ? [input?: CallOf<E>, ...more: Partial<More>] : [input: CallOf<E>, ...more: Partial<More>]

/** Calls an endpoint of a contract. Throws `ApiProblem` and nothing else (but for an abort). */
export async function call<E extends Endpoint>(
  endpoint: E,
  ...[input, options]: InputArgument<E, [options: { signal?: AbortSignal }]>
): Promise<OutputOf<E>> {
  const { body } = (input ?? {}) as CallInput
  const response = await send(addressOf(endpoint, input as CallInput), {
    method: endpoint.method,
    signal: options?.signal ?? null,
    headers: { ...headers(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (response.status === 204 ? undefined : await response.json()) as OutputOf<E>
}

/** What the app adds to every call: in whose name it is meant. */
export const ownHeaders: Record<string, string> = {}

/** Headers of every call: that a page of ours sends it, and the language it is read in. */
export function headers(): Record<string, string> {
  return { 'x-peiban': '1', 'x-peiban-locale': language.current(), ...ownHeaders }
}

/** Fetches and turns whatever goes wrong into an `ApiProblem`; tells the banner about the network. */
export async function send(address: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    connection.lost()
    throw new ApiProblem({ status: 0, code: 'Unreached', title: language.text('web', 'problem.unreached') })
  }
  connection.restored()
  if (response.ok) return response
  const problem = await problemOf(response, { fault: language.text('web', 'problem.fault') })
  session.refused(problem.code)
  throw problem
}
