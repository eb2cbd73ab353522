import { z } from 'zod'
import { endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { CLASSES, listenReason, PEAK_MS, playId, recordingId, recordingLine } from './words.ts'

const permission = 'recording.play' as const
const ofRecording = z.object({ recordingId })

export const patientRecordings = endpoint({
  name: 'recording.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/recordings',
  summary: 'Calls of a person that were recorded, newest first; also those they did not want, and those that are gone',
  gate: { permission, audit: { action: 'recording.list', patient: 'patientId' } },
  params: z.object({ patientId }),
  query: pageQuery,
  output: pageOf(recordingLine),
  problems: ['NotFound'],
})

export const listRecordings = endpoint({
  name: 'recording.list',
  method: 'GET',
  path: '/recordings',
  summary: 'Recorded calls of the own customers, newest first; for the quality lead those of the house',
  gate: { permission, audit: { action: 'recording.list' } },
  query: pageQuery.extend({ class: z.enum(CLASSES).optional() }),
  output: pageOf(recordingLine),
})

export const playRecording = endpoint({
  name: 'recording.play',
  method: 'POST',
  path: '/recordings/:recordingId/plays',
  summary: 'Open a recording to listen: noted with its reason, for some hours',
  gate: { permission, audit: { action: 'recording.play', subject: 'recordingId' } },
  params: ofRecording,
  body: z.strictObject({ reason: listenReason.default('') }),
  output: z.object({
    playId,
    media: z.string(),
    durationMs: z.number().int(),
    sizeBytes: z.number().int(),
    expiresAt: instant,
    /** Who listens, and since when: stands over the player and in the file. */
    watermark: z.string(),
    /** The loudest of each `peakMs`, 0 to 100; empty where nobody has measured. */
    peaks: z.array(z.number().int()),
    peakMs: z.literal(PEAK_MS),
    /** Times at which pieces are missing. */
    gapsMs: z.array(z.number().int()),
    marks: z.array(z.object({ ref: z.string(), label: pii('free-text', z.string()), atMs: z.number().int() })),
  }),
  problems: ['RecordingUnknown', 'ListenReasonWanted', 'RecordingNotOver', 'RecordingSilent'],
})

export const recordingSound = endpoint({
  name: 'recording.sound',
  method: 'GET',
  path: '/recordings/:recordingId/plays/:playId/sound',
  summary: 'The sound, for whoever opened it, in the parts that a player asks for',
  gate: { permission, audit: { none: 'the play was noted when it was opened' } },
  params: ofRecording.extend({ playId }),
  output: z.unknown(),
  media: 'audio/webm',
  problems: ['RecordingUnknown', 'RecordingSilent'],
})

export const recordingPlays = endpoint({
  name: 'recording.plays',
  method: 'GET',
  path: '/recordings/:recordingId/plays',
  summary: 'Who listened to it, newest first',
  gate: { permission, audit: { action: 'recording.plays', subject: 'recordingId' } },
  params: ofRecording,
  output: z.object({
    rows: z.array(z.object({ id: playId, by: z.string(), at: instant, reason: listenReason })),
  }),
  problems: ['RecordingUnknown'],
})
