import { heldBack, ok, type Answer, type NotOk, type Refusal } from './answer.ts'
import type { AccessTokens, TokenSource } from './access-token.ts'

/** An answer's fields as they came; who reads one says what it should be. */
export type Fields = Record<string, unknown>

export interface CodeTable {
  /** Codes that say that the access token is of no use any more. */
  stale: readonly number[]
  codes: Readonly<Record<string, string>>
}

export interface Request {
  path: string
  query?: Record<string, string>
  /** Sent as JSON by POST; without it the call is a GET. */
  body?: unknown
}

const PATIENCE_MS = 10_000
/** Where a connection ended before anything was said: the other side has got nothing. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** One call to a server that answers `{ errcode, errmsg, … }`. Never throws for what the other side does. */
export async function callJson(baseUrl: string, table: CodeTable, request: Request): Promise<Answer<Fields>> {
  const url = new URL(baseUrl.replace(/\/$/, '') + request.path)
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value)
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      ...(request.body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    text = await response.text()
  } catch (error) {
    const { code = '', message } = ((error as Error).cause ?? {}) as { code?: string; message?: string }
    // `bad port`: fetch has ports it does not even try.
    const isUnsent = UNSENT.has(code) || message === 'bad port'
    return {
      kind: 'unreachable',
      text: code || (error as Error).name,
      uncertain: request.body !== undefined && !isUnsent,
    }
  }
  if (!response.ok) return { kind: 'unreachable', text: `HTTP ${response.status}`, uncertain: response.status >= 500 }
  const fields = parse(text)
  if (!fields) return { kind: 'unreachable', text: 'the answer is no JSON', uncertain: true }
  return answerOf(fields, table)
}

/** Ids of messages are whole numbers beyond 2^53, which JSON.parse would round: they are read as text. */
function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/("msg_?id"\s*:\s*)(\d+)/g, '$1"$2"'))
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

function answerOf(fields: Fields, table: CodeTable): Answer<Fields> {
  const code = Number(fields['errcode'] ?? 0)
  if (code === 0) return ok(fields)
  const text = textOf(fields, 'errmsg').slice(0, 200)
  return { kind: 'refused', refusal: (table.codes[code] ?? 'other') as Refusal, code, text }
}

/**
 * Calls with the account's shared access token; when it is refused as stale, once more with a renewed one. A call that was
 * refused for its token has done nothing, so the second one doubles nothing.
 */
export function tokenCaller(options: {
  baseUrl: string
  tokens: AccessTokens
  source: TokenSource
  table: CodeTable
}): (request: Request) => Promise<Answer<Fields>> {
  const { baseUrl, tokens, source, table } = options
  const callWith = (token: string, request: Request) =>
    callJson(baseUrl, table, { ...request, query: { ...request.query, access_token: token } })
  return async (request) => {
    const token = await tokens.current(source)
    if (token.kind !== 'ok') return unsaid(token)
    const answer = await callWith(token.value, request)
    if (answer.kind !== 'refused' || !table.stale.includes(answer.code)) return answer
    const renewed = await tokens.renewed(source, token.value)
    if (renewed.kind !== 'ok') return unsaid(renewed)
    if (renewed.value === token.value) return heldBack('token', 'the server hands out a token that it does not take')
    return callWith(renewed.value, request)
  }
}

/** Where there is no token, the call itself was never made: whatever became of the token's own. */
function unsaid(answer: NotOk): NotOk {
  return answer.kind === 'unreachable' ? { ...answer, uncertain: false } : answer
}

export function textOf(fields: Fields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function numberOf(fields: Fields, name: string): number {
  const value = Number(fields[name])
  return Number.isFinite(value) ? value : 0
}

export function listOf(fields: Fields, name: string): Fields[] {
  const value = fields[name]
  return Array.isArray(value) ? value.filter((one): one is Fields => typeof one === 'object' && one !== null) : []
}

export function textsOf(fields: Fields, name: string): string[] {
  const value = fields[name]
  return Array.isArray(value) ? value.map(String) : []
}
