import { readAnswer } from './answer.ts'
import { ask } from './ask.ts'
import { formOf } from './form.ts'

/**
 * What turns speech into text: a server that the house runs itself and that speaks OpenAI's protocol
 * (`POST /v1/audio/transcriptions`, multipart), as whisper.cpp, faster-whisper, vLLM and FunASR do. None comes with Peiban,
 * and nothing is sent anywhere unless an address was set.
 */
export interface Recogniser {
  /** By which a transcript names it. */
  name: string
  /** One try; never throws. @param media such as `audio/webm` */
  recognise(sound: Buffer, media: string): Promise<Recognised>
}

/** A stretch of speech, by its beginning. */
export interface Spoken {
  atMs: number
  text: string
}

export const RECOGNISER_FAILURES = ['unreachable', 'login', 'busy', 'too-large', 'unreadable', 'faulty'] as const
export type RecogniserFailure = (typeof RECOGNISER_FAILURES)[number]

export type Recognised =
  | { kind: 'heard'; spoken: Spoken[] }
  /** Worth another try: the server is away, or has no time. */
  | { kind: 'later'; why: RecogniserFailure; words: string }
  /** The same sound will fail again. */
  | { kind: 'never'; why: RecogniserFailure; words: string }

export interface RecogniserSettings {
  /** Without a slash at the end; `/v1/audio/transcriptions` is added. */
  url: string
  /** Sent as a bearer token where the server asks for one. */
  key?: string
  model: string
  /** How long is waited for one call; `TIMEOUT_MS` where nothing is said. */
  timeoutMs?: number
}

/** An hour of speech takes a small machine without a graphics card about so long. */
export const TIMEOUT_MS = 20 * 60_000
/** Larger files most servers refuse; they are not even read together. */
export const SOUND_BYTES_MAX = 64 * 1024 * 1024

const ENDINGS: Record<string, string> = {
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
}

export function openRecogniser({ url, key, model, timeoutMs = TIMEOUT_MS }: RecogniserSettings): Recogniser {
  return {
    name: model,
    recognise: async (sound, media) => {
      const form = formOf(
        { model, language: 'zh', response_format: 'verbose_json', 'timestamp_granularities[]': 'segment' },
        // A name that tells nobody anything; its ending says what it is.
        { name: `call.${ENDINGS[media] ?? 'bin'}`, media, bytes: sound },
      )
      try {
        const { status, body } = await ask({
          url: `${url}/v1/audio/transcriptions`,
          body: form.pieces,
          headers: { 'content-type': form.media, ...(key ? { authorization: `Bearer ${key}` } : {}) },
          timeoutMs,
        })
        return readAnswer(status, body)
      } catch (error) {
        const { name, message, code } = error as Error & { code?: unknown }
        // Of a timeout the code is a number of the past, which says nothing.
        const words = `${name}: ${typeof code === 'string' ? code : message}`
        return { kind: 'later', why: 'unreachable', words: words.slice(0, 200) }
      }
    },
  }
}
