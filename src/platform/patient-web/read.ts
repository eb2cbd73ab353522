import type { CallOf, Endpoint, OutputOf } from '../contract/endpoint.ts'
import { SEVERAL_MAX, SEVERAL_PATH, type SeveralAnswer } from '../contract/several.ts'
import { addressOf, type CallInput } from '../web/api/address.ts'
import { ApiProblem, problemOf } from '../web/api/api-problem.ts'
import { headers, send } from '../web/api/call.ts'
import { session } from '../web/api/session-end.ts'
import { language } from '../web/language/language.ts'
import { call, saying } from './call.ts'

interface Asking {
  address: string
  signal: AbortSignal
  done: (body: unknown) => void
  failed: (error: unknown) => void
}

let waiting: Asking[] = []

/**
 * Asks an endpoint as `call` does. What one page asks in the same moment travels together: the cards of a home page are
 * one call instead of twenty, and what two of them ask alike is asked once.
 */
export function read<E extends Endpoint>(endpoint: E, input: CallOf<E>, signal: AbortSignal): Promise<OutputOf<E>> {
  if (endpoint.method !== 'GET' || !endpoint.path.startsWith('/my/'))
    return (call as (e: E, i: CallOf<E>, o: { signal: AbortSignal }) => Promise<OutputOf<E>>)(endpoint, input, {
      signal,
    })
  return new Promise<unknown>((done, failed) => {
    if (waiting.length === 0) setTimeout(askAll)
    waiting.push({ address: addressOf(endpoint, input as CallInput), signal, done, failed })
  }).catch((error: unknown) => {
    throw error instanceof ApiProblem ? saying(error) : error
  }) as Promise<OutputOf<E>>
}

function askAll(): void {
  // Whoever has left the page waits for nothing.
  const byAddress = Map.groupBy(
    waiting.filter(({ signal }) => !signal.aborted),
    ({ address }) => address,
  )
  waiting = []
  const all = [...byAddress]
  for (let n = 0; n < all.length; n += SEVERAL_MAX) void askTogether(new Map(all.slice(n, n + SEVERAL_MAX)))
}

async function askTogether(byAddress: ReadonlyMap<string, readonly Asking[]>): Promise<void> {
  const everybody = [...byAddress.values()]
  try {
    const answers = await answersTo([...byAddress.keys()])
    await Promise.all(everybody.map((asking, n) => tell(asking, answers[n]!)))
  } catch (error) {
    for (const { failed } of everybody.flat()) failed(error)
  }
}

async function answersTo(addresses: readonly string[]): Promise<SeveralAnswer[]> {
  const get = async (address: string) => (await send(address, { method: 'GET', headers: headers() })).json()
  const [first] = addresses
  if (addresses.length === 1) return [{ status: 200, body: await get(first!) }]
  // `/api/my/plan` is asked as `/my/plan`.
  const query = new URLSearchParams(addresses.map((address) => ['ask', address.replace(/^\/api/, '')]))
  return (await get(`/api${SEVERAL_PATH}?${query}`)) as SeveralAnswer[]
}

async function tell(asking: readonly Asking[], { status, body }: SeveralAnswer): Promise<void> {
  if (status >= 200 && status < 300) return asking.forEach(({ done }) => done(body))
  const words = { fault: language.text('web', 'problem.fault') }
  const problem = await problemOf(Response.json(body, { status }), words)
  session.refused(problem.code)
  for (const { failed } of asking) failed(problem)
}
