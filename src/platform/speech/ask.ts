import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestSafe } from 'node:https'

export interface Question {
  url: string
  body: Buffer[]
  headers: Record<string, string>
  /** For the whole of it: until the answer is there to its last byte. */
  timeoutMs: number
}

/** An hour of speech with its times is a few; who sends more does not send a transcript. */
export const ANSWER_BYTES_MAX = 32 * 1024 * 1024
/** So often an idle line is kept awake: networks between forget one on which nothing is said for some minutes. */
const KEEP_AWAKE_MS = 60_000

/**
 * Asks with Node's own client and not with `fetch`, which gives up after five minutes without the head of an answer whatever
 * one asks for (undici's `headersTimeout`): a recogniser sends no head before it has heard the whole call. No redirect is
 * followed, and of anything but 200 only the status is taken.
 * @throws where nothing came, not whole, or not in time
 */
export async function ask(question: Question): Promise<{ status: number; body: string }> {
  const { url, body, headers, timeoutMs } = question
  const inTime = AbortSignal.timeout(timeoutMs)
  try {
    return await new Promise((resolve, reject) => {
      const request = url.startsWith('https:') ? requestSafe : requestPlain
      // A line of its own (no agent): the shared ones carry timeouts of theirs.
      const asked = request(url, {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': bytesOf(body) },
        signal: inTime,
      })
      asked.on('socket', (socket) => void socket.setKeepAlive(true, KEEP_AWAKE_MS))
      asked.on('error', reject)
      asked.on('response', (answer) => {
        read(answer)
          .then(resolve, reject)
          .finally(() => asked.destroy())
      })
      for (const piece of body) asked.write(piece)
      asked.end()
    })
  } catch (error) {
    if (inTime.aborted) throw inTime.reason
    throw error
  }
}

const bytesOf = (pieces: Buffer[]) => pieces.reduce((bytes, piece) => bytes + piece.length, 0)

/** A server may refuse before it has taken everything, and close: its status counts all the same. */
async function read(answer: IncomingMessage): Promise<{ status: number; body: string }> {
  const status = answer.statusCode!
  if (status !== 200) return { status, body: '' }
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > ANSWER_BYTES_MAX) throw new Error('the answer is too long')
    parts.push(part)
  }
  return { status, body: Buffer.concat(parts).toString('utf8') }
}
