/** One signed request and what came back, as far as it says whether the other side may have acted on it. */
export type Exchange =
  | { kind: 'answered'; status: number; body: unknown }
  /** Nothing left the house: no name, no connection, no trust. */
  | { kind: 'unsent'; words: string }
  /** It may have been acted on. */
  | { kind: 'in-doubt'; words: string }

export interface SignedRequest {
  url: string
  headers: Record<string, string>
  body: string
}

/** Aliyun asks for a second at least; a sender holds a claim for longer than this. */
export const EXCHANGE_TIMEOUT_MS = 10_000

/** Errors of before the first byte of a request. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*)$/

/** Posts it, once: never tries again by itself. */
export async function exchange({ url, headers, body }: SignedRequest, timeoutMs: number): Promise<Exchange> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      // An empty text would bring a content-type along, which would have to be signed.
      body: body || null,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    const read = parse(text)
    // A page of some gateway between us and them says nothing of what was done with the request.
    if (read === undefined) return { kind: 'in-doubt', words: `HTTP ${response.status}: not JSON` }
    return { kind: 'answered', status: response.status, body: read }
  } catch (error) {
    const cause = ((error as Error).cause ?? {}) as { code?: string; message?: string }
    const { code = '' } = cause
    const words = `${(error as Error).name}: ${code || cause.message || (error as Error).message}`.slice(0, 200)
    // `bad port`: fetch has ports it does not even try.
    return BEFORE_SENDING.test(code) || cause.message === 'bad port'
      ? { kind: 'unsent', words }
      : { kind: 'in-doubt', words }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Runs `use` over all, so many at a time, answers in order. */
export async function eachAtMost<T, R>(limit: number, items: readonly T[], use: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const work = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await use(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return results
}
