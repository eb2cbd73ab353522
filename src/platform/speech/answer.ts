import { z } from 'zod'
import type { Recognised, Spoken } from './recogniser.ts'

/** The whole text, and where the server says so when each stretch was spoken, in seconds. */
const answer = z.object({
  text: z.string().optional(),
  segments: z.array(z.object({ start: z.number().min(0), text: z.string() })).optional(),
})

/** What an answer means: text, a reason to try again, or one that no further try will mend. */
export function readAnswer(status: number, body: string): Recognised {
  // What a server says of a refusal may hold words that were spoken: only its status is kept.
  const words = `HTTP ${status}`
  if (status === 401 || status === 403) return { kind: 'later', why: 'login', words }
  if (status === 408 || status === 429 || status === 503) return { kind: 'later', why: 'busy', words }
  if (status === 413) return { kind: 'never', why: 'too-large', words }
  if (status === 400 || status === 415 || status === 422) return { kind: 'never', why: 'unreadable', words }
  if (status !== 200) return { kind: 'later', why: 'faulty', words }
  const read = answer.safeParse(parsed(body))
  if (!read.success || (read.data.text === undefined && read.data.segments === undefined))
    return { kind: 'later', why: 'faulty', words: 'no transcript in the answer' }
  return { kind: 'heard', spoken: spokenIn(read.data) }
}

function spokenIn({ text = '', segments = [] }: z.infer<typeof answer>): Spoken[] {
  const cut = segments
    .map(({ start, text: said }) => ({ atMs: Math.round(start * 1000), text: said.trim() }))
    .filter(({ text: said }) => said !== '')
    .toSorted((a, b) => a.atMs - b.atMs)
  if (cut.length > 0) return cut
  return text.trim() === '' ? [] : [{ atMs: 0, text: text.trim() }]
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
