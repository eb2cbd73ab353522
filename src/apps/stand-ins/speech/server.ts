import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/**
 * Stands in for a recogniser of the house: takes what OpenAI's `POST /v1/audio/transcriptions` takes, refuses what such a
 * server refuses, and answers with words that whoever started it has laid down.
 */
export interface SpeechStandIn {
  url: string
  /** What it was asked, one after the other. */
  asked: { file: string; media: string; bytes: Buffer; fields: Record<string, string> }[]
  /** Answers the next requests so; then as usual again. */
  next(...answers: { status: number; body?: string }[]): void
  /** Runs before each answer, while the caller waits. */
  during: () => Promise<void>
  /** Runs between the head of each answer and the rest of it. */
  between: () => Promise<void>
  /** Ends every line at once, as a server does that falls over. */
  cut(): void
  close(): Promise<void>
}

export interface SpeechWords {
  start: number
  end: number
  text: string
}

const KNOWN = new Set(['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm'])
const MOST_BYTES = 25 * 1024 * 1024

export async function startSpeechStandIn(options: { words: SpeechWords[]; key?: string }): Promise<SpeechStandIn> {
  const queue: { status: number; body?: string }[] = []
  const server: Server = createServer((request, response) => {
    const answer = async (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.flushHeaders()
      await standIn.between()
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    const refuse = (status: number, message: string) =>
      answer(status, { error: { message, type: 'invalid_request_error' } })
    const take = async () => {
      // Refused at once, as a door such as nginx does; the rest is still taken, so that the refusal arrives.
      if (Number(request.headers['content-length']) > MOST_BYTES) {
        request.resume()
        return refuse(413, 'Maximum content size limit exceeded')
      }
      const parts: Buffer[] = []
      for await (const chunk of request) parts.push(chunk as Buffer)
      const body = Buffer.concat(parts)
      if (request.method !== 'POST' || request.url !== '/v1/audio/transcriptions') return refuse(404, 'Not Found')
      if (options.key && request.headers.authorization !== `Bearer ${options.key}`)
        return refuse(401, 'Invalid API key')
      const form = await new Response(body, { headers: { 'content-type': request.headers['content-type'] ?? '' } })
        .formData()
        .catch(() => undefined)
      const file = form?.get('file')
      if (!form || !(file instanceof File) || !form.get('model')) return refuse(400, 'file and model are required')
      if (!KNOWN.has(file.name.split('.').at(-1) ?? '')) return refuse(400, 'Invalid file format')
      const fields = Object.fromEntries(
        [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      )
      standIn.asked.push({ file: file.name, media: file.type, bytes: Buffer.from(await file.arrayBuffer()), fields })
      await standIn.during()
      const laid = queue.shift()
      if (laid) return answer(laid.status, laid.body ?? { error: { message: 'laid down' } })
      const text = options.words.map(({ text: said }) => said).join('')
      if (fields['response_format'] !== 'verbose_json') return answer(200, { text })
      const segments = options.words.map((one, id) => ({ id, ...one, no_speech_prob: 0.01, avg_logprob: -0.2 }))
      return answer(200, {
        task: 'transcribe',
        language: 'zh',
        duration: options.words.at(-1)?.end ?? 0,
        text,
        segments,
      })
    }
    take().catch((error: Error) => refuse(500, error.message))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const standIn: SpeechStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    next: (...answers) => void queue.push(...answers),
    during: async () => {},
    between: async () => {},
    cut: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return standIn
}
