import { z } from 'zod'
import { endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { playId, recordingId } from './words.ts'

const permission = 'recording.play' as const
const ofPlay = z.object({ recordingId, playId })

export const TRANSCRIPT_STATES = ['none', 'waiting', 'failed', 'done'] as const
/** Why it could not be made, in the words of `platform/speech`. */
export const TRANSCRIPT_FAILURES = ['unreachable', 'login', 'busy', 'too-large', 'unreadable', 'faulty'] as const
export type TranscriptFailure = (typeof TRANSCRIPT_FAILURES)[number]
/** Why there is none and none will come by itself. */
export const NO_TRANSCRIPT = ['off', 'not-told', 'not-connected', 'soon'] as const

/** A stretch of what was said, by its beginning. */
export const spokenLine = z.object({
  atMs: z.number().int().min(0).max(86_400_000),
  text: pii('free-text', z.string().trim().min(1).max(2000)),
})

const transcript = z.object({
  state: z.enum(TRANSCRIPT_STATES),
  /** While there is none. */
  because: z.enum(NO_TRANSCRIPT).nullable(),
  why: z.enum(TRANSCRIPT_FAILURES).nullable(),
  /** When it is tried again. */
  nextAt: instant.nullable(),
  version: z.number().int(),
  lines: z.array(spokenLine),
  /** Each version: who corrected it, or which recogniser made it. */
  versions: z.array(
    z.object({ version: z.number().int(), recogniser: z.string().nullable(), by: z.string().nullable(), at: instant }),
  ),
})

export const readTranscript = endpoint({
  name: 'recording.transcript',
  method: 'GET',
  path: '/recordings/:recordingId/plays/:playId/transcript',
  summary: 'What was said, in words, for whoever has opened the recording with their reason',
  gate: { permission, audit: { none: 'the play was noted when it was opened' } },
  params: ofPlay,
  output: transcript,
  problems: ['RecordingUnknown', 'RecordingSilent'],
})

export const correctTranscript = endpoint({
  name: 'recording.correctTranscript',
  method: 'POST',
  path: '/recordings/:recordingId/plays/:playId/transcript',
  summary: 'What the recogniser misheard is put right: a new version, the former ones stay',
  gate: { permission, audit: { action: 'recording.correct-transcript', subject: 'recordingId' } },
  params: ofPlay,
  body: z.strictObject({
    lines: z.array(spokenLine).min(1).max(5000),
    /** The version that was read. */
    version: z.number().int().min(1),
  }),
  output: transcript,
  problems: ['RecordingUnknown', 'RecordingSilent', 'TranscriptNone', 'ChangedMeanwhile'],
})

export const retryTranscript = endpoint({
  name: 'recording.retryTranscript',
  method: 'POST',
  path: '/recordings/:recordingId/plays/:playId/transcript-try',
  summary: 'Have what could not be turned into text tried once more',
  gate: { permission, audit: { action: 'recording.retry-transcript', subject: 'recordingId' } },
  params: ofPlay,
  output: transcript,
  problems: ['RecordingUnknown', 'RecordingSilent', 'TranscriptNotFailed'],
})
