import { z } from 'zod'
import { endpoint, patientId } from '../../../platform/contract/index.ts'
import { callId, recordingLine, subject } from './words.ts'

const permission = 'recording.record' as const

export const streamView = z.object({
  line: recordingLine,
  /** What the telephone exchange has to name when it brings the sound. */
  streamId: z.uuid(),
  /** The exchange brings it now. */
  isConnected: z.boolean(),
})
export type StreamView = z.infer<typeof streamView>

export const beginStream = endpoint({
  name: 'recording.beginStream',
  method: 'POST',
  path: '/patients/:patientId/recording-streams',
  summary: 'The person has said yes, and the telephone exchange brings the sound: issues the UUID it has to name',
  gate: { permission, audit: { action: 'recording.begin', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: z.strictObject({
    key: z.uuid(),
    subject,
    callId: callId.optional(),
    /** The version of the line that was told. */
    lineVersion: z.number().int().min(0),
  }),
  output: streamView,
  problems: [
    'NotFound',
    'StreamsOff',
    'RecordingOff',
    'RecordingClassOff',
    'RecordingPatientGone',
    'RecordingKeyTaken',
    'RecordingElsewhere',
  ],
})

export const myStream = endpoint({
  name: 'recording.myStream',
  method: 'GET',
  path: '/recording-stream',
  summary: 'The call of one’s own that the telephone exchange brings just now',
  gate: { permission, audit: { none: 'shows what the caller has begun a moment ago' } },
  output: z.object({ stream: streamView.nullable() }),
})

export const claimStream = endpoint({
  name: 'recording.claimStream',
  method: 'POST',
  path: '/recording-streams/claims',
  summary: 'For the telephone exchange: the UUID of the call that somebody is making, by the name they sign in with',
  gate: { permission: 'recording.submit', audit: { action: 'recording.claim-stream' } },
  body: z.strictObject({ login: z.string().trim().min(1).max(60) }),
  output: z.object({ streamId: z.uuid() }),
  problems: ['StreamNone'],
})
