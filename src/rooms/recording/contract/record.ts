import { z } from 'zod'
import { bilingual, calendarDate, endpoint, patientId, pii } from '../../../platform/contract/index.ts'
import { BROWSER_MEDIA, callId, PIECES_MAX, recordingId, recordingLine, subject, SUBJECT_KINDS } from './words.ts'

const permission = 'recording.record' as const
const ofPatient = z.object({ patientId })
const ofRecording = z.object({ recordingId })

export const recordingTerms = endpoint({
  name: 'recording.terms',
  method: 'GET',
  path: '/patients/:patientId/recording-terms/:subjectKind',
  summary:
    'What stands before a call is recorded: whether it may be, what to say, whether the person has said no before',
  gate: { permission, audit: { action: 'recording.terms', patient: 'patientId' } },
  params: ofPatient.extend({ subjectKind: z.enum(SUBJECT_KINDS) }),
  query: z.object({
    subjectId: z.uuid().optional(),
    /** The call that is made, where somebody has a name for it. */
    callId: callId.optional(),
  }),
  output: z.object({
    /** Switched off for the organization, or for this class of calls. */
    off: z.enum(['organization', 'class']).nullable(),
    /** A telephone exchange may bring the sound, in place of this browser. */
    hasStreams: z.boolean(),
    line: z.object({ version: z.number().int(), text: bilingual }),
    lastRefusedOn: calendarDate.nullable(),
    /**
     * What is kept of this very call: its page was killed, or somebody has ended the recording too early. What is begun
     * with this `id` belongs to the same call. Null: there is nothing to go on with.
     */
    earlier: z.object({ id: callId, pieces: z.array(recordingLine) }).nullable(),
  }),
  problems: ['NotFound'],
})

export const beginRecording = endpoint({
  name: 'recording.begin',
  method: 'POST',
  path: '/patients/:patientId/recordings',
  summary: 'Note what the person answered to the line; a yes begins the recording, a no stands in the record as well',
  gate: { permission, audit: { action: 'recording.begin', patient: 'patientId' } },
  params: ofPatient,
  body: z.strictObject({
    key: z.uuid(),
    subject,
    callId: callId.optional(),
    media: z.enum(BROWSER_MEDIA),
    answer: z.enum(['given', 'refused']),
    /** The version that was told. */
    lineVersion: z.number().int().min(0),
  }),
  output: recordingLine,
  problems: [
    'NotFound',
    'RecordingOff',
    'RecordingClassOff',
    'RecordingPatientGone',
    'RecordingKeyTaken',
    'RecordingElsewhere',
  ],
})

/** Body: the bytes as the browser's recorder made them. Sent again with the same key it counts once. */
export const putPiece = endpoint({
  name: 'recording.putPiece',
  method: 'PUT',
  path: '/recordings/:recordingId/pieces/:number',
  summary: 'One piece of the call, while it is spoken; pieces may come late and in any order',
  gate: { permission, audit: { none: 'the recording it belongs to was begun and will be ended in the log' } },
  params: ofRecording.extend({
    number: z.coerce
      .number()
      .int()
      .min(0)
      .max(PIECES_MAX - 1),
  }),
  query: z.object({
    key: z.uuid(),
    durationMs: z.coerce.number().int().min(1).max(10_000),
    /** The loudest of each quarter of a second, 0 to 100, joined by commas. */
    peaks: z.string().max(400).default(''),
  }),
  upload: true,
  output: z.object({ pieces: z.number().int() }),
  problems: [
    'RecordingUnknown',
    'RecordingOver',
    'RecordingStopped',
    'PieceEmpty',
    'PieceTooLarge',
    'PieceDiffers',
    'SoundUnreadable',
  ],
})

export const markRecording = endpoint({
  name: 'recording.mark',
  method: 'PUT',
  path: '/recordings/:recordingId/marks',
  summary: 'Where in the call a question was answered; the same question again moves its mark',
  gate: { permission, audit: { none: 'names a question of the form, no answer' } },
  params: ofRecording,
  body: z.strictObject({
    ref: z.string().trim().min(1).max(80),
    label: pii('free-text', z.string().trim().min(1).max(120)),
    atMs: z.number().int().min(0).max(21_600_000),
  }),
  output: z.object({}),
  problems: ['RecordingUnknown', 'RecordingOver', 'RecordingStopped'],
})

export const endRecording = endpoint({
  name: 'recording.end',
  method: 'POST',
  path: '/recordings/:recordingId/end',
  summary: 'The call is over; says how many pieces were made, so that it is known if one is missing',
  gate: { permission, audit: { action: 'recording.end', subject: 'recordingId' } },
  params: ofRecording,
  body: z.strictObject({ pieces: z.number().int().min(0).max(PIECES_MAX) }),
  output: recordingLine,
  problems: ['RecordingUnknown', 'RecordingStopped'],
})

export const withdrawConsent = endpoint({
  name: 'recording.withdraw',
  method: 'POST',
  path: '/recordings/:recordingId/withdrawal',
  summary: 'The person does not want it after all: it stops, and what was recorded is taken away',
  gate: { permission, audit: { action: 'recording.withdraw', subject: 'recordingId' } },
  params: ofRecording,
  output: recordingLine,
  problems: ['RecordingUnknown', 'RecordingOver', 'RecordingHeld'],
})
