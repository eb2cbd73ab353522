import { z } from 'zod'
import { bilingual, endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { TRANSCRIPT_FAILURES } from './transcript.ts'
import { CLASSES, recordingId, recordingLine } from './words.ts'

const permission = 'recording.rule.write' as const

const changed = z.object({ by: z.string(), at: instant }).nullable()

export const recordingSettings = z.object({
  enabled: z.boolean(),
  classes: z.array(
    z.object({
      code: z.enum(CLASSES),
      enabled: z.boolean(),
      keepMonths: z.number().int(),
      /** What the law asks for, and where it says so. */
      minMonths: z.number().int(),
      source: bilingual,
    }),
  ),
  line: z.object({
    version: z.number().int(),
    text: bilingual,
    /** It tells people that the call becomes text as well. */
    transcript: z.boolean(),
    changed,
  }),
  transcribe: z.object({
    enabled: z.boolean(),
    /** What turns speech into text here; null: the house has connected nothing. */
    recogniser: z.string().nullable(),
    counts: z.array(
      z.object({
        state: z.enum(['waiting', 'done', 'failed']),
        why: z.enum(TRANSCRIPT_FAILURES).nullable(),
        count: z.number().int(),
      }),
    ),
  }),
  /** Sent back with a change; 0 as long as nothing was set. */
  revision: z.number().int(),
  changed,
})
export type RecordingSettings = z.infer<typeof recordingSettings>

export const readSettings = endpoint({
  name: 'recording.settings',
  method: 'GET',
  path: '/recording-settings',
  summary: 'Whether calls are recorded, what people are told, how long each class is kept',
  gate: { permission, audit: { none: 'shows nothing of a patient' } },
  output: recordingSettings,
})

export const changeSettings = endpoint({
  name: 'recording.changeSettings',
  method: 'PUT',
  path: '/recording-settings',
  summary: 'Switch recording on or off, for all or by class, and set how long each class is kept; never below the law',
  gate: { permission, audit: { action: 'recording.settings' } },
  body: z.strictObject({
    enabled: z.boolean(),
    /** Turns calls into text; left out it stays as it is. */
    transcribe: z.boolean().optional(),
    classes: z
      .array(
        z.strictObject({ code: z.enum(CLASSES), enabled: z.boolean(), keepMonths: z.number().int().min(1).max(600) }),
      )
      .max(CLASSES.length),
    revision: z.number().int().min(0),
  }),
  output: recordingSettings,
  problems: ['KeepTooShort', 'RecogniserNone', 'TranscriptUntold', 'ChangedMeanwhile'],
})

const words = (most: number) => z.string().trim().min(10).max(most)

export const changeLine = endpoint({
  name: 'recording.changeLine',
  method: 'POST',
  path: '/recording-lines',
  summary: 'A new version of what people are told before a call is recorded; counts from now on',
  gate: { permission, audit: { action: 'recording.line' } },
  body: z.strictObject({
    text: z.strictObject({ zh: words(300), en: words(600) }),
    /** It tells that the call becomes text; only then may it. */
    transcript: z.boolean().default(false),
    version: z.number().int().min(0),
  }),
  output: recordingSettings,
  problems: ['LineNotPlain', 'LineSilentOnText', 'ChangedMeanwhile'],
})

export const holdRecording = endpoint({
  name: 'recording.hold',
  method: 'POST',
  path: '/recordings/:recordingId/hold',
  summary: 'Keep a recording beyond its time, since it is needed as proof; or let it go again',
  gate: { permission, audit: { action: 'recording.hold', subject: 'recordingId' } },
  params: z.object({ recordingId }),
  body: z.discriminatedUnion('hold', [
    z.strictObject({ hold: z.literal(true), because: pii('free-text', z.string().trim().min(4).max(200)) }),
    z.strictObject({ hold: z.literal(false) }),
  ]),
  output: recordingLine,
  problems: ['RecordingUnknown', 'RecordingSilent'],
})
